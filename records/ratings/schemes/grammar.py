"""What a scheme file may contain: every table, its keys, and what each key holds (docs/schemes.md explains
them)."""

from records.publication.strict import Key, may, must
from records.ratings.schemes.rule import MEASURES
from records.ratings.schemes.vocabulary import FACES, FAMILIES, KINDS, MARKS, TONES

LIMITS = {"appeal": may("table appeal"), "notify_days": may("count"), "display": may("table display")}
HEAD = {
    "key": must("key"),
    "domain": must("key"),
    "jurisdiction": must("string"),
    "languages": must("keys"),
    "effective_from": must("date"),
    "effective_until": may("date"),
    "title": must("text"),
    "summary": must("text"),
    "source": must("list source"),
}
RESULT = {"value": may("key"), "status": may("key"), "card": may("key")}
TABLES: dict[str, dict[str, Key]] = {
    "scheme": HEAD
    | {
        "carried_over_from": may("date"),
        "family": must("key", *FAMILIES),
        "direction": may("key", "low", "high"),
        "method": must("text"),
        "scope": must("table scope"),
        "validity": must("table validity"),
        "revisit": may("list revisit"),
        "components": must("tables component"),
        "measures": may("tables measure"),
        "check": may("list check"),
        "step": must("list step"),
        "values": must("tables value"),
        "statuses": may("tables status"),
        "cards": may("tables card"),
        "variants": may("tables variant"),
        "from_source": may("words"),
    }
    | LIMITS,
    "policy": HEAD | {"policy": must("tables class")},
    "source": {
        "citation": must("string"),
        "mark": must("key", *MARKS),
        "link": may("link"),
        "note": may("string"),
    },
    "scope": {"words": must("text"), "kinds": may("strings"), "excluded": may("strings")},
    "validity": {"words": must("text"), "ends": must("keys"), "lasts": may("duration")},
    "revisit": {
        "words": must("text"),
        "after": may("keys"),
        "earliest": may("duration"),
        "latest": must("duration"),
        "mark": may("key", *MARKS),
    },
    "component": {
        "kind": must("key", *KINDS),
        "label": must("text"),
        "explain": must("text"),
        "required": may("flag"),
        "direction": may("key", "low", "high"),
        "minimum": may("number"),
        "maximum": may("number"),
        "step": may("number"),
        "allowed": may("scalars"),
        "words": may("texts"),
        "max_items": may("count"),
        "derive": may("table derive"),
    },
    "derive": {
        "list": may("key"),
        "last": may("count"),
        "months": may("count"),
        "since": may("condition"),
        "opening": may("flag"),
        "or_opening": may("flag"),
        "unit": may("key", "days", "months", "years"),
    },
    "measure": dict.fromkeys(MEASURES, may("keys")),
    "check": {
        "component": must("key"),
        "when": may("condition"),
        "must": must("condition"),
        "message": must("text"),
    },
    "step": RESULT
    | {
        "when": may("condition"),
        "of": may("key"),
        "bands": may("list band"),
        "capped_by": may("key"),
        "caps": may("list band"),
        "picked": may("key"),
        "card_from": may("key"),
        "reason": may("text"),
    },
    "band": RESULT
    | {"from": may("number"), "over": may("number"), "to": may("number"), "under": may("number")},
    "value": {
        "label": must("text"),
        "explain": must("text"),
        "tone": must("key", *TONES),
        "position": may("count"),
        "face": may("key", *FACES),
        "shows": may("key"),
    },
    "status": {"label": must("text"), "explain": must("text")},
    "card": {"label": must("text"), "explain": must("text")},
    "appeal": {
        "words": must("text"),
        "days": must("count"),
        "counts": must("key", "inclusive", "exclusive"),
        "decide_days": may("count"),
        "embargo": may("key", "none", "days", "appeal"),
        "embargo_days": may("count"),
        "at_once": may("keys"),
        "waivable": may("flag"),
        "publish_within_days": may("count"),
    },
    "display": {"duty": must("key", "compulsory", "voluntary", "none"), "words": must("text")},
    "variant": {"label": must("text"), "languages": may("keys"), "source": may("list source")} | LIMITS,
    "class": {
        "label": must("text"),
        "visits_at_least": must("count"),
        "visits_at_most": may("count"),
    },
}
