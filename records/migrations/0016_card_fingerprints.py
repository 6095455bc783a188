"""Index cards get three fingerprints, so that a search is divided in every way by four numbers of each card."""

from importlib import import_module

from django.db import migrations, models

COLUMNS = import_module("records.migrations.0014_index_cards").COLUMNS
FINGERPRINTS = {
    "terms": "kinds, fine_state, seriousness, place",
    "money": "year, currency, imposed_band, owed_band",
    "cited": "laws, provisions, violations",
}
"""What each fingerprint is one of. Cards of the same content have the same, and those of another another:
of a million contents, any two share one with a chance of one in thirty million."""

# A row that is written again takes its words in line; the pad must be written again too, to bring them out of it.
_PAD = "ADD COLUMN pad text GENERATED ALWAYS AS (repeat(' ', 2032)) STORED, ALTER COLUMN pad SET STORAGE MAIN"
_VIEW = """
CREATE VIEW disclosed.records_indexcard AS SELECT {0} FROM public.records_indexcard
WHERE shown_from <= now() AND now() < shown_until;
GRANT SELECT ON disclosed.records_indexcard TO placard_public, placard_office;
"""
ADD = f"""
DROP VIEW disclosed.records_indexcard;
ALTER TABLE records_indexcard DROP COLUMN pad, {
    ", ".join(
        f"ADD COLUMN {name} bigint NOT NULL GENERATED ALWAYS AS (hash_record_extended(ROW({held}), 0)) STORED"
        for name, held in FINGERPRINTS.items()
    )
}, {_PAD};
{_VIEW.format(", ".join([COLUMNS, *FINGERPRINTS]))}
"""
REMOVE = f"""
DROP VIEW disclosed.records_indexcard;
ALTER TABLE records_indexcard {", ".join(f"DROP COLUMN {name}" for name in FINGERPRINTS)};
{_VIEW.format(COLUMNS)}
"""


class Migration(migrations.Migration):
    """Columns that the database computes; the table is written anew."""

    dependencies = (("records", "0015_spots"),)
    operations = (
        migrations.RunSQL(
            ADD,
            REMOVE,
            state_operations=[
                migrations.AddField("indexcard", name, models.BigIntegerField(editable=False))
                for name in FINGERPRINTS
            ],
        ),
    )
