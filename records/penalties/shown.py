"""All that a page says about one decision, whoever reads it: the public, or the clerk who previews a draft.

    shown = of(Penalty.objects.public().get(reference="4f09kqw"))     # what the public reads
    shown = of(penalty, version=old)                                  # one of its earlier versions
    shown = of(draft, parts=parts, verdict=draft.verdict())           # what it would read; need not be saved
    shown = of(correction.penalty, version=correction, parts=correction.parts())

`templates/records/penalties/_decision.html` renders it. Nothing here says who acted.
"""

import hashlib
from functools import cached_property

from django.utils.translation import gettext as _

from records.laws.models import ViolationType
from records.penalties import basis, canonical, differences, kinds, ledger, parting, reasons, timeline, words
from records.penalties.content import PenaltyContent
from records.penalties.ledger import Balance
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.visible import PenaltyChange
from records.publication import joining
from records.publication.documents import Document

RELATED = ("authority", "law", "business", "establishment", "batch", "rule_version__rule_set")
"""What a query for one decision fetches with it; its document is asked for alone, because the planner takes
longer over a join with its view than over everything else."""


def of(penalty: Penalty, version: PenaltyContent | None = None, *, parts: Parts | None = None, verdict=None):
    """What a page says of `penalty`, as it stands, or as `version` (an earlier or a coming one) has it.

    `parts` are the sanctions, provisions and violations where the database does not have them yet, `verdict`
    what the gates say of a draft. It is read where `penalty` was read.
    """
    return Shown(penalty, version, parts, verdict)


