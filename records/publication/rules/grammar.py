"""What a rule file may contain: every table, its keys, what each key holds. docs/rules.md explains them."""

from __future__ import annotations

from typing import NamedTuple

from records.publication.rules.vocabulary import (
    AFTER,
    ANCHORS,
    CONDITIONS,
    COUNTS,
    LABELS,
    MARKS,
    NEEDS,
    NO_WORDS,
    PERSONS,
    PUBLISH,
    REASONS,
    RELEASES,
    SERIOUSNESS,
)


class Key(NamedTuple):
    """One key: `kind` is a reader of strict.py, or "table NAME", "tables NAME" (by key) or "list NAME"
    (repeated tables). Where it is left out, it is `default`."""

    kind: str
    required: bool = False
    one_of: tuple = ()
    default: object = None


def must(kind: str, *one_of) -> Key:
    return Key(kind, True, one_of)


def may(kind: str, *one_of, default: object = None) -> Key:
    return Key(kind, False, one_of, default)


TABLES: dict[str, dict[str, Key]] = {
    "rule": {
        "key": must("key"),
        "title": must("text"),
        "summary": must("text"),
        "jurisdiction": must("string"),
        "languages": must("keys"),
        "effective_from": must("date"),
        "effective_until": may("date"),
        "source": must("list source"),
        "anchor": must("key", *ANCHORS),
        "zone": may("zone", default=""),
        "holiday_extension": may("flag", default=False),
        "classes": must("tables class"),
        "combine": may("key", "longest_class", default="longest_class"),
        "overlap": may("key", "earliest_hide", default="earliest_hide"),
        "persons": may("key", *PERSONS, default="premises_only"),
        "persons_rule": may("string", default=""),
        "needs": must("keys", *NEEDS),
        "labels": may("keys", *LABELS, default=()),
        "embargo": may("table embargo"),
        "finality": may("table finality"),
        "never": may("list never", default=()),
        "early_end": may("table early_end"),
        "withdraw_within": may("count", default=3),
    },
    "source": {
        "issuer": must("string"),
        "citation": must("string"),
        "mark": must("key", *MARKS),
        "link": may("link", default=""),
        "note": may("string", default=""),
    },
    "class": {
        "label": must("text"),
        "words": may("text", default=NO_WORDS),
        "publish": may("key", *PUBLISH, default="yes"),
        "min": may("period"),
        "max": may("period"),
        "until": may("key", "restriction", default=""),
        "covers": may("keys", *SERIOUSNESS, default=()),
        "citation": may("string", default=""),
    },
    "embargo": {
        "days": must("count"),
        "after": must("key", *AFTER),
        "working": may("flag", default=False),
        "count_from": may("key", *COUNTS, default="exclusive"),
        "plus_days": may("count", default=1),
        "waivable": may("flag", default=False),
    },
    "finality": {
        "times": must("periods"),
        "released_by": may("keys", *RELEASES, default=()),
        "holiday_extension": may("flag", default=False),
    },
    "never": {
        "when": must("key", *REASONS),
        "words": must("text"),
        "unless_necessary": may("flag", default=False),
    },
    "early_end": {
        "conditions": must("keys", *CONDITIONS),
        "citation": must("string"),
        "excluded_kinds": may("keys", default=()),
        "reply_days": may("count"),
        "decide_days": may("count"),
    },
}
