"""The pieces of a row that become rows of their own: sanctions, provisions, violations, events.

Each is read into a list of plain texts, as the staging table holds them.
"""

import re
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext as _

from records.intake import clean
from records.intake.copying import fingerprint
from records.intake.rows import CitationRow, EventRow, PenaltyRow, SanctionRow, ViolationRow
from records.laws.kinds import article_key
from records.penalties import kinds, ledger
from records.penalties.intake.checks import Refused, amount, day, line, one_of
from records.penalties.intake.shapes import Context, Offence, Office, Statute, folded

_DURATION = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
LONGEST_CODE, LONGEST_ARTICLE = 60, 120


def sanction(row: SanctionRow) -> list:
    """Kind, amount, currency, amount as printed, duration, licence, words."""
    kind = one_of("sanction", row.kind, kinds.BY_SLUG)
    value = amount("amount", row.amount)
    return [
        kind, None if value is None else str(value), currency(row.currency, value),
        line("amount_text", row.amount_text), duration(row.duration), line("licence", row.licence),
        clean.prose(row.text),
    ]  # fmt: skip


def currency(text: str, value: Decimal | None) -> str:
    """The currency of an amount, which it must have."""
    if value is not None and not text:
        raise Refused("currency", "", _("An amount needs its currency, such as EUR."))
    if text and not _CURRENCY.fullmatch(text):
        raise Refused("currency", text, _("Write the three capitals of the currency, such as EUR."))
    return text


def duration(text: str) -> str:
    """A period in years, months and days; weeks are seven days each."""
    if not text:
        return ""
    found = _DURATION.fullmatch(text)
    if not found:
        raise Refused("duration", text, _("Write a period as P6M, P1Y or P10D."))
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    parts = (("Y", years), ("M", months), ("D", 7 * weeks + days))
    return "P" + ("".join(f"{number}{unit}" for unit, number in parts if number) or "0D")


def citations(row: PenaltyRow, context: Context) -> tuple[list[list], list[Statute], list[Statute]]:
    """Role, law, key of the provision, text as printed, each once; the laws applied, and those violated."""
    found, laws = {}, {"applied": [], "violated": []}
    for role, cited in (("violated", row.violated), ("applied", row.applied)):
        for one in cited:
            statute = _statute(one, context)
            article = line("article", one.article)
            key = _provision(article)
            found[role, statute.key, key or article] = [role, statute.key, key, article]
            if statute not in laws[role]:
                laws[role].append(statute)
    return list(found.values()), laws["applied"], laws["violated"]


@lru_cache(maxsize=16384)
def _provision(article: str) -> str:
    """The key of an article; '' for none, and for a text that is longer than any article."""
    return article_key(article) if 0 < len(article) <= LONGEST_ARTICLE else ""


def _statute(cited: CitationRow, context: Context) -> Statute:
    statute = context.statutes.get(folded(cited.law))
    if statute is None:
        raise Refused(
            "law", cited.law, _("The register does not have this law. Add it under Laws, and import again.")
        )
    return statute


def violations(rows: tuple[ViolationRow, ...], office: Office, context: Context) -> list[Offence]:
    """The types of violation, each once. What the format's catalogue does not have yet is introduced."""
    found = {}
    for row in rows:
        offence = _offence(row, office, context)
        found[folded(offence.code)] = offence
    return list(found.values())


def _offence(row: ViolationRow, office: Office, context: Context) -> Offence:
    catalogue, title = context.catalogue.key, line("violation", row.title)
    for name in filter(None, (row.code, title)):
        meant = context.offences.get((catalogue, folded(name)), ())
        if not catalogue:
            meant = [offence for offence in meant if offence.domain in office.domains]
        if len(meant) == 1:
            return meant[0]
        if meant:
            message = _("Several catalogues have this type of violation. Write the code of one of them.")
            raise Refused("violation", name, message)
    if not catalogue:
        message = _("No catalogue has this type of violation. Choose one that exists, or add it to one.")
        raise Refused("violation", row.code or title, message)
    code = clean.display_name(row.code) or title
    if len(code) > LONGEST_CODE:
        code = f"{code[:51]}-{fingerprint(code, size=4)}"
    return Offence(None, code, title or code, "", context.catalogue.seriousness or "ordinary", None, None)


def event(row: EventRow) -> list:
    """Kind, date, amount, currency, note, address of the document."""
    kind = one_of("event", row.kind, dict(ledger.told()))
    value, on = amount("event_amount", row.amount), day("event_on", row.on)
    return [
        kind, on and on.isoformat(), None if value is None else str(value), currency(row.currency, value),
        line("event_note", row.note), line("document_url", row.document_url),
    ]  # fmt: skip


def events(row: PenaltyRow, sanctions: list[list]) -> list[list]:
    """The events; a fine has at least its beginning, as when one is approved by hand."""
    found = [event(one) for one in row.events]
    fines = [one for one in sanctions if one[0] in kinds.PAYABLE]
    if fines and not any(one[0] == "imposed" for one in found):
        known = [Decimal(one[1]) for one in fines if one[1] is not None]
        whole = str(sum(known)) if len(known) == len(fines) else None
        found.insert(0, ["imposed", row.decided_on or None, whole, fines[0][2], "", ""])
    units = {one[2] for one in fines if one[2]} | {one[3] for one in found if one[3]}
    if len(units) > 1:
        message = _("Its fines and what was paid are in several currencies. Import a decision for each.")
        raise Refused("currency", ", ".join(sorted(units)), message)
    return found
