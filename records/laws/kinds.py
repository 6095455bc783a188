"""Ranks of legal texts, and how an article is written so that two ways of citing it meet."""

import re
import unicodedata
from dataclasses import dataclass

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
_FILLERS = re.compile(
    r"\b(?:articles?|art|sections?|secs?|sect?|s|ss|chapters?|ch|c|paragraphs?|para|regulations?|reg|rules?)\b\.?"
)


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


def article_key(article: str) -> str:
    """The key of an article as printed: "s. 17(1)" and "Section 17 (1)" give 17-1, "第十四条" gives 14.

    Letters, digits and single hyphens; '' where nothing of the kind is in the text.
    """
    text = unicodedata.normalize("NFKC", article).casefold().replace("§", " ")
    text = _CHINESE.sub(lambda found: f" {chinese_number(found[0])} ", text)
    text = re.sub(r"[第条款项目章节]", " ", text)
    text = _FILLERS.sub(" ", text)
    return "-".join(re.findall(r"[^\W_]+", text))[:80]
