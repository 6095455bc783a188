"""Every change to what may be public leaves a mark, so that a page knows whether it is still the same."""

import django.contrib.postgres.functions
from django.db import migrations, models

TABLES = (
    "authority", "authorityidentifier", "batch", "batchscope", "business", "businessidentifier", "dataset",
    "document", "establishment", "establishmentalias", "establishmentversion", "finding", "inspection", "law",
    "penalty", "penaltycitation", "penaltyevent", "penaltysanction", "penaltyversion", "penaltyviolation",
    "provision", "provisiontext", "rating", "reply", "ruleperiod", "ruleset", "ruleversion", "scheme",
    "schemestatus", "schemevalue", "schemeversion", "transition", "violationtype", "withdrawal", "word",
)  # fmt: skip
"""Those that a view of `disclosed` reads."""

TIMED = ("establishment", "inspection", "penalty", "rating")
"""Those of which rows begin and cease to be shown at an instant."""

FUNCTIONS = """
-- One row for each transaction, whatever it touches.
CREATE FUNCTION records_edition_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF current_setting('placard.edition', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO records_edition DEFAULT VALUES;
        PERFORM set_config('placard.edition', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;

-- Instants to come. Not unique: two transactions with the same one would wait for each other.
CREATE FUNCTION records_instant_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO records_instant (at)
        SELECT DISTINCT v.at FROM newer n CROSS JOIN LATERAL (VALUES (n.publish_at), (n.hide_at)) AS v (at)
        WHERE v.at > now();
    RETURN NULL;
END $$;

CREATE VIEW disclosed.edition AS SELECT (SELECT sum(rows) FROM public.records_edition) AS number,
    (SELECT max(at) FROM public.records_instant WHERE at <= now()) AS since;
GRANT SELECT ON disclosed.edition TO placard_public, placard_office;
"""


def triggers():
    """SQL of the triggers; rows that are there already are changed by nobody until then."""
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_{table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION records_edition_new();"
        )
    for table in TIMED:
        for event in ("insert", "update"):
            yield (
                f"CREATE TRIGGER {table}_instant_{event} AFTER {event.upper()} ON records_{table} "
                "REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_instant_new();"
            )
        yield (
            "INSERT INTO records_instant (at) SELECT DISTINCT v.at FROM records_"
            f"{table} t CROSS JOIN LATERAL (VALUES (t.publish_at), (t.hide_at)) AS v (at) WHERE v.at > now();"
        )


def without():
    """SQL that takes them away."""
    for table in TIMED:
        for event in ("insert", "update"):
            yield f"DROP TRIGGER {table}_instant_{event} ON records_{table};"
    for table in TABLES:
        yield f"DROP TRIGGER {table}_edition ON records_{table};"
    yield "DROP VIEW disclosed.edition; DROP FUNCTION records_instant_new(); DROP FUNCTION records_edition_new();"


class Migration(migrations.Migration):
    """Tables, triggers on all that is shown, and the view that the public reads them by."""

    dependencies = (("records", "0012_feed"),)
    operations = (
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rows", models.BigIntegerField(db_default=1, default=1)),
                ("at", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
            ],
        ),
        migrations.CreateModel(
            name="Instant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(FUNCTIONS + "\n".join(triggers()), "\n".join(without())),
    )
