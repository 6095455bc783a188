"""What the public is told of decisions that are no longer shown, read from its newest end at any size.

The list of changes is three queries, each of them in order, so that fifty lines cost fifty lines however many
there are: without an order within, the planner makes all lines and sorts them. The notices had no index that
tells those who are gone from those who are shown, so that to list them read the whole register.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F, Q

_before = import_module("records.migrations.0009_penalties_disclosed")

CHANGE = f"""
CREATE OR REPLACE VIEW disclosed.records_penaltychange AS
(SELECT 'c' || v.id AS id, 'corrected' AS kind, p.reference, p.authority_id, p.decision_number, v.version + 1 AS version,
    ''::varchar AS reason_kind, v.reason, v.replaced_at AS at, v.id AS number
FROM public.records_penaltyversion v JOIN public.records_penalty p ON p.id = v.penalty_id WHERE {_before.SHOWN}
ORDER BY v.replaced_at DESC, v.id DESC)
UNION ALL
(SELECT 'w' || w.id, 'withdrawn', p.reference, p.authority_id, p.decision_number, NULL, w.reason_kind, w.reason,
    w.withdrawn_at, w.id
FROM public.records_withdrawal w JOIN public.records_penalty p ON p.id = w.penalty_id
WHERE p.state = 'withdrawn' AND p.published_at <= now()
ORDER BY w.withdrawn_at DESC, w.id DESC)
UNION ALL
(SELECT 't' || t.id, CASE WHEN t.target = 'suspended' THEN 'hidden' WHEN t.source = 'suspended' AND t.target = 'published'
    THEN 'shown_again' ELSE 'gone' END, p.reference, NULL, '', NULL, '', '', t.at, t.id
FROM public.records_transition t JOIN public.records_penalty p ON p.id = t.record_id
WHERE t.kind = 'penalty' AND p.published_at <= now()
    AND (t.target IN ('suspended', 'expired', 'repaired') OR t.source = 'suspended' AND t.target = 'published')
ORDER BY t.at DESC, t.id DESC)
"""

BEFORE = f"""
DROP VIEW disclosed.records_penaltychange;
CREATE VIEW disclosed.records_penaltychange AS {_before.CHANGE};
GRANT SELECT ON disclosed.records_penaltychange TO placard_public, placard_office;
"""


def _newest(column: str, name: str, condition: Q | None = None) -> models.Index:
    return models.Index(F(column).desc(), F("id").desc(), name=name, condition=condition)


TOLD = Q(kind="penalty") & (
    Q(target__in=["suspended", "expired", "repaired"]) | Q(source="suspended", target="published")
)
GONE = Q(state__in=["withdrawn", "suspended", "expired", "repaired", "sealed"])


class Migration(migrations.Migration):
    """The view with a number that tells what happened at once apart, and an index for each of its orders."""

    dependencies = (("records", "0023_areas"),)
    operations = (
        migrations.AddIndex("transition", _newest("at", "transition_told", TOLD)),
        migrations.AddIndex("withdrawal", _newest("withdrawn_at", "withdrawal_newest")),
        migrations.AddIndex("penaltyversion", _newest("replaced_at", "penaltyversion_newest")),
        migrations.AddIndex("penalty", models.Index("reference", name="penalty_gone", condition=GONE)),
        migrations.RunSQL(CHANGE, BEFORE),
        migrations.AlterModelOptions(
            "penaltychange", {"managed": False, "ordering": ("-at", "-number", "-id")}
        ),
    )
