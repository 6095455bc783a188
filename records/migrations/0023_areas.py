"""Decisions are narrowed by the area of the place that they are about: the first part of its postcode."""

from importlib import import_module

from django.db import migrations, models

_cards = import_module("records.migrations.0014_index_cards")
_prints = import_module("records.migrations.0016_card_fingerprints")
COLUMNS = f"{_cards.COLUMNS}, area"
SAID = [*_cards.SAID, "area"]
SHOWN = ", ".join([_cards.COLUMNS, *_prints.FINGERPRINTS, "area"])

AREA = r"""
-- The area of a postcode, as far as it may be shown: QA1 of QA1 1AA, with or without its blank; 10001 of 10001-2345; of others
-- all before the first blank or hyphen.
CREATE FUNCTION disclosed.area(postcode text, visibility text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN visibility IN ('shown', 'area') THEN coalesce(
    substring(upper(postcode) FROM '^\s*([A-Z]{1,2}[0-9][0-9A-Z]?)\s*[0-9][A-Z]{2}\s*$'),
    upper(substring(postcode FROM '^\s*([^\s-]*)'))) ELSE '' END;
"""

VIEW = _cards.DUE[_cards.DUE.index("CREATE VIEW records_indexed") : _cards.DUE.index("-- Write the cards")]
_AREA = "disclosed.area(e.postcode, e.address_visibility)"
WITH_AREA = (
    VIEW.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
    .replace("'=t' || e.kind,", f"'=t' || e.kind, '=d' || nullif({_AREA}, ''),")
    .replace(" AS words\n", f" AS words,\n    coalesce({_AREA}, '')::varchar(20) AS area\n")
)


def functions(columns, said):
    """SQL for what writes cards."""
    assign = ", ".join(f"excluded.{name}" for name in said)
    held = ", ".join(f"c.{name}" for name in said)
    return f"""
CREATE OR REPLACE FUNCTION records_index(ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    INSERT INTO records_indexcard AS c ({columns}) SELECT {columns} FROM records_indexed WHERE penalty_id = ANY (ids)
    ON CONFLICT (penalty_id) DO UPDATE SET ({", ".join(said)}) = ({assign}) WHERE ({held}) IS DISTINCT FROM ({assign});
END $$;
CREATE OR REPLACE FUNCTION records_index_range(first bigint, behind bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO records_indexcard ({columns})
    SELECT {columns} FROM records_indexed WHERE penalty_id >= first AND penalty_id < behind ORDER BY penalty_id
$$;
"""


def place(*more):
    """SQL for what writes the cards of a place's decisions again when it says something else of itself."""
    conditions = (
        "(n.kind, n.publish_at IS NULL, n.hide_at IS NULL) IS DISTINCT FROM (o.kind, o.publish_at IS NULL, o.hide_at IS NULL)",
        *more,
    )
    return f"""
CREATE OR REPLACE FUNCTION records_index_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE places bigint[];
BEGIN
    SELECT array_agg(n.id) INTO places FROM newer n JOIN older o ON o.id = n.id
    WHERE {" OR ".join(conditions)};
    IF places IS NOT NULL THEN
        PERFORM records_index(ARRAY(SELECT p.id FROM records_penalty p WHERE p.establishment_id = ANY (places)));
    END IF;
    RETURN NULL;
END $$;
"""


# What is cheap to compare first: a file may change every row and no postcode.
MOVED = (
    "(n.postcode, n.address_visibility) IS DISTINCT FROM (o.postcode, o.address_visibility) "
    "AND disclosed.area(n.postcode, n.address_visibility) <> disclosed.area(o.postcode, o.address_visibility)"
)

FORWARD = f"""
{AREA}
ALTER TABLE records_indexcard ADD COLUMN area varchar(20) NOT NULL DEFAULT '', ALTER COLUMN area SET STORAGE MAIN;
{WITH_AREA}
{functions(COLUMNS, SAID)}
{place(MOVED)}
CREATE OR REPLACE VIEW disclosed.records_indexcard AS SELECT {SHOWN} FROM public.records_indexcard
WHERE shown_from <= now() AND now() < shown_until;
"""

# Written as new rows, so that their words lie out of line as those of all others.
FILL = f"""
CREATE TEMPORARY TABLE placed ON COMMIT DROP AS SELECT p.id FROM records_penalty p
    JOIN records_establishment e ON e.id = p.establishment_id WHERE p.state <> 'sealed' AND {_AREA} <> '';
DELETE FROM records_indexcard c USING placed WHERE c.penalty_id = placed.id;
INSERT INTO records_indexcard ({COLUMNS})
    SELECT {COLUMNS} FROM records_indexed WHERE penalty_id IN (SELECT id FROM placed) ORDER BY penalty_id;
"""

BACKWARD = f"""
DROP VIEW disclosed.records_indexcard;
{_prints._VIEW.format(", ".join([_cards.COLUMNS, *_prints.FINGERPRINTS]))}
{place()}
{functions(_cards.COLUMNS, _cards.SAID)}
DROP VIEW records_indexed;
{VIEW}
ALTER TABLE records_indexcard DROP COLUMN area;
DROP FUNCTION disclosed.area(text, text);
"""


class Migration(migrations.Migration):
    """A column and a token of the index cards, and what writes them."""

    dependencies = (("records", "0022_grades_by_date"),)
    operations = (
        migrations.RunSQL(
            FORWARD,
            BACKWARD,
            state_operations=[
                migrations.AddField(
                    "indexcard", "area", models.CharField(default="", max_length=20), preserve_default=False
                )
            ],
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    )
