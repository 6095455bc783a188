"""What is typed may be an article or an amount: then the list also offers the filter that means just that."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from records.intake import amounts
from records.laws import finding
from records.penalties import cuts, words
from records.penalties.bands import CENT, Range

MOST = 3
_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "CNY", "元": "CNY", "圆": "CNY"}
_TIMES = {"": 1, "万": 10_000, "亿": 100_000_000}
_TOO_MUCH = Decimal(10) ** 15
"""An address has room for no larger amount."""

_MONEY = re.compile(
    r"(?P<before>[£€$¥]|[A-Za-z]{3})?\s*(?P<number>\d[\d.,' ]*?)\s*"
    r"(?P<unit>[亿万]?)(?P<after>[£€$¥元圆]|[A-Za-z]{3})?"
)


@dataclass(frozen=True)
class Lead:
    """A filter that what was typed may mean: its words, and the link that takes it in place of the text."""

    words: str
    link: str


def leads(search) -> list[Lead]:
    """The filters that the text of a `PenaltySearch` may mean, at most three."""
    typed = search.text.text
    if not any(letter.isdigit() or letter in "条條" for letter in typed):
        return []
    return [*_amount(search, typed), *_articles(search, typed)][:MOST]


def _amount(search, typed: str):
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if not found:
        return
    sign = found["before"] or found["after"] or ""
    currency = _SIGNS.get(sign, sign.upper()) or search.currency
    if sign not in _SIGNS and sign and currency not in cuts.currencies("imposed"):
        return  # three letters that are a word: for 5000
    try:
        amount = Decimal(amounts.amount(found["number"])) * _TIMES[found["unit"]]
    except (ValueError, ArithmeticError):
        return
    if currency and 0 < amount < _TOO_MUCH and amount % CENT == 0:
        asked = Range(amount - CENT, amount)
        link = search.parameters.replaced(q="", currency=currency, imposed=asked.text)
        yield Lead(_("imposed: %(amount)s") % {"amount": words.money(amount, currency)}, link)


def _articles(search, typed: str):
    for provision in finding.provisions(typed, MOST, using="public"):
        value = f"{provision.law.key}/{provision.key}"
        link = search.parameters.replaced(q="", article=value)
        yield Lead(_("under %(article)s") % {"article": provision}, link)
