"""What became of appeals: of the decisions that are public, how many were contested, and how that ended.

The outcome of an appeal that was decided is that of its newest event, as on the page of a decision. What was
annulled and withdrawn is no longer public, so that those counted as annulled are fewer than those that were.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from records.authorities.models import Authority
from records.chart import Bar, Bars
from records.penalties import ledger, words
from records.penalties.happenings import PenaltyEvent
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.publication import joining
from records.ratings import statistics
from records.ratings.counted import Counted

OUTCOMES = (
    ("upheld", gettext_lazy("left as it was")),
    ("varied", pgettext_lazy("outcome of an appeal", "changed")),
    ("annulled", gettext_lazy("set aside")),
    ("withdrawn", pgettext_lazy("outcome of an appeal", "taken back")),
    ("open", gettext_lazy("not decided yet")),
)
DECIDING = [event.slug for event in ledger.EVENTS if event.appeal == "decided"]


def _count() -> list:
    """[authority, outcome or '', how many]: all decisions, then the contested ones."""
    everything = IndexCard.objects.public().order_by().values_list("authority_id").annotate(n=Count("pk"))
    newest = PenaltyEvent.objects.public().filter(penalty=OuterRef("pk"), kind__in=DECIDING)
    newest = newest.order_by(F("on").desc(nulls_last=True), "-pk").values("kind")[:1]
    contested = Penalty.objects.public().exclude(appeal="").order_by()
    decided = contested.filter(appeal="decided").annotate(outcome=Subquery(newest))
    others = contested.exclude(appeal="decided")
    return [
        *([authority, "", n] for authority, n in everything),
        *map(list, decided.values_list("authority_id", "outcome").annotate(n=Count("pk"))),
        *map(list, others.values_list("authority_id", "appeal").annotate(n=Count("pk"))),
    ]


def _read(rows: list) -> dict[int, dict[str, int]]:
    found = defaultdict(dict)
    for authority, outcome, number in rows:
        found[authority][outcome or ""] = number
    return dict(found)


outcomes = Counted("appeals", _count, _read)
"""By authority how many decisions are public, and of the contested ones how many ended in which way."""


@dataclass(frozen=True)
class Appeals:
    """The decisions of one authority, or of all together, and their appeals."""

    authority: Authority | None
    numbers: dict[str, int]

    @property
    def decisions(self) -> int:
        """Public decisions."""
        return self.numbers.get("", 0)

    @property
    def contested(self) -> int:
        """Those with an appeal, whatever became of it."""
        return sum(self.each)

    @property
    def each(self) -> list[int]:
        """By outcome, in the order of `OUTCOMES`."""
        return [self.numbers.get(key, 0) for key, _label in OUTCOMES]

    @property
    def labelled(self) -> list[tuple[str, int]]:
        """The same with the words for each outcome."""
        return [(str(label), self.numbers.get(key, 0)) for key, label in OUTCOMES]

    @property
    def sentence(self) -> str:
        """“Known to have been contested: 7 of 81 (3 left as it was, 2 changed …).”"""
        said = {"all": words.number(self.decisions), "n": words.number(self.contested)}
        if not self.contested:
            return ngettext(
                "The %(all)s decision is not known to have been contested.",
                "Of %(all)s decisions none is known to have been contested.",
                self.decisions,
            ) % said  # fmt: skip
        numbered = zip(self.each, OUTCOMES, strict=True)
        parts = (joining.phrase((words.number(n), label)) for n, (_key, label) in numbered if n)
        said["parts"] = joining.listed(parts)
        return _("Known to have been contested: %(n)s of %(all)s (%(parts)s).") % said

    @property
    def chart(self) -> Bars | None:
        """The outcomes as bars of all contested decisions."""
        if not self.contested:
            return None
        pairs = [(capfirst(label), n) for n, (_key, label) in zip(self.each, OUTCOMES, strict=True)]
        bars = [Bar(label, n, words.number(n)) for label, n in pairs]
        rows = [(label, words.number(n)) for label, n in pairs]
        head = (_("What became of the appeal"), _("Decisions"))
        return Bars("appeals", "", self.sentence, bars, head, rows, whole=self.contested)


def of(authority: Authority) -> Appeals:
    """Those of one authority."""
    return Appeals(authority, outcomes().value.get(authority.pk, {}))


def everybody() -> list[Appeals]:
    """Those of each authority with decisions, by name."""
    known = statistics.authorities()
    found = [Appeals(known[pk], numbers) for pk, numbers in outcomes().value.items() if pk in known]
    return sorted(found, key=lambda one: one.authority.name.casefold())


def together() -> Appeals:
    """Those of all authorities."""
    summed = defaultdict(int)
    for numbers in outcomes().value.values():
        for key, number in numbers.items():
            summed[key] += number
    return Appeals(None, dict(summed))
