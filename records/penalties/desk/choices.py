"""What can be chosen in a field of the form while typing, and what a choice fills in besides.

`FINDERS` names them: each finds choices by what was typed, and takes the values that the form sends back.
What is nobody's, or another authority's, is neither found nor taken.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from records.laws import finding
from records.laws.models import Law, Provision, ViolationType
from records.penalties.desk import whom
from records.penalties.desk.scope import Scope


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen: `value` as the form sends it, words for it, and its record.

    `fills` are other fields that it answers: a text, or the choice of that field; the form takes each where
    nothing stands yet.
    """

    value: str
    label: str
    detail: str = ""
    row: object = None
    fills: dict = field(default_factory=dict, compare=False)

    def as_json(self) -> dict:
        """For the script."""
        fills = {k: v.as_json() if isinstance(v, Choice) else str(v) for k, v in self.fills.items() if v}
        level = getattr(self.row, "seriousness", "")
        return {
            "value": self.value,
            "label": self.label,
            "detail": self.detail,
            "level": level,
            "fills": fills,
        }


class Cited(NamedTuple):
    """A provision, or a law alone, as a decision cites it: `text` is how it prints it."""

    law: Law
    provision: Provision | None
    text: str


class Finder(NamedTuple):
    """How choices of one kind are found by typing, and taken back by their values."""

    find: Callable[[str, Scope], list[Choice]]
    take: Callable[[list[str], Scope], list[Choice]]


# -- who


def business(row) -> Choice:
    """An organisation or sole trader of the register, with its numbers."""
    detail = " · ".join(["" if row.kind == "organisation" else row.get_kind_display(), *whom.numbers(row)])
    return Choice(
        str(row.pk), row.name, detail.strip(" ·"), row,
        {"respondent": row.name, "respondent_kind": row.kind},
    )  # fmt: skip


def establishment(row) -> Choice:
    """A place of the authority, with its address and whoever runs it."""
    run_by = row.business
    detail = [whom.address(row), _("closed") if row.closed_on else ""]
    fills = {"respondent": run_by.name if run_by else row.name}
    if run_by:
        fills |= {"business": business(run_by), "respondent_kind": run_by.kind}
    if run_by and run_by.kind == "sole_trader":
        fills["premises"] = whom.premises(row)
    return Choice(str(row.pk), row.name, " · ".join(filter(None, detail)), row, fills)


def _respondents(typed: str, scope: Scope) -> list[Choice]:
    """Businesses and places at once; to choose one names the respondent and links what is known."""
    found = []
    for row in whom.businesses(typed, scope)[:6]:
        choice = business(row)
        detail = " · ".join(filter(None, (_("business"), choice.detail)))
        found.append(Choice(row.name, row.name, detail, row, choice.fills | {"business": choice}))
    for row in whom.establishments(typed, scope)[:6]:
        choice = establishment(row)
        fills = choice.fills | {"establishment": choice}
        name = choice.fills["respondent"]
        detail = choice.detail if name == row.name else f"{row.name}, {choice.detail}"
        found.append(Choice(name, name, detail, row, fills))
    return found


def inspection(row) -> Choice:
    """A visit to the place, that the decision may have followed from."""
    words = (row.inspected_on.isoformat(), row.kind, row.grade or row.value_published)
    return Choice(str(row.pk), " · ".join(filter(None, words)), "", row)


def inspections(place, held=None) -> list[Choice]:
    """The published visits to a place, the newest first, and the one that is linked already."""
    shown = place.inspections.filter(state__in=["published", "superseded"]).order_by("-inspected_on", "-pk")
    rows = {row.pk: row for row in shown[:12]}
    if held is not None and held.establishment_id == place.pk:
        rows.setdefault(held.pk, held)
    return [inspection(row) for row in rows.values()]


def _inspections_of(typed: str, scope: Scope) -> list[Choice]:
    place = scope.establishments.filter(pk__in=_keys([typed])).first()
    return inspections(place) if place else []


