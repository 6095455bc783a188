"""What a search of three million establishments needs: spots on the map, names by their beginnings, dates with keys.

A spot has the place of an establishment and, as words, what lists are narrowed by: one GiST index on both finds the
nearest of any kind, authority, scheme and grade, and knows at once where there is none. The database alone writes it.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import records.search.point
import records.search.ranking

WORDS = """
-- The words that one rating gives a spot: a7 for the authority, k… for the kind, s… for the scheme, g… for the grade or
-- status, s…:… for both, g… k… for the grade and the kind. Authority and scheme, which are of one region, have two words:
-- a signature of the index takes some words for others, and seldom both. Always eight, so that they can be added up.
CREATE FUNCTION records_spot_words(authority bigint, kind text, scheme bigint, key text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['a' || authority, 'A' || authority, 'k' || kind, coalesce('s' || scheme, 'k' || kind),
    coalesce('S' || scheme, 'k' || kind), coalesce('g' || key, 'k' || kind),
    coalesce('s' || scheme || ':' || key, 'k' || kind), coalesce('g' || key || ' k' || kind, 'k' || kind)];
"""


def spots(where):
    """SQL for the spots of the establishments `e` under a condition, as they should be.

    `dated`: whether a current rating that nothing hides has a date; who has none is looked at again.
    """
    return f"""
        SELECT e.id, e.location,
            array_to_tsvector(array_agg(
                records_spot_words(e.authority_id, e.kind, r.scheme_id, coalesce(r.value, r.status)))) AS marks,
            coalesce(bool_or(r.rated_on IS NOT NULL AND r.hide_at IS NULL AND r.publish_at <= now()), false) AS dated
        FROM records_establishment e
        LEFT JOIN records_rating r ON r.establishment_id = e.id AND r.state = 'published'
        WHERE {where} GROUP BY e.id"""


def renewed(where):
    """SQL that brings the spots of these establishments in step."""
    return f"""
    UPDATE records_spot s SET location = m.location, marks = m.marks, dated = m.dated FROM ({spots(where)}) m
        WHERE s.establishment_id = m.id AND ((s.marks, s.dated) IS DISTINCT FROM (m.marks, m.dated)
            OR s.location::text IS DISTINCT FROM m.location::text);"""


FILL = f"""
-- The spots of all establishments that have none, for whoever brought rows past the triggers.
CREATE FUNCTION records_spot_fill() RETURNS void LANGUAGE sql AS $$
    INSERT INTO records_spot (establishment_id, location, marks, dated)
    {spots("NOT EXISTS (SELECT FROM records_spot s WHERE s.establishment_id = e.id)")}
$$;
REVOKE EXECUTE ON FUNCTION records_spot_fill() FROM PUBLIC;
SELECT records_spot_fill();
"""

CHANGED = (
    "SELECT n.id FROM newer n JOIN older o USING (id) WHERE n.kind <> o.kind "
    "OR n.location::text IS DISTINCT FROM o.location::text"
)
RATED = "SELECT establishment_id FROM newer"

FEW = 10_000
"""Fewer than an import may bring while the indexes are down (`records/intake/bulk.py`)."""

TRIGGERS = f"""
-- A few are looked up one by one, as a clerk changes them; many, as a file brings them, by joins of whole tables. A plan
-- is kept from the first statement of a session, so each way has its own.
CREATE FUNCTION records_spot_few(ids bigint[]) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    {renewed("e.id = ANY (ids)")}
END $$;

CREATE FUNCTION records_spot_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
-- A place without a rating still.
BEGIN
    INSERT INTO records_spot (establishment_id, location, marks, dated)
        SELECT n.id, n.location, array_to_tsvector(records_spot_words(n.authority_id, n.kind, NULL, NULL)), false
        FROM newer n;
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_spot_new AFTER INSERT ON records_establishment
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_new();

CREATE FUNCTION records_spot_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE ids bigint[] := ARRAY({CHANGED} LIMIT {FEW} + 1);
BEGIN
    IF cardinality(ids) <= {FEW} THEN
        PERFORM records_spot_few(ids);
    ELSE
        {renewed(f"e.id IN ({CHANGED})")}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_spot_moved AFTER UPDATE ON records_establishment
    REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_moved();

CREATE FUNCTION records_spot_rated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE ids bigint[] := ARRAY({RATED} LIMIT {FEW} + 1);
BEGIN
    IF cardinality(ids) <= {FEW} THEN
        PERFORM records_spot_few(ids);
    ELSE
        {renewed(f"e.id IN ({RATED})")}
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rating_spot_new AFTER INSERT ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_rated();
CREATE TRIGGER rating_spot_ended AFTER UPDATE ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_rated();

CREATE FUNCTION records_spot_emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM records_spot;  -- it may be a part of the same statement
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_spot_emptied AFTER TRUNCATE ON records_establishment
    FOR EACH STATEMENT EXECUTE FUNCTION records_spot_emptied();
"""

TRIGGERS_BACK = """
DROP TRIGGER establishment_spot_emptied ON records_establishment;
DROP TRIGGER rating_spot_ended ON records_rating;
DROP TRIGGER rating_spot_new ON records_rating;
DROP TRIGGER establishment_spot_moved ON records_establishment;
DROP TRIGGER establishment_spot_new ON records_establishment;
DROP FUNCTION records_spot_emptied();
DROP FUNCTION records_spot_rated();
DROP FUNCTION records_spot_moved();
DROP FUNCTION records_spot_new();
DROP FUNCTION records_spot_few(bigint[]);
"""

VIEWS = """
CREATE TRIGGER spot_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_spot
    FOR EACH STATEMENT EXECUTE FUNCTION records_edition_new();
CREATE TRIGGER tally_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_tally
    FOR EACH STATEMENT EXECUTE FUNCTION records_edition_new();
CREATE VIEW disclosed.records_spot AS SELECT s.* FROM public.records_spot s WHERE EXISTS (
    SELECT FROM public.records_establishment e WHERE e.id = s.establishment_id
        AND e.publish_at <= now() AND (e.hide_at IS NULL OR now() < e.hide_at));
CREATE VIEW disclosed.records_tally AS SELECT * FROM public.records_tally;
GRANT SELECT ON disclosed.records_spot, disclosed.records_tally TO placard_public, placard_office;
REVOKE INSERT, UPDATE, DELETE ON public.records_spot FROM placard_office;
"""


VIEWS_BACK = """
DROP VIEW disclosed.records_tally;
DROP VIEW disclosed.records_spot;
DROP TRIGGER tally_edition ON records_tally;
DROP TRIGGER spot_edition ON records_spot;
"""


class Migration(migrations.Migration):
    """The rows that are there first, then the indexes on them."""

    dependencies = (("records", "0014_index_cards"),)
    operations = (
        migrations.CreateModel(
            name="Spot",
            fields=[
                (
                    "establishment",
                    models.OneToOneField(
                        db_constraint=False,
                        editable=False,
                        on_delete=models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="spot",
                        serialize=False,
                        to="records.establishment",
                    ),
                ),
                ("location", records.search.point.PointField(editable=False, null=True)),
                ("marks", django.contrib.postgres.search.SearchVectorField(editable=False)),
                ("dated", models.BooleanField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("cells", models.JSONField()),
                ("repeated", models.JSONField()),
                ("state", models.JSONField()),
                ("seconds", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(id=1), name="tally_one")]},
        ),
        migrations.RunSQL(
            WORDS + FILL,
            """
            DROP FUNCTION records_spot_fill();
            DROP FUNCTION records_spot_words(bigint, text, bigint, text);
            """,
        ),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        migrations.AddIndex(
            "spot",
            django.contrib.postgres.indexes.GistIndex(
                "location",
                django.contrib.postgres.indexes.OpClass("marks", "tsvector_ops(siglen=256)"),
                condition=models.Q(location__isnull=False),
                name="spot_nearest",
            ),
        ),
        migrations.AddIndex("spot", django.contrib.postgres.indexes.GinIndex("marks", name="spot_marks")),
        migrations.AddIndex(
            "spot", models.Index("establishment", name="spot_undated", condition=models.Q(dated=False))
        ),
        migrations.AddIndex(
            "establishment",
            models.Index(records.search.ranking.beginning(), name="establishment_begins"),
        ),
        migrations.AddIndex(
            "business", models.Index(records.search.ranking.beginning(), name="business_begins")
        ),
        # Whoever looks for the nearest asks the spots.
        migrations.RemoveIndex("establishment", "establishment_location"),
        migrations.RemoveIndex("rating", "rating_by_date"),
        migrations.AddIndex(
            "rating",
            models.Index(
                "rated_on", "establishment", name="rating_by_date", condition=models.Q(state="published")
            ),
        ),
        migrations.AddIndex(
            "rating",
            models.Index(
                "establishment",
                name="rating_undated",
                condition=models.Q(state="published", rated_on__isnull=True),
            ),
        ),
        migrations.RunSQL(VIEWS, VIEWS_BACK),
        # Statistics of expressions exist only once somebody has looked at the rows.
        migrations.RunSQL(
            "ANALYZE records_spot; ANALYZE records_establishment; ANALYZE records_business;", ""
        ),
    )
