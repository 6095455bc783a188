"""For which reasons a rule set keeps a decision from the public altogether."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from records.publication.rules.build import with_hard
from records.publication.rules.ruleset import RuleSet
from records.publication.rules.vocabulary import HARD


@dataclass(frozen=True)
class Case:
    """What a rule set looks at in a decision.

    `kinds` are the kinds of sanction, `procedure` how it was made ("summary"), `public_security` whether it
    rests on the law on public order (治安管理处罚法), `under_18` whether anybody it concerns was under 18 on
    the day of the decision, `harm_removed` whether the respondent removed or reduced the harm unasked,
    `necessary` whether a note says why publication is necessary.
    """

    seriousness: str
    kinds: tuple[str, ...] = ()
    procedure: str = ""
    public_security: bool = False
    under_18: bool = False
    harm_removed: bool = False
    necessary: bool = False

    def holds(self, when: str) -> bool:
        """Whether one of REASONS applies."""
        if when == "warning_only":
            return set(self.kinds) == {"warning"}
        if when == "summary":
            return self.procedure == "summary"
        if when == "detention":
            return "detention" in self.kinds
        return getattr(self, when)


class Refusal(NamedTuple):
    """One reason against publication: its key, and a sentence in the language that is active."""

    reason: str
    words: str


def refusals(rule: RuleSet, case: Case) -> tuple[Refusal, ...]:
    """Every reason for which the rule set refuses the decision; empty when it may be shown.

    Public security, persons under 18 and detention refuse in every rule set, whatever its file says. Where
    several rule sets govern a record, the reasons of any of them stand. Raises UnknownClass.
    """
    found = rule.class_of(case.seriousness)
    overcome = case.necessary and found.publish == "only_if_necessary"
    refused = [
        Refusal(never.reason, never.words())
        for never in with_hard(rule.never)
        if case.holds(never.when) and not (overcome and never.unless_necessary and never.when not in HARD)
    ]
    if found.publish == "no":
        words = _("%(rule)s does not publish decisions of the class “%(label)s”.")
        refused.append(Refusal("class", words % {"rule": rule.title(), "label": found.label()}))
    elif found.publish == "only_if_necessary" and not case.necessary:
        words = _(
            "%(rule)s publishes decisions of the class “%(label)s” only where necessary. Say why it is."
        )
        refused.append(Refusal("necessity", words % {"rule": rule.title(), "label": found.label()}))
    return tuple(refused)
