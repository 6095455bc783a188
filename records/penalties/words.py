"""Amounts, durations and sanctions of decisions in words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from records.penalties import kinds
from records.publication import joining

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


def number(amount: Decimal) -> str:
    """An amount with its thousands apart, and with its cents where it has any: 12,000 or 0.50."""
    amount = Decimal(amount).normalize()
    places = max(0, -amount.as_tuple().exponent)
    return number_format(amount, decimal_pos=max(places, 2) if places else 0, force_grouping=True)


def money(amount: Decimal | None, currency: str) -> str:
    """An amount with its currency, which never stand apart: 12,000 GBP; '' of no amount."""
    return "" if amount is None else f"{number(amount)}\N{NO-BREAK SPACE}{currency}".rstrip()


def sanction_kinds(slugs) -> str:
    """Kinds of sanction in a line: “Fine, order to improve”; each once, in the order given."""
    labels = [str(kinds.BY_SLUG[slug].label) for slug in dict.fromkeys(slugs) if slug in kinds.BY_SLUG]
    return joining.listed(label[:1].lower() + label[1:] if at else label for at, label in enumerate(labels))


def duration(text: str) -> str:
    """A duration such as P1Y6M in words: 1 year, 6 months; '' of none, and the text itself of another."""
    found = _DURATION.fullmatch(text)
    if not found:
        return text
    years, months, days = (int(part or 0) for part in found.groups())
    parts = [
        ngettext("%(count)d year", "%(count)d years", years) % {"count": years} if years else "",
        ngettext("%(count)d month", "%(count)d months", months) % {"count": months} if months else "",
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
    ]
    return reduce(_and_more, filter(None, parts), "")


def _and_more(before: str, after: str) -> str:
    together = pgettext("years, months and days", "%(before)s, %(after)s")
    return together % {"before": before, "after": after} if before else after


@dataclass(frozen=True)
class SanctionWords:
    """One sanction as a page says it; what the decision does not say is ''.

    `printed` is the amount in the words of the decision where they differ (罚款1.5万元), `text` the sanction
    in its words.
    """

    kind: kinds.Kind
    amount: str = ""
    printed: str = ""
    duration: str = ""
    licence: str = ""
    text: str = ""

    @property
    def sentence(self) -> str:
        """“Fine, 12,000 GBP”, “Suspension of a licence, 6 months: AB 123”."""
        said = joining.listed((self.kind.label, self.amount, self.duration))
        return joining.labelled(said, self.licence)


def sanction(row) -> SanctionWords:
    """The words of a sanction of a decision."""
    kind = kinds.BY_SLUG.get(row.kind) or kinds.Kind(row.kind, row.kind, "")
    amount = money(row.amount, row.currency)
    if row.kind == "daily_fine" and amount:
        amount = _("%(amount)s for each day") % {"amount": amount}
    return SanctionWords(kind, amount, row.amount_text, duration(row.duration), row.licence, row.text)


def imposed(rows) -> tuple[Decimal | None, str]:
    """The sum of what is to be paid by a decision's sanctions, and its currency; None where it is not known.

    Sums of different currencies are not added: then none is known.
    """
    payable = [row for row in rows if row.kind in kinds.PAYABLE]
    currencies = {row.currency for row in payable if row.currency}
    if not payable or len(currencies) > 1 or any(row.amount is None for row in payable):
        return None, next(iter(currencies), "") if len(currencies) == 1 else ""
    return sum((row.amount for row in payable), Decimal(0)), next(iter(currencies), "")
