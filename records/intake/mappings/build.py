"""Builds a mapping from the tables of its file and refuses what makes no sense."""

import zoneinfo
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from pathlib import Path

from records.intake import sources
from records.intake.decisions import CHOICES, NEEDED, misshapen
from records.intake.mappings.citations import Cited
from records.intake.mappings.mapping import FIELDS, EventRule, Mapping, SanctionRule
from records.intake.mappings.strict import Table
from records.intake.mappings.values import ALWAYS, NOTHING, Value, When
from records.intake.sources import AuthorityFacts, CatalogueFacts, LawFacts
from records.intake.table import column_name

FILES = ("csv", "jsonl")
ENCODINGS = ("utf-8", "cp1252", "gb18030")


def mapping(file: Path, data: Dict) -> Mapping:
    """The mapping of a file's tables. Raises MappingError."""
    lookups = {}
    if isinstance(data.get("lookup"), Dict):
        table = Table(file, "", data).table("lookup")
        lookups = {name: _words(table.table(name)) for name in table.names()}
    top = Table(file, "", data, lookups)
    top.has("lookup")
    rules = _rules(top, _laws(top))
    made = Mapping(**_about(top, rules["fields"]), **rules, columns=_columns(rules, data))
    top.done()
    return made


def _about(top: Table, fields: Dict[str, Value]) -> dict[str, object]:
    """What the file is, and whose."""
    domain = top.text("domain", "")
    return {
        "key": _key(top, "key"),
        "label": top.text("label"),
        "explanation": top.text("explanation"),
        "file": top.text("file", one_of=FILES),
        "encoding": top.text("encoding", "utf-8", ENCODINGS),
        "licence": top.text("licence"),
        "language": top.text("language"),
        "domain": domain,
        "rule_set": top.text("rule_set", ""),
        "group_by": top.text("group_by", "", ("", "decision_number")),
        "authority": _authority(top.table("authority"), fields, domain),
        "catalogue": _catalogue(top.table("catalogue")),
        "ignored": tuple(map(column_name, top.texts("ignored"))),
    }


def _rules(top: Table, laws: Dict[str, LawFacts]) -> dict[str, object]:
    """What becomes of a record."""
    currency = top.text("currency", "")
    if message := misshapen("currency", currency):
        raise top.error("currency", message)
    violation, identifiers = top.table("violation"), top.table("identifiers")
    rules = {
        "laws": tuple(laws.values()),
        "fields": _fields(top.table("fields")),
        "code": violation.value("code", NOTHING),
        "title": violation.value("title", NOTHING),
        "identifiers": tuple((scheme, identifiers.value(scheme)) for scheme in identifiers.names()),
        "citations": tuple(_cited(table, laws) for table in top.tables("citations")),
        "sanctions": tuple(_sanction(table, currency) for table in top.tables("sanctions")),
        "events": tuple(_event(table, currency) for table in top.tables("events")),
        "refusals": tuple(_refusal(table) for table in top.tables("refuse")),
        "known": _known(top.table("known")),
    }
    violation.done()
    if not rules["sanctions"]:
        raise top.error("sanctions", "is missing; every decision has a sanction")
    return rules


def _columns(rules: Dict[str, object], data: Dict) -> dict[str, str]:
    """Every column that a rule reads, by the name it has in rules, as the file prints it."""
    several = (*rules["citations"], *rules["sanctions"], *rules["events"])
    values = [*rules["fields"].values(), rules["code"], rules["title"]]
    values += [value for _scheme, value in rules["identifiers"]]
    values += [value for rule in several for value in vars(rule).values() if isinstance(value, Value)]
    conditions = [rule.when for rule in several] + [when for when, _message in rules["refusals"]]
    names = {name for value in values for name in value.columns()} | set(rules["known"])
    names |= {when.column for when in conditions if when.column}
    printed = {column_name(name): name for name in _printed(data)}
    return {name: printed[name] for name in sorted(names)}


def _fields(table: Table) -> dict[str, Value]:
    for name in table.names():
        if name not in FIELDS:
            raise table.error(name, f"is not a field of a decision; known are {', '.join(FIELDS)}")
    found = {name: table.value(name) for name in table.names()}
    for name in NEEDED:
        if name not in found:
            raise table.error(name, "is missing")
    for name, value in found.items():
        if value.kind == "constant" and (message := misshapen(name, value.name)):
            raise table.error(name, message)
    if "respondent_kind" not in found:
        raise table.error("respondent_kind", f"is missing; it is {', '.join(CHOICES['respondent_kind'])}")
    return found


