"""Asks the gates about a row, and turns it into a line for the staging table: pure Python, run by workers.

Nothing here asks the database, so that a long file is judged with every core busy. A key line for every row
says what became of it, so that the register can be asked about what was not taken, too.
"""

import json
from contextlib import contextmanager
from json.encoder import encode_basestring

import django
from django.apps import apps
from django.utils import translation

from records.intake import copying
from records.intake.reading import Staged
from records.intake.rows import PenaltyRow, Problem
from records.penalties import publication
from records.penalties.intake import decision as decisions
from records.penalties.intake.checks import Refused
from records.penalties.intake.shapes import Context
from records.penalties.intake.telling import problem
from records.publication.personal import number_in

COLUMNS = (
    ("no", "bigint"), ("authority_id", "bigint"), ("decision_number", "text"), ("source_id", "text"),
    ("decided_on", "date"), ("respondent", "text"), ("respondent_kind", "text"), ("premises", "text"),
    ("domain", "text"), ("law", "text"), ("sanction_kinds", "text[]"), ("procedure", "text"),
    ("seriousness", "text"), ("served_on", "date"), ("notice_served_on", "date"),
    ("conduct_ended_on", "date"), ("found_on", "date"), ("final_on", "date"), ("remedy_until", "date"),
    ("publicity_end", "date"), ("legal_basis", "text"), ("facts", "text"), ("remedy", "text"),
    ("necessity_note", "text"), ("language", "text"), ("establishment", "text"), ("inspection", "text"),
    ("document_url", "text"), ("document_title", "text"), ("listed", "boolean"), ("fingerprint", "uuid"),
    ("rule_version_id", "bigint"), ("anchor_on", "date"), ("repair_from", "date"),
    ("publish_at", "timestamptz"), ("hide_at", "timestamptz"), ("identifiers", "jsonb"),
    ("sanctions", "jsonb"), ("citations", "jsonb"), ("violations", "jsonb"), ("events", "jsonb"),
)  # fmt: skip
"""A decision as it is staged. `listed`: its document is the published list, not one of its own. `publish_at`
is NULL where nothing waits.
"""

TAKEN, ARCHIVED, WAITING = "", "archive", "hold"
"""What became of a row; the code of a gate where it was refused."""


def stage_all(items, file: str, start: int, context: Context):
    """What a format's `rows` yields, staged: an iterator of Staged and Problem.

    A row that the gates do not let through leaves its key with the reason; one that cannot be read leaves
    none.
    """
    with _speaking(context.language):
        for no, item in enumerate(items, start):
            if isinstance(item, Problem):
                yield item
                continue
            try:
                yield from _staged(item, no, file, context)
            except Refused as refused:
                yield Problem.at(file, item.where, refused.message, refused.field, refused.value)


@contextmanager
def _speaking(language: str):
    """The gates speak in the language of whoever imports, which needs Django also in a worker."""
    if not apps.ready:
        django.setup()
    with translation.override(language):
        yield


def _staged(row: PenaltyRow, no: int, file: str, context: Context):
    """The key line and the staging line of one row, or a problem. Raises Refused."""
    read = decisions.read(row, context)
    verdict = publication.judge(decisions.case_of(read, row), context.now)
    outcome = TAKEN
    if verdict.refusals:
        outcome = next(
            (r.code for r in verdict.refusals if r.outcome not in (ARCHIVED, WAITING)),
            verdict.refusals[0].outcome,
        )
    if outcome not in (TAKEN, ARCHIVED, WAITING):
        yield problem(file, row, verdict.refusals)
    if number_in(read.number):
        return  # the gates have refused it, and its number is not kept
    mark = copying.fingerprint(json.dumps(decisions.content_of(row)), size=8)
    mark += copying.fingerprint(_json(row.events), size=8)
    key = copying.line((no, read.office.id, read.number, mark, outcome, f"{file}, {row.where}"))
    yield Staged(key, "" if outcome else copying.line(_columns(read, no, mark, verdict, context)))


def _columns(read: decisions.Decision, no: int, mark: str, verdict: publication.Verdict, context: Context):
    """The columns of a decision that may be shown, in the order of COLUMNS."""
    dates, prose, periods = decisions.NO_DATES | read.dates, read.prose, verdict.periods
    return (
        no, read.office.id, read.number, read.source_id, read.decided_on, read.respondent,
        read.respondent_kind, read.premises, read.domain, read.law.key, f"{{{','.join(read.kinds)}}}",
        read.procedure, verdict.level, *(dates[name] for name in decisions.DATES),
        *(prose.get(name, "") for name in decisions.PROSE), read.language, read.establishment,
        read.inspection, read.document_url, read.document_title, read.website, mark,
        context.versions[periods.rule.key, periods.rule.version], periods.anchor_on, periods.repair_from,
        verdict.publish_at.isoformat() if verdict.held else None, verdict.hide_at.isoformat(),
        _json(read.identifiers), _json(read.sanctions), _json(read.citations),
        _json([(o.id, o.code, o.title) for o in read.offences]), _json(read.events),
    )  # fmt: skip


def _json(pieces) -> str:
    """Lists of texts, numbers and None as JSON; an encoder would take longer to make than to use."""
    return f"[{','.join(f'[{",".join(map(_cell, piece))}]' for piece in pieces)}]"


def _cell(value) -> str:
    if type(value) is str:
        return encode_basestring(value)
    return "null" if value is None else str(value)
