"""Rules of publication: which decisions are shown, from when, how long; one TOML file per dated version.

To add a rule set, write one TOML file; no Python. Put it in this folder, or, for an authority's own rules, in
the folder that the setting PLACARD_RULES_DIR names. docs/rules.md explains every key, with an example.

A file says
  who      `key` ("cn.ndrc36"), `jurisdiction`, `effective_from`, `effective_until`, `languages`, `title`,
           `summary`, `source` (where the rule is written, and whether its text was read);
  how long `anchor` (the day from which a display is counted), `zone`, `classes` (for each seriousness the
           time before an early end and the longest display), `early_end`, `withdraw_within`;
  when     `embargo` (the time to appeal) and `finality` (until nobody can contest it);
  whether  `never` (reasons to keep a decision from the public), `needs`, `persons`, `labels`.

Three reasons hold in every set, whatever its file says: public security, a person under 18, detention. What
is shown has an end, always. Where several sets govern one record, any of them may refuse it, all of them may
delay it, and the one that hides it first decides its end.

All dates are whole days where the authority is; an instant is made only by `hide_at`, `embargo_until` and
`publish_from`, in the time zone of the rule set or the authority, never of the server. Loading is strict: an
unknown key, a missing maximum or overlapping versions raise RuleError with the file and the key.
"""

from records.publication.rules.counting import (
    Anchors,
    MissingAnchor,
    NotShown,
    Periods,
    combined,
    hide_at,
    longest,
    periods,
)
from records.publication.rules.limits import Bound, bounds
from records.publication.rules.load import (
    UnknownRuleSet,
    get,
    governing,
    read_file,
    read_folders,
    rule_sets,
)
from records.publication.rules.refusing import Case, Refusal, refusals
from records.publication.rules.release import (
    Contested,
    Release,
    Wait,
    embargo_until,
    final_from,
    publish_from,
    waits,
)
from records.publication.rules.ruleset import RuleSet, UnknownClass
from records.publication.rules.strict import RuleError
from records.publication.rules.telling import length, told
from records.publication.rules.vocabulary import (
    ANCHORS,
    HARD,
    NEEDS,
    REASONS,
    SERIOUSNESS,
    EarlyEnd,
    Embargo,
    Finality,
    Never,
    Period,
    PeriodClass,
    Source,
)
from records.publication.strict import Words

__all__ = [
    "ANCHORS",
    "HARD",
    "NEEDS",
    "REASONS",
    "SERIOUSNESS",
    "Anchors",
    "Bound",
    "Case",
    "Contested",
    "EarlyEnd",
    "Embargo",
    "Finality",
    "MissingAnchor",
    "Never",
    "NotShown",
    "Period",
    "PeriodClass",
    "Periods",
    "Refusal",
    "Release",
    "RuleError",
    "RuleSet",
    "Source",
    "UnknownClass",
    "UnknownRuleSet",
    "Wait",
    "Words",
    "bounds",
    "combined",
    "embargo_until",
    "final_from",
    "get",
    "governing",
    "hide_at",
    "length",
    "longest",
    "periods",
    "publish_from",
    "read_file",
    "read_folders",
    "refusals",
    "rule_sets",
    "told",
    "waits",
]