# -- under which law


def cited(row: Provision | Law, text: str = "") -> Choice:
    """An article, or a law alone. The text as printed travels with the value, so that nothing is lost."""
    provision = row if isinstance(row, Provision) else None
    law = provision.law if provision else row
    printed = text or (provision.article if provision else "")
    name = law.short_title or law.title
    article = provision.article if provision else printed
    label = f"{name}, {article}" if article else name
    value = f"{'p' if provision else 'l'}{row.pk}|{printed}"
    words = f"{law.title}, {article}" if article else law.title
    return Choice(
        value, label, provision.heading if provision else law.get_rank_display(),
        Cited(law, provision, printed), {"law": law_choice(law), "legal_basis": words},
    )  # fmt: skip


def law_choice(row: Law) -> Choice:
    """A law."""
    short = row.short_title if row.short_title != row.title else ""
    detail = [short, row.number, row.get_rank_display()]
    return Choice(str(row.pk), row.title, " · ".join(filter(None, detail)), row)


def _citations(typed: str, scope: Scope) -> list[Choice]:
    articles = [cited(row) for row in finding.provisions(typed)]
    return [*articles, *(cited(row) for row in finding.laws(typed))][: finding.FOUND]


def _take_citations(values: list[str], scope: Scope) -> list[Choice]:
    parts = [(value[:1], *value[1:].partition("|")[::2]) for value in values]
    held = {
        "p": Provision.objects.select_related("law").in_bulk(_keys(n for k, n, _text in parts if k == "p")),
        "l": Law.objects.in_bulk(_keys(n for k, n, _text in parts if k == "l")),
    }
    found = []
    for kind, number, text in parts:
        row = held.get(kind, {}).get(next(iter(_keys([number])), None))
        if row is not None:
            found.append(cited(row, text[:300]))
    return list(dict.fromkeys(found))


def _laws(typed: str, scope: Scope) -> list[Choice]:
    return [law_choice(row) for row in finding.laws(typed)]


# -- for what


def violation(row: ViolationType) -> Choice:
    """A type of violation of the catalogue, which knows its provision and its domain."""
    fills = {"domain": row.domain}
    place = ""
    if row.provision:
        article = cited(row.provision)
        fills |= {"violated": article, **article.fills}
        place = article.label
    detail = " · ".join(filter(None, (row.get_seriousness_display(), place)))
    return Choice(str(row.pk), f"{row.code} {row.title}", detail, row, fills)


def _violations(typed: str, scope: Scope) -> list[Choice]:
    return [violation(row) for row in finding.violations(typed, scope.domains, scope.day)]


# -- taking values back


def _keys(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) <= 18]


def _taker(rows: Callable[[Scope], object], choice: Callable[[object], Choice]):
    """Those of the values that exist among the rows, in their order, each once."""

    def take(values: list[str], scope: Scope) -> list[Choice]:
        keys = _keys(values)
        held = {row.pk: row for row in rows(scope).filter(pk__in=keys)} if keys else {}
        return [choice(held[key]) for key in dict.fromkeys(keys) if key in held]

    return take


FINDERS = {
    "respondent": Finder(_respondents, lambda values, scope: []),
    "business": Finder(
        lambda typed, scope: [business(row) for row in whom.businesses(typed, scope)],
        _taker(lambda scope: scope.businesses.prefetch_related("identifiers"), business),
    ),
    "establishment": Finder(
        lambda typed, scope: [establishment(row) for row in whom.establishments(typed, scope)],
        _taker(lambda scope: scope.establishments, establishment),
    ),
    "inspection": Finder(_inspections_of, lambda values, scope: []),
    "violations": Finder(
        _violations,
        _taker(lambda scope: ViolationType.objects.select_related("provision__law"), violation),
    ),
    "violated": Finder(_citations, _take_citations),
    "applied": Finder(_citations, _take_citations),
    "law": Finder(_laws, _taker(lambda scope: Law.objects.all(), law_choice)),
}
