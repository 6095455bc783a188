"""A search typed as a sentence, read as filters: "fines over 10,000 under s. 40 in 2026".

Words around an amount, years and articles become filters; what is left stays a search for words. A year may
as well belong to the title of a law, so each way to read it is tried, and only what finds something is
offered, in words, beside what was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from django.http import QueryDict
from django.utils.translation import gettext as _

from records.intake import amounts
from records.laws import finding
from records.penalties import cuts, words
from records.penalties.bands import CENT, Range

MOST = 3
MOST_YEARS = 50
TRIES = 6
"""Searches that are tried at most: a sentence of nothing but years has as many readings."""
SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "CNY", "元": "CNY", "圆": "CNY"}
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_TOO_MUCH = Decimal(10) ** 15
"""An address has room for no larger amount."""

# English, Welsh, Spanish and Chinese, whatever the language of the page: the longer words first.
_AT_LEAST = r"at least|no less than|o leiaf|al menos|不低于|不少于|至少|>=|≥"
_AT_MOST = r"up to|at most|no more than|not more than|hyd at|hasta|como máximo|不超过|不高于|至多|<=|≤"
_OVER = (
    r"(?:greater|higher) than|(?:more|mwy) (?:than|na)|over|above|exceeding|dros|más de"
    r"|超过|高于|大于|多于|>"
)
_BELOW = r"(?:less|lower) than|below|llai na|menos de|低于|少于|小于|不足|<"
_SUM = (
    r"(?P<before>[£€$¥]|\b[a-z]{3}(?![a-z]))?\s*"
    r"(?P<number>(?:\d{1,3}(?:[.,']\d{3}(?!\d))+|\d{1,3}(?: \d{3}(?![\d.]))+|\d+)(?:[.,]\d{1,2}(?!\d))?)\s*"
    r"(?P<unit>[亿万]?)(?P<after>[£€$¥元圆]|(?:gbp|eur|usd|cny)(?![a-z]))?"
)
_AMOUNT = re.compile(
    rf"(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<over>{_OVER})|(?P<below>{_BELOW}))\s*{_SUM}", re.I
)
_GROUPS = re.compile(r"(?<=\d)[.,' ](?=\d{3}(?!\d))")
"""Nobody asks for a fine by its thousandths, so that 1.000 is a thousand."""
_AMOUNT_BEHIND = re.compile(rf"{_SUM}\s*(?:(?P<least>及?以上)|(?P<most>及?以下))", re.I)
_YEAR = r"(?<![\w./-])(?:in |during |yn |en |于|在)?((?:19|20)\d\d)\s*年?(?![\d./(-])"
_YEARS = re.compile(
    r"(?<![\w./-])(?:from |between |de )?((?:19|20)\d\d)\s*年?\s*(?:-|–|to|and|until|hyd|a|至|到)\s*"
    r"((?:19|20)\d\d)\s*年?(?![\w./(-])", re.I
)  # fmt: skip
_ONE_YEAR = re.compile(_YEAR, re.I)
_AROUND = re.compile(
    r"\b(?:every|all|any|fines?|penalt(?:y|ies)|decisions?|under|for|in|of|by|the"
    r"|todas?|las?|los|el|de|del|multas?|por|con|según|dirwy(?:on)?|penderfyniad(?:au)?|o dan|yr?)\b"
    r"|罚款|处罚|决定|依据|根据|违反|的|[,，、;；]", re.I
)  # fmt: skip
_CITED = re.compile(r"\d|第.+条|条")


@dataclass(frozen=True)
class Reading:
    """What a sentence says beside its words."""

    text: str
    amount: Range | None = None
    currency: str = ""
    years: list[str] = field(default_factory=list)
    articles: list = field(default_factory=list)
    laws: list = field(default_factory=list)

    @property
    def is_one(self) -> bool:
        """Whether it says more than words, or an article alone, which a search for words offers as well."""
        return bool(self.amount or (self.years and (self.articles or self.laws)))


def readings(search) -> list:
    """The searches that the text of a `PenaltySearch` means as a sentence and that find something."""
    found, first = [], 0
    for at, meant in islice(_meant(search), TRIES):
        if found and at != first:
            break
        if meant.count and len(found) < MOST:
            first = at
            found.append(meant)
    return found


def _meant(search) -> Iterator[tuple]:
    """The number of a reading, and a search that it may mean."""
    typed = search.text.text if search.text else ""
    for at, reading in enumerate(islice(_readings(typed), TRIES)):
        for link in _links(search, reading):
            yield at, type(search)(QueryDict(link.removeprefix("?")))


def _links(search, reading: Reading) -> Iterator[str]:
    """One for each article and currency that it may mean."""
    asked = {"q": reading.text, "year": reading.years, "law": [law.key for law in reading.laws], "sort": ""}
    currencies = [reading.currency or search.currency]
    if reading.amount:
        asked["imposed"] = reading.amount.text
        if not currencies[0]:
            currencies = sorted(cuts.currencies("imposed"))
    for article in [f"{found.law.key}/{found.key}" for found in reading.articles] or [""]:
        for currency in currencies[:MOST]:
            yield search.parameters.replaced(**asked, article=article, currency=currency)


def _readings(typed: str) -> Iterator[Reading]:
    plain = unicodedata.normalize("NFKC", typed)
    amount, currency, rest = _amount(plain)
    for years, left in _with_years(rest):
        if amount is None and not years:
            continue  # words and articles alone are searched for as they are
        kept = " ".join(_AROUND.sub(" ", left).split())
        articles = finding.provisions(kept, MOST, using="public") if _CITED.search(kept) else []
        laws = [] if articles or not kept else finding.laws(kept, MOST, using="public")
        text = "" if articles or laws else kept
        reading = Reading(text, amount, currency, years, articles, laws)
        if reading.is_one:
            yield reading


def _amount(text: str) -> tuple[Range | None, str, str]:
    """The range of amounts that it names, its currency where that is said, and what is left."""
    found = _AMOUNT_BEHIND.search(text) or _AMOUNT.search(text)
    if found is None:
        return None, "", text
    sign = (found["before"] or found["after"] or "").upper()
    currency = SIGNS.get(sign, sign)
    amount = value(_GROUPS.sub("", found["number"]), found["unit"])
    if amount is None or (sign not in SIGNS and sign and currency not in cuts.currencies("imposed")):
        return None, "", text
    said = found.groupdict()
    if said.get("over") or said.get("least"):
        asked = Range(amount if said.get("over") else amount - CENT, None)
    else:
        asked = Range(None, amount if said.get("most") else amount - CENT)
    return asked, currency, f"{text[: found.start()]} {text[found.end() :]}"


def value(number: str, unit: str = "") -> Decimal | None:
    """An amount as it is typed, None where it is none that an address could hold."""
    try:
        amount = Decimal(amounts.amount(number)) * _TIMES[unit]
    except (ValueError, ArithmeticError):
        return None
    return amount if 0 < amount < _TOO_MUCH and amount % CENT == 0 else None


def example(newest) -> str:
    """A sentence that finds at least the largest of some decisions; '' where none has a sum."""
    fined = [row for row in newest if row.imposed and row.imposed > 100]
    if not fined:
        return ""
    penalty = max(fined, key=lambda row: row.imposed)
    amount = max(step for step in (100, 1_000, 10_000, 100_000, 1_000_000) if step < penalty.imposed)
    said = {"amount": words.number(Decimal(amount)), "year": penalty.decided_on.year}
    return _("fines over %(amount)s in %(year)s") % said


def _with_years(text: str) -> Iterator[tuple[list[str], str]]:
    """The years of decisions that it may name and what is left; any one may belong to the title of a law."""
    if found := _YEARS.search(text):
        first, last = sorted(map(int, found.groups()))
        last = min(last, first + MOST_YEARS)
        yield [str(year) for year in range(first, last + 1)], _YEARS.sub(" ", text, count=1)
        return
    found = list(_ONE_YEAR.finditer(text))
    if len(found) < 2:
        yield [year[1] for year in found], _ONE_YEAR.sub(" ", text)
    for year in reversed(found if len(found) > 1 else []):
        yield [year[1]], f"{text[: year.start()]} {text[year.end() :]}"
    if found:
        yield [], text