class Shown:
    """One decision as its page shows it; everything is looked up when first asked for."""

    def __init__(self, penalty: Penalty, version: PenaltyContent | None, parts: Parts | None, verdict):
        self.penalty, self.content, self.verdict = penalty, version or penalty, verdict
        self.alias = penalty._state.db or "default"
        self.authority = penalty.authority
        if parts is not None:
            self.parts = parts

    # -- who and what

    @property
    def number(self) -> str:
        """The number of the decision."""
        return self.content.decision_number

    @property
    def is_person(self) -> bool:
        """Whether the respondent is a person: then no search engine keeps the page."""
        respondents = (self.content.respondent_kind, self.penalty.respondent_kind)
        return any(kind in kinds.Respondent.PERSONS for kind in respondents)

    @property
    def names(self) -> bool:
        """Whether the respondent's own name is shown."""
        return self.content.respondent_kind not in kinds.Respondent.PERSONS or bool(self.content.person_rule)

    @property
    def name(self) -> str:
        """The respondent as named in the decision, or the premises where a person is not named."""
        return self.content.respondent if self.names else self.content.premises

    @property
    def premises(self) -> str:
        """Trading name and premises, where they say more than the name."""
        return "" if self.content.premises == self.name else self.content.premises

    @property
    def is_earlier(self) -> bool:
        """Whether this is a version that a correction replaced."""
        return getattr(self.content, "replaced_at", None) is not None

    @property
    def status(self) -> str:
        """For machines: superseded, or the state of the record."""
        return "superseded" if self.is_earlier else self.penalty.state

    @property
    def version(self) -> int:
        """The number of the version that is shown."""
        return self.content.version

    @cached_property
    def predecessor(self) -> int | None:
        """The number of the version before, where that is shown."""
        before = [version.number for version in self.versions if version.number < self.version]
        return max(before, default=None)

    @property
    def successor(self) -> int | None:
        """The number of the version that replaced this one."""
        return self.version + 1 if self.is_earlier else None

    # -- what was decided

    @cached_property
    def parts(self) -> Parts:
        """Its sanctions, provisions and violations."""
        if self.penalty.pk is None:
            return Parts()
        return parting.of(self.penalty.pk, self.content.version, self.alias)

    @cached_property
    def sanctions(self) -> list[words.SanctionWords]:
        """The sanctions in words, in the order of the decision."""
        return [words.sanction(row) for row in self.parts.sanctions]

    @cached_property
    def laws(self) -> list[basis.LawCard]:
        """The provisions with their texts as they stood on the day of the decision."""
        law = self.content.law if self.content.law_id else None
        return basis.cards(self.parts.citations, law, self.content.decided_on)

    @property
    def violations(self) -> list[ViolationType]:
        """The types of violation that it finds."""
        return [row.violation for row in self.parts.violations]

    # -- the fine

    @cached_property
    def events(self) -> list:
        """What happened to the fine; of a draft also what waits to be confirmed."""
        if self.penalty.pk is None:
            return []
        return list(self.penalty.events.select_related("document").order_by("pk"))

    @cached_property
    def balance(self) -> Balance:
        """What was imposed and what is owed: of an earlier version as it said, of a draft as it would be."""
        amount, currency = words.imposed(self.parts.sanctions)
        if self.is_earlier:
            return Balance(amount)
        if self.verdict is None and self.penalty.published_at is not None:
            held = self.penalty
            if self.content is not held and (amount, currency) != words.imposed(held.parts().sanctions):
                # The ledger as a coming version will have it.
                told = timeline.entries(self.events)
                return ledger.fold([*told, ledger.Entry("corrected", None, amount)])
            return Balance(held.imposed, held.owed, held.fine_state, held.appeal)
        first = ledger.Entry("imposed", self.content.decided_on, amount) if amount is not None else None
        return ledger.fold(timeline.entries(self.events, first))

    @property
    def currency(self) -> str:
        """The currency of the fine; '' without one."""
        return self.penalty.currency or words.imposed(self.parts.sanctions)[1]

    @property
    def imposed(self) -> str:
        """What was imposed: 12,000 GBP; '' where no sum is known."""
        return words.money(self.balance.imposed, self.currency)

    @property
    def owed(self) -> str:
        """What is owed now; '' where that is not known, and of an earlier version."""
        return words.money(self.balance.owed, self.currency)

    @property
    def sum_of_sanctions(self) -> str:
        """What the sanctions come to where that is not what was imposed by the events; else ''."""
        amount, currency = words.imposed(self.parts.sanctions)
        known = amount is not None and self.balance.imposed is not None
        return words.money(amount, currency) if known and amount != self.balance.imposed else ""

    @property
    def kinds_in_words(self) -> str:
        """The kinds of sanction in a line: “Fine, order to improve”."""
        return words.sanction_kinds(sanction.kind.slug for sanction in self.sanctions)

    @property
    def law_in_words(self) -> str:
        """The articles that it finds broken, else what it rests on: “Demo Food Act, s. 22”."""
        broken = [card for card in self.laws if card.violated] or self.laws
        return joining.apart(dict.fromkeys(joining.listed((card.title, card.article)) for card in broken))

    @property
    def fine_state(self) -> str:
        """Where the fine stands, in words."""
        return str(dict(ledger.fine_states()).get(self.balance.state, ""))

    @cached_property
    def moments(self) -> list[timeline.Moment]:
        """What happened to the fine, oldest first."""
        would_be = self.balance.imposed if self.penalty.published_at is None else None
        return timeline.moments(self.events, self.currency, self.content.decided_on, would_be)

    @property
    def appeal_open(self) -> bool:
        """Whether an appeal is not decided yet, which changes how all of this is read."""
        return self.balance.appeal == "open"

    @cached_property
    def appeal(self) -> list[str]:
        """Whether the decision can still change, in sentences."""
        today = self.authority.today()
        return timeline.appeal(self.balance, self.events, self.content.remedy_until, today)

    # -- why it is public, and what became of the page

    @cached_property
    def why(self) -> reasons.Why | None:
        """The rule under which it is shown, or would be; None where none is fixed."""
        return reasons.of_verdict(self.verdict, self.authority) or reasons.of_record(self.penalty)

    @cached_property
    def versions(self) -> list[differences.Version]:
        """All versions that are shown, the newest first, each with what the next one changed."""
        if self.penalty.pk is None or self.penalty.version == 1:
            return [differences.Version(1, self.penalty.published_at, row=self.penalty)]
        earlier = self.penalty.versions.select_related("law", "document")
        return differences.versions(
            self.penalty, earlier, lambda number: parting.of(self.penalty.pk, number, self.alias)
        )

    @cached_property
    def history(self) -> list[timeline.Step]:
        """When it was first shown, corrected, hidden and shown again."""
        found = PenaltyChange.objects.public().filter(reference=self.penalty.reference)
        return timeline.history(self.penalty, found.order_by("at"))

    # -- where it comes from

    @property
    def document(self) -> Document | None:
        """The decision itself; None where it names a person who is not named here."""
        return self.content.document if self.names and self.content.document_id else None

    @property
    def said_in(self) -> str:
        """The source under the official words: “Decision EHO/2026/0117”."""
        return _("Decision %(number)s") % {"number": self.number} if self.number else ""

    @property
    def batch(self):
        """The import that brought it; None where it was entered by hand."""
        return self.penalty.batch if self.penalty.batch_id else None

    @property
    def named_because(self) -> str:
        """The written rule under which a person is named; '' for everybody else."""
        return self.content.person_rule if self.is_person and self.names else ""

    @cached_property
    def canonical_json(self) -> bytes:
        """What is shown as canonical JSON, of which `sha256` is the fingerprint."""
        return canonical.of(self)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of what is shown: it changes when the page says anything else."""
        return hashlib.sha256(self.canonical_json).hexdigest()