def _laws(top: Table) -> dict[str, LawFacts]:
    table, found = top.table("laws"), {}
    for key in table.names():
        one = table.table(key)
        found[key] = LawFacts(
            key,
            one.text("title"),
            one.text("rank", one_of=sources.RANKS),
            one.text("jurisdiction"),
            one.text("link"),
            one.raw("public_security", bool, "true or false", False),
        )
        if not found[key].link.startswith("https://"):
            raise one.error("link", "must begin with https://")
        one.done()
    return found


def _cited(table: Table, laws: Dict[str, LawFacts]) -> Cited:
    role = table.text("as", one_of=("violated", "applied"))
    if not table.has("from"):
        law = table.text("law", one_of=tuple(laws))
        found = Cited(role, law, table.text("article", ""), laws={}, when=table.when(ALWAYS))
        table.done()
        return found
    words = {law.title: key for key, law in laws.items()} | {key: key for key in laws}
    named = table.table("laws")
    for word in named.names():
        words[word] = named.text(word, "", one_of=("", *laws))
    pattern = table.pattern("pattern", r"(?s)(?P<law>.+)")
    if not {"law", "article"} & set(pattern.groupindex):
        raise table.error("pattern", "needs a group named law or article")
    strict = bool(named.names()) and "article" in pattern.groupindex
    law = table.text("law", "", ("", *laws))
    found = Cited(
        role, law, source=table.value("from"), marks=table.texts("split"), pattern=pattern, laws=words,
        strict=strict, when=table.when(ALWAYS),
    )  # fmt: skip
    table.done()
    return found


def _sanction(table: Table, currency: str) -> SanctionRule:
    kind = table.value("kind")
    if kind.kind == "constant" and kind.name not in sources.SANCTIONS:
        raise table.error(
            "kind", f"{kind.name!r} is not a sanction; known are {', '.join(sources.SANCTIONS)}"
        )
    amount = table.value("amount", NOTHING)
    if amount is not NOTHING and not currency:
        raise table.error("amount", "needs a currency at the top of the file")
    rest = {name: table.value(name, NOTHING) for name in ("amount_text", "duration", "licence", "text")}
    several = table.text("several", "refuse", ("refuse", "text")) == "text"
    found = SanctionRule(
        kind,
        None if amount is NOTHING else amount,
        currency,
        **rest,
        several=several,
        when=table.when(ALWAYS),
    )
    table.done()
    return found


def _event(table: Table, currency: str) -> EventRule:
    kind = table.text("kind", one_of=sources.EVENTS)
    rest = {name: table.value(name, NOTHING) for name in ("on", "amount", "note", "document_url")}
    if rest["amount"] is not NOTHING and not currency:
        raise table.error("amount", "needs a currency at the top of the file")
    found = EventRule(kind, **rest, currency=currency, when=table.when(ALWAYS))
    table.done()
    return found


def _refusal(table: Table) -> tuple[When, str]:
    when = table.when(ALWAYS)
    if when is ALWAYS:
        raise table.error("when", "is missing")
    message = table.text("message")
    table.done()
    return when, message


def _known(table: Table) -> dict[str, frozenset[str]]:
    return {
        column_name(name): frozenset(value.strip().casefold() for value in table.texts(name))
        for name in table.names()
    }


def _authority(table: Table, fields: Dict[str, Value], domain: str) -> AuthorityFacts:
    own = "" if "authority" in fields else None  # where each record names its authority, none is usual
    facts = AuthorityFacts(
        table.text("code", own),
        table.text("name", own),
        table.text("country"),
        table.text("time_zone"),
        domain,
        table.text("website", ""),
    )
    if facts.time_zone not in zoneinfo.available_timezones():
        raise table.error("time_zone", f"{facts.time_zone!r} is not a time zone such as Europe/Berlin")
    table.done()
    return facts


def _catalogue(table: Table) -> CatalogueFacts:
    facts = CatalogueFacts(table.text("key", ""), table.text("seriousness", "", ("", *sources.SERIOUSNESS)))
    table.done()
    return facts


def _key(table: Table, name: str) -> str:
    key = table.text(name)
    if not key.replace("-", "").isalnum() or not key.isascii() or key != key.lower():
        raise table.error(name, f"{key!r} is not a key; use small letters, digits and -")
    return key


def _words(table: Table) -> dict[str, str]:
    return {word.strip().casefold(): table.text(word, "") for word in table.names()}


def _printed(data: object) -> Iterable[str]:
    """The names of columns as the file prints them."""
    if isinstance(data, Dict):
        for key, value in data.items():
            if key == "column" and isinstance(value, str):
                yield value
            elif key == "known" and isinstance(value, Dict):
                yield from value
            else:
                yield from _printed(value)
    elif isinstance(data, list):
        for item in data:
            yield from _printed(item)
