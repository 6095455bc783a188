"""What a page shows as canonical JSON, so that anybody can check whether it still says what was cited.

RFC 8785: keys sorted, no blanks, UTF-8. All values are texts, whole numbers, lists and objects, so that no
rule on writing fractions is needed; what is unknown is an empty text. Slugs stand for labels: the language of
the page changes nothing.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal


def of(shown) -> bytes:
    """The canonical JSON of a `Shown`."""
    return json.dumps(facts(shown), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def facts(shown) -> dict:
    """What is shown, as plain values."""
    row, why = shown.content, shown.why
    return {
        "reference": shown.penalty.reference,
        "version": shown.version,
        "status": shown.status,
        "authority": shown.authority.code,
        "decision_number": row.decision_number,
        "decided_on": _day(row.decided_on),
        "served_on": _day(row.served_on),
        "respondent": shown.name,
        "respondent_kind": row.respondent_kind,
        "premises": row.premises,
        "domain": row.domain,
        "procedure": row.procedure,
        "seriousness": row.seriousness,
        "facts": row.facts,
        "legal_basis": row.legal_basis,
        "remedy": row.remedy,
        "remedy_until": _day(row.remedy_until),
        "person_rule": shown.named_because,
        "necessity_note": row.necessity_note,
        "language": row.language,
        "imposed": _sum(shown.balance.imposed),
        "owed": _sum(shown.balance.owed),
        "currency": shown.currency,
        "fine_state": shown.balance.state,
        "appeal": shown.balance.appeal,
        "sanctions": [_sanction(sanction) for sanction in shown.parts.sanctions],
        "provisions": [_provision(citation) for citation in shown.parts.citations],
        "violations": [f"{v.catalogue}:{v.code}" for v in shown.violations],
        "events": [] if shown.is_earlier else [_event(event) for event in shown.events],
        "rule": f"{why.key} {why.version.isoformat()}" if why else "",
        "shown_since": _instant(shown.penalty.published_at),
        "shown_until": _instant(shown.penalty.hide_at),
        "document": (shown.document.sha256 or shown.document.url) if shown.document else "",
    }


def _sanction(row) -> dict:
    return {
        "kind": row.kind, "amount": _sum(row.amount), "currency": row.currency, "printed": row.amount_text,
        "duration": row.duration, "licence": row.licence, "text": row.text,
    }  # fmt: skip


def _provision(row) -> dict:
    article = row.provision.key if row.provision_id else ""
    return {"role": row.role, "law": row.law.key, "article": article, "printed": row.text}


def _event(row) -> dict:
    amount = {"amount": _sum(row.amount), "currency": row.currency}
    return {"kind": row.kind, "on": _day(row.on), "note": row.note} | amount


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _instant(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at else ""


def _sum(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.normalize(), "f")
