"""Finds laws, articles and types of violation by how people cite them: "food act 17", "149.148", "第十四条".

What is typed is cut into words, which the law has to hold, and the article, whose key has to begin so. A year
may be part of a law's title, so digits that find no article are taken for a word.
"""

import re
import unicodedata

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, TextField, Value, When

from records.laws.kinds import article_key
from records.laws.models import Law, Provision, ViolationType
from records.search import folding, text

FOUND = 10

# 第十四条第二款, 14条; s. 17(1)(a), Article 5, 149.148(b); what is left are words of the law.
_HAN = "零一二三四五六七八九十百千〇两"
_ARTICLE = re.compile(
    rf"第[{_HAN}\d]+条(?:之[{_HAN}]+)?(?:第[{_HAN}\d]+[款项])*|[{_HAN}\d]+条"
    r"|§*\s*\b\d[\w.()/\-]*(?:\s*\(\w+\))*"
)
_MARKS = re.compile(
    r"(?<![^\W_])(?:articles?|art|sections?|secs?|sect|ss?|paragraphs?|para|regulations?|reg)\.?(?=\s*\d)"
)


def said(*fields: str) -> Func:
    """The texts of several fields in one, in lower case, without accents, widths and apostrophes."""
    whole = Func(Value(" "), *(F(name) for name in fields), function="concat_ws", output_field=TextField())
    return Func(whole, function="disclosed.fold", output_field=TextField())


def _parts(typed: str) -> tuple[list[str], list[str]]:
    """The words of the law and the articles in what was typed."""
    plain = unicodedata.normalize("NFKC", text.clean(typed)).casefold()
    plain = _MARKS.sub(" ", plain)
    articles = [found[0].strip() for found in _ARTICLE.finditer(plain)]
    words = [folding.fold(word).strip(".,;:()") for word in _ARTICLE.sub(" ", plain).split()]
    return [word for word in words if word], articles


def _laws(words: list[str], using: str = "default") -> QuerySet:
    """The laws whose titles, number or key hold every word; those in force first."""
    found = Law.objects.using(using).alias(said=said("title", "short_title", "number", "key"))
    for word in words:
        found = found.filter(said__contains=word)
    return found.order_by(F("in_force_until").desc(nulls_first=True), "title")


def laws(typed: str, most: int = FOUND, using: str = "default") -> list[Law]:
    """The laws that hold every word typed."""
    words = [folding.fold(word) for word in text.clean(typed).split()]
    return list(_laws(words, using)[:most]) if words else []


def provisions(typed: str, most: int = FOUND, using: str = "default") -> list[Provision]:
    """The articles named so: exactly before those that only begin so, each with its law."""
    words, articles = _parts(typed)
    for held, named in _readings(words, articles):
        rows = Provision.objects.using(using).select_related("law")
        if held:
            rows = rows.filter(law__in=_laws(held, using).values("pk"))
        if named:
            rows = _keyed(rows, " ".join(named))
        if (held or named) and (found := list(_ranked(rows, named)[:most])):
            return found
    return list(_by_heading(words).using(using)[:most]) if words and not articles else []


def _readings(words: list[str], articles: list[str]):
    """The ways to read it: all digits an article; the first a year or chapter of the law; all of it words."""
    yield words, articles
    if len(articles) > 1:
        yield [*words, articles[0]], articles[1:]
    chapter, _point, article = articles[0].partition(".") if articles else ("", "", "")
    if chapter and article and chapter.isdigit():
        yield [*words, chapter], [article, *articles[1:]]
    if articles and words:
        yield [*words, *articles], []


def _keyed(rows: QuerySet, article: str) -> QuerySet:
    """Those of that key or within it; a bare number may also be the beginning of a longer one."""
    key = article_key(article)
    if not key:
        return rows.none()
    within = Q(key=key) | Q(key__startswith=f"{key}-")
    begun = Q(key__startswith=key) if article[-1].isalnum() and article.isascii() else Q()
    return rows.filter(within | begun) if begun else rows.filter(within)


def _ranked(rows: QuerySet, articles: list[str]) -> QuerySet:
    key = article_key(" ".join(articles)) if articles else ""
    exact = Case(
        When(key=key, then=0), When(key__startswith=f"{key}-", then=1), default=2, output_field=IntegerField()
    )
    return rows.annotate(_exact=exact).order_by("_exact", "law__title", Func("key", function="length"), "key")


def _by_heading(words: list[str]) -> QuerySet:
    rows = Provision.objects.select_related("law").alias(said=said("heading"))
    for word in words:
        rows = rows.filter(said__contains=word)
    return rows.order_by("law__title", "key")


def violations(typed: str, domains, day) -> list[ViolationType]:
    """At most ten types of violation of these domains, in force on the day: by code, title or provision.

    An entry whose code was typed comes first.
    """
    words = [folding.fold(word) for word in text.clean(typed).split()]
    if not words:
        return []
    law = ("provision__article", "provision__law__title", "provision__law__short_title")
    found = ViolationType.objects.in_force(day).filter(domain__in=domains)
    found = found.alias(said=said("code", "title", *law))
    for word in words:
        found = found.filter(said__contains=word)
    typed_code = Case(
        When(code__iexact=" ".join(words), then=0), When(code__istartswith=words[0], then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    rows = found.select_related("provision__law").annotate(_code=typed_code)
    return list(rows.order_by("_code", "catalogue", "code")[:FOUND])
