"""What is typed may be an article, an amount or a sentence: the list offers filters that mean just that."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from records.laws import finding
from records.penalties import cuts, words
from records.penalties.bands import CENT, Range
from records.penalties.reading import SIGNS, value

MOST = 3

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
    read = [Lead(meant.sentence(), meant.parameters.without()) for meant in search.read]
    return [*read, *_amount(search, typed), *_articles(search, typed)][:MOST]


def _amount(search, typed: str):
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if not found:
        return
    sign = found["before"] or found["after"] or ""
    currency = SIGNS.get(sign, sign.upper()) or search.currency
    if sign not in SIGNS and sign and currency not in cuts.currencies("imposed"):
        return  # three letters that are a word: for 5000
    amount = value(found["number"], found["unit"])
    if currency and amount is not None:
        asked = Range(amount - CENT, amount)
        link = search.parameters.replaced(q="", currency=currency, imposed=asked.text)
        yield Lead(_("imposed: %(amount)s") % {"amount": words.money(amount, currency)}, link)


def _articles(search, typed: str):
    for provision in finding.provisions(typed, MOST, using="public"):
        value = f"{provision.law.key}/{provision.key}"
        link = search.parameters.replaced(q="", article=value)
        yield Lead(_("under %(article)s") % {"article": provision}, link)
