"""Gathers what a worker process must know of the register: authorities, laws, catalogue, rule sets."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from records.authorities.models import Authority
from records.laws.models import Law, ViolationType
from records.penalties.intake.shapes import Context, Offence, Office, Statute, folded
from records.publication.rulebook import RuleVersion

_STATE = "中华人民共和国"


def context(format, authority: str, only: bool) -> Context:
    """What the workers are told about an import that begins now."""
    now = timezone.now()
    return Context(
        offices(now), statutes(format.laws), offences(format.catalogue.key), versions(), format.catalogue,
        format.authority.domain, format.authority.website, format.authority_prefix, authority,
        authority if only else "", now, translation.get_language() or "en",
    )  # fmt: skip


def offices(now: datetime) -> dict[str, Office]:
    """Every authority by its code."""
    return {
        a.code: Office(
            a.pk, a.code, tuple(a.domains), tuple(a.rule_sets), a.time_zone, a.calendar, a.website,
            now.astimezone(ZoneInfo(a.time_zone)).date(),
        )
        for a in Authority.objects.all()
    }  # fmt: skip


def statutes(declared) -> dict[str, Statute]:
    """Laws by folded key, title and short title; those of the register before those that are declared.

    A Chinese title is cited with and without the name of the state.
    """
    held = Law.objects.order_by("-in_force_until", "id").only(
        "key", "title", "short_title", "rank", "public_security"
    )
    known = [(Statute(law.key, law.title, law.rank, law.public_security), law.short_title) for law in held]
    known += [(Statute(law.key, law.title, law.rank, law.public_security), "") for law in declared]
    found: dict[str, Statute] = {}
    for statute, _short in known:
        found.setdefault(folded(statute.key), statute)
    for statute, short in known:
        # Whoever declares a law under the key of a held one means that one.
        meant = found[folded(statute.key)]
        for name in filter(None, (statute.title, short, statute.title.removeprefix(_STATE))):
            found.setdefault(folded(name), meant)
    return found


def offences(catalogue: str) -> dict[tuple[str, str], tuple[Offence, ...]]:
    """Types of violation by catalogue and folded code or title; without a catalogue, all of them under ''."""
    types = ViolationType.objects.select_related("provision__law")
    found: dict[tuple[str, str], dict[Offence, None]] = {}
    for held in types.filter(catalogue=catalogue) if catalogue else types:
        law = held.provision.law.key if held.provision else ""
        offence = Offence(
            held.pk, held.code, held.title, held.domain, held.seriousness,
            held.in_force_from, held.in_force_until, law,
        )  # fmt: skip
        for name in (held.code, held.title):
            found.setdefault((catalogue, folded(name)), {})[offence] = None
    return {name: tuple(meant) for name, meant in found.items()}


def versions() -> dict[tuple[str, str], int]:
    """Row numbers of the versions of rule sets by key and first day."""
    rows = RuleVersion.objects.values_list("id", "rule_set__key", "effective_from")
    return {(key, since.isoformat()): number for number, key, since in rows}
