"""What the public would read of a form as it stands, and what the gates say of it. Nothing is saved."""

import copy
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from records.penalties import case, publication, shown, timing
from records.penalties.desk import rows, todo, watch
from records.penalties.desk.draft import Draft
from records.penalties.desk.entry import PenaltyEntry
from records.penalties.desk.todo import ToDos
from records.publication.rules import MissingAnchor, NotShown

OPEN = {
    "incomplete", "no_basis", "memorandum", "not_in_catalogue", "duplicate", "premises", "personal_data",
    "notice", "secrecy", "domain",
}  # fmt: skip
"""Gates that something more to be entered opens: until then one can say how long it would be shown."""


@dataclass
class Preview:
    """The page as the public would read it, what the gates say, and what is to do.

    `passed` counts the gates that let it through; `since` and `until` are days, None where nobody can tell;
    `held` says why it waits until then.
    """

    shown: object
    verdict: publication.Verdict
    todo: ToDos = field(default_factory=ToDos)
    passed: int = 0
    since: date | None = None
    until: date | None = None
    rule: str = ""
    held: str = ""


def of(draft: Draft, entry: PenaltyEntry) -> Preview:
    """The preview of a form that was sent and cleaned; of one that was not sent, of what is stored."""
    content, parts, events = copy.copy(draft.content), draft.parts, draft.waiting
    if entry.is_bound:
        entry.fill(content)
        parts, events = entry.parts(), rows.found(entry.events)
        content.overrule_reason, content.overrule_of = watch.overruling(entry, content, parts)
    asked = _case(draft, entry, content, parts, events)
    verdict = publication.judge(asked)
    found = todo.of(verdict, asked, entry)
    foreseen = verdict if verdict.periods else _foreseen(verdict, asked)
    preview = Preview(None, verdict, found, len(verdict.passed))
    if draft.corrects:
        # What happened to the fine, and since when it is shown, is that of the decision.
        preview.shown = shown.of(content.penalty, content, parts=parts)
    else:
        preview.shown = shown.of(content, parts=parts, verdict=foreseen)
        preview.shown.events = events
    return _told(preview, foreseen, draft)


def _told(preview: Preview, foreseen: publication.Verdict, draft: Draft) -> Preview:
    """With the days of the display; a correction neither begins it again nor makes it longer."""
    if foreseen.periods is None:
        return preview
    rule = foreseen.periods.rule
    zone = ZoneInfo(rule.zone or draft.authority.time_zone)
    preview.rule, preview.until = rule.title(), foreseen.periods.last_day
    if draft.corrects:
        published = draft.content.penalty
        preview.since = published.published_at.astimezone(zone).date()
        preview.until = min(preview.until, published.hide_at.astimezone(zone).date() - timedelta(days=1))
    else:
        preview.since, preview.held = foreseen.publish_at.astimezone(zone).date(), foreseen.held
    return preview


def _foreseen(verdict: publication.Verdict, asked: case.Case) -> publication.Verdict:
    """The verdict with the times that it would have if only what is missing were entered."""
    if not asked.decided_on or not asked.rules or {refusal.code for refusal in verdict.refusals} - OPEN:
        return verdict
    try:
        publish_at, held = timing.publish_at(asked)
        zone = ZoneInfo(asked.authority.time_zone)
        periods = timing.periods(asked, publish_at.astimezone(zone).date())
    except (MissingAnchor, NotShown):
        return verdict
    return replace(verdict, periods=periods, publish_at=publish_at, held=held)


def _case(draft: Draft, entry: PenaltyEntry, content, parts, events) -> case.Case:
    """The form as the gates look at it; a document that is chosen and not stored yet counts."""
    happened = {event.kind for event in events}
    asked = case.of(
        content, parts, authority=draft.authority, maker=draft.user.pk,
        duplicate=draft.duplicate(content.decision_number) is not None, annulled="annulled" in happened,
        contested="contested" in happened and not happened & {"upheld", "varied", "contest_withdrawn"},
    )  # fmt: skip
    brought = entry.is_bound and (
        entry.files or entry.data.get("_file") or entry.cleaned_data.get("document_url")
    )
    return replace(asked, has_document=True) if brought else asked
