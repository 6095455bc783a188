"""Ranks of legal texts, and how an article is written so that two ways of citing it meet."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rank:
    """Where a text stands; `basis`: whether a sanction can rest on it alone."""

    slug: str
    label: str
    basis: bool = True


RANKS = (
    Rank("law", _("law")),
    Rank("administrative_regulation", _("national regulation")),
    Rank("local_regulation", _("regional or local regulation")),
    Rank("rule", _("rule of an authority")),
    Rank("central_document", _("document of the central government")),
    Rank("memorandum", _("memorandum of understanding"), basis=False),
)

BY_SLUG = {rank.slug: rank for rank in RANKS}


def choices():
    """Pairs of slug and label, for forms and columns."""
    return [(rank.slug, rank.label) for rank in RANKS]


_DIGITS = {mark: value for value, mark in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}]+")
_TRADITIONAL = str.maketrans("條項節編號", "条项节编号")
# Articles are counted through a whole law: 第五章第三条 is article 3, and 第五章 alone is no article.
_ABOVE = re.compile(r"\d+\s*(?:分编|编|章|节)(?=.*\d\s*条)")
_CHAPTER = re.compile(r"(\d+)\s*章")
_BETWEEN = re.compile(r"(?<=\d)\s*条?\s*([之の])\s*(?=\d)")
_MARKS = re.compile("[第条款项目号章节]")
_TOKEN = re.compile(r"[^\W_]+")

# Words that only say what the number after them is. Others stay, because they tell apart: Annex II is not
# article II, and of § 5 Abs. 2 the sentence 1 is not the number 1.
_SECTION = frozenset({"section", "sections", "sec", "secs", "sect"})
_WORDS = _SECTION | {
    "article", "articles", "art", "arts", "artikel", "artículo", "paragraph", "paragraphs", "para", "paras",
    "paragraf", "subsection", "subsections", "clause", "clauses", "point", "points", "regulation",
    "regulations", "reg", "regs", "rule", "rules", "absatz", "abs", "alinéa", "lit", "buchst", "buchstabe",
}  # fmt: skip
_SHORT = {"ch": "chapter", "chapters": "chapter", "sch": "schedule", "sched": "schedule", "pt": "part"}
# Before a number a section or a chapter, and elsewhere the letter of a paragraph: s. 17(c), s. 17(s).
_LETTERS = {"s": "section", "ss": "section", "c": "chapter"}
_ATTACHED = re.compile(r"(?:ss?|art|sec|reg)(?=\d)")
_READ, _LONGEST = 200, 80


def chinese_number(text: str) -> int:
    """The value of a number written in Chinese characters, such as 一百二十三."""
    total = current = 0
    for mark in text:
        if mark in _UNITS:
            total += (current or 1) * _UNITS[mark]
            current = 0
        else:
            current = current * 10 + _DIGITS[mark]
    return total + current


@lru_cache(maxsize=4096)
def article_key(article: str) -> str:
    """The key of an article as printed: "s. 17(1)" and "Section 17 (1)" give 17-1, "第十四条" gives 14.

    Letters, digits and single hyphens, at most 80, and the key of a key is that key; '' where nothing of the
    kind is in the text. Read are the first 200 characters.
    """
    kept, section = [], False
    for word in reversed(_words(_plain(article[:_READ]))):
        section = section or word in _SECTION
        # Where sections are counted through or within chapters, the numbers say it all: c. 149, s. 148.
        if word not in _WORDS and not (word == "chapter" and section):
            kept.append(word)
    key = ""
    for word in reversed(kept):
        longer = f"{key}-{word}" if key else word[:_LONGEST]
        if len(longer) > _LONGEST:
            break
        key = longer
    return key


def _plain(text: str) -> str:
    """The text in small letters and ASCII digits, with Chinese numbers and marks written so too."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if text.isascii():
        return text
    text = re.sub(r"\d", lambda found: str(int(found[0])), text).replace("§", " section ")
    text = text.translate(_TRADITIONAL)
    text = _CHINESE.sub(lambda found: f" {chinese_number(found[0])} ", text)
    text = _CHAPTER.sub(r" chapter \1 ", _ABOVE.sub(" ", text))
    text = _BETWEEN.sub(lambda found: " zhi " if found[1] == "之" else " no ", text)
    return _MARKS.sub(" ", text)


def _words(text: str) -> list[str]:
    """The words and numbers of a plain text, abbreviations written out."""
    found = list(_TOKEN.finditer(text))
    words = []
    for token, after in zip_longest(found, found[1:]):
        word = _ATTACHED.sub("", token[0], count=1) if _ATTACHED.match(token[0]) else token[0]
        if word in _LETTERS and after and after[0][0].isdigit():
            gap = text[token.end() : after.start()]
            word = _LETTERS[word] if not gap.strip(" .") else word
        words.append(_SHORT.get(word, word))
    return words
