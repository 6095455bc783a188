"""Builds a Scheme from the tables of its file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from records.ratings.schemes.rule import TESTS, Band, Check, Condition, Ladder, Measure, Result, Step, Test
from records.ratings.schemes.scheme import Scheme
from records.ratings.schemes.strict import Reader
from records.ratings.schemes.vocabulary import (
    Appeal,
    Card,
    Component,
    Display,
    Revisit,
    Scope,
    Source,
    Status,
    Validity,
    Value,
    Variant,
    plain,
)


def scheme(reader: Reader, data: Mapping[str, object]) -> Scheme:
    """The scheme of a parsed file; SchemeError where a table does not fit its grammar."""
    table = reader.table(data, "scheme")
    builder = Builder(reader, frozenset((*table["components"], *(table["measures"] or ()))))
    plain_keys = ("key", "domain", "jurisdiction", "family", "languages", "effective_from", "effective_until")
    texts = ("carried_over_from", "title", "summary", "method")
    return Scheme(
        **{key: table[key] for key in plain_keys + texts},
        direction=table["direction"] or "",
        source=sources(table["source"]),
        scope=Scope(table["scope"]["words"], table["scope"]["kinds"] or (), table["scope"]["excluded"] or ()),
        validity=Validity(**(table["validity"] | {"lasts": table["validity"]["lasts"] or ""})),
        revisits=tuple(Revisit(**present(revisit)) for revisit in table["revisit"] or ()),
        components=tuple(
            builder.component(key, item, table["direction"] or "")
            for key, item in table["components"].items()
        ),
        measures=tuple(builder.measure(key, item) for key, item in (table["measures"] or {}).items()),
        checks=tuple(builder.check(item, f"check[{at}]") for at, item in enumerate(table["check"] or (), 1)),
        steps=tuple(builder.step(item, f"step[{at}]") for at, item in enumerate(table["step"], 1)),
        values=values(table["values"]),
        statuses=tuple(Status(key, **item) for key, item in (table["statuses"] or {}).items()),
        cards=tuple(Card(key, **item) for key, item in (table["cards"] or {}).items()),
        variants=tuple(
            variant(key, item, table["languages"]) for key, item in (table["variants"] or {}).items()
        ),
        published_words=table["from_source"] or {},
        default=variant("", table | {"label": table["title"], "source": None}, table["languages"]),
        file=str(reader.file),
    )


def present(table: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in table.items() if value is not None}


def sources(tables) -> tuple[Source, ...]:
    return tuple(Source(**present(table)) for table in tables or ())


def values(tables: Mapping[str, Mapping]) -> tuple[Value, ...]:
    """The values best first; without a `position` the best one stands last in a bar, as numbers do."""
    count = len(tables)
    return tuple(
        Value(key, order=order, **({"position": count - 1 - order} | present(item)))
        for order, (key, item) in enumerate(tables.items())
    )


def variant(key: str, table: Mapping, languages: tuple[str, ...]) -> Variant:
    return Variant(
        key=key,
        label=table["label"],
        languages=table["languages"] or languages,
        appeal=Appeal(**present(table["appeal"])) if table["appeal"] else None,
        notify_days=table["notify_days"],
        display=Display(**table["display"]) if table["display"] else None,
        source=sources(table["source"]),
    )


class Builder:
    """Builds the parts that name components and measures; `names` are those that exist."""

    def __init__(self, reader: Reader, names: frozenset[str]):
        self.reader, self.names = reader, names

    def component(self, key: str, table: Mapping, direction: str) -> Component:
        found = present(table)
        words = {
            plain(Decimal(k)) if k.lstrip("-").isdigit() else k: v for k, v in (table["words"] or {}).items()
        }
        if table["kind"] == "integer":
            found.setdefault("step", Decimal(1))
        if found["kind"] not in ("integer", "decimal", "list"):
            direction = ""
        found |= {"words": words, "derive": self.derive(table["derive"], f"components.{key}.derive")}
        return Component(key, **({"direction": direction} | found))

    def derive(self, table: Mapping | None, where: str) -> Mapping | None:
        if table is None:
            return None
        forms = [form for form in ("list", "since", "opening") if table[form]]
        if len(forms) != 1 or (forms[0] != "list") != bool(table["unit"]):
            raise self.reader.error(where, "needs either list, or a unit with one of since and opening")
        found = present(table)
        if "list" in found:
            self.known(found["list"], f"{where}.list")
        else:
            found["since"] = self.condition(found["since"], f"{where}.since") if "since" in found else ()
        return found

    def measure(self, key: str, table: Mapping) -> Measure:
        found = present(table)
        if len(found) != 1:
            raise self.reader.error(
                f"measures.{key}", "needs exactly one way to compute it, such as sum or max"
            )
        [(how, names)] = found.items()
        return Measure(key, how, tuple(self.known(name, f"measures.{key}.{how}") for name in names))

    def check(self, table: Mapping, where: str) -> Check:
        return Check(
            component=self.known(table["component"], f"{where}.component"),
            when=self.condition(table["when"], f"{where}.when"),
            must=self.condition(table["must"], f"{where}.must"),
            message=table["message"],
        )

    def step(self, table: Mapping, where: str) -> Step:
        ways = [way for way in ("value", "status", "bands", "picked") if table[way]]
        if len(ways) != 1:
            raise self.reader.error(where, "needs exactly one of value, status, bands and picked")
        if bool(table["bands"]) != bool(table["of"]) or bool(table["caps"]) != bool(table["capped_by"]):
            raise self.reader.error(where, "bands need of, caps need capped_by, and the other way round")
        fixed = ways[0] in ("value", "status")
        return Step(
            when=self.condition(table["when"], f"{where}.when"),
            result=Result(table["value"], table["status"], table["card"]) if fixed else None,
            ladder=self.ladder(table["of"], table["bands"], f"{where}.bands"),
            cap=self.ladder(table["capped_by"], table["caps"], f"{where}.caps"),
            picked=table["picked"] and self.known(table["picked"], f"{where}.picked"),
            card_from=table["card_from"] and self.known(table["card_from"], f"{where}.card_from"),
            reason=table["reason"],
        )

    def ladder(self, of: str | None, bands, where: str) -> Ladder | None:
        if not of:
            return None
        return Ladder(
            self.known(of, where), tuple(self.band(b, f"{where}[{at}]") for at, b in enumerate(bands, 1))
        )

    def band(self, table: Mapping, where: str) -> Band:
        if bool(table["value"]) == bool(table["status"]):
            raise self.reader.error(where, "needs either a value or a status")
        if (table["from"] is not None and table["over"] is not None) or (
            table["to"] is not None and table["under"] is not None
        ):
            raise self.reader.error(where, "has two lower or two upper bounds")
        return Band(
            Result(table["value"], table["status"], table["card"]),
            low=table["over"] if table["from"] is None else table["from"],
            low_open=table["over"] is not None,
            high=table["under"] if table["to"] is None else table["to"],
            high_open=table["under"] is not None,
        )

    def known(self, name: str, where: str) -> str:
        if name not in self.names:
            raise self.reader.error(where, f"{name!r} is neither a component nor a measure")
        return name

    def condition(self, groups, where: str) -> Condition | None:
        if groups is None:
            return None
        return tuple(
            tuple(
                test for name, wanted in group.items() for test in self.tests(name, wanted, f"{where}.{name}")
            )
            for group in groups
        )

    def tests(self, name: str, wanted: object, where: str) -> list[Test]:
        self.known(name, where)
        if not isinstance(wanted, Mapping):
            return [Test(name, "equals", self.operand(wanted))]
        for op in wanted:
            if op not in TESTS:
                raise self.reader.error(where, f"{op!r} is not a comparison; known are {', '.join(TESTS)}")
        return [
            Test(
                name,
                op,
                self.operand(raw),
                other=op != "equals" and isinstance(raw, str) and bool(self.known(raw, where)),
            )
            for op, raw in wanted.items()
        ]

    def operand(self, raw: object) -> object:
        if isinstance(raw, list):
            return tuple(self.operand(item) for item in raw)
        return Decimal(raw) if isinstance(raw, (int, Decimal)) and not isinstance(raw, bool) else raw
