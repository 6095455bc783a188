"""What a search of three million establishments needs: spots on the map, names by their beginnings, dates with keys.

A spot has the place of an establishment and, as words, what lists are narrowed by: one GiST index on both finds the
nearest of any kind, authority, scheme and grade, and knows at once where there is none. The database alone writes it.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import records.search.point
import records.search.ranking

MARKS = """
-- The words of a spot: a7 for the authority, k… for the kind, s… for a scheme, g… for a grade or status, s…:… for
-- both, g… k… for a grade and the kind. Authority and scheme, which are of one region, have two words: a signature of
-- the index takes some words for others, and seldom both. `dated`: whether a current rating that nothing hides has a date; who has none is
-- looked at again.
CREATE FUNCTION records_spot_marks(establishment bigint, authority bigint, kind text, OUT marks tsvector, OUT dated boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT array_to_tsvector(ARRAY['a' || authority, 'A' || authority, 'k' || kind] || coalesce(array_agg(DISTINCT word)
            FILTER (WHERE word IS NOT NULL), '{}')),
        coalesce(bool_or(r.rated_on IS NOT NULL AND r.hide_at IS NULL AND r.publish_at <= now()), false)
    FROM records_rating r CROSS JOIN LATERAL unnest(ARRAY['s' || r.scheme_id, 'S' || r.scheme_id, 'g' || coalesce(r.value, r.status),
        's' || r.scheme_id || ':' || coalesce(r.value, r.status), 'g' || coalesce(r.value, r.status) || ' k' || kind]) word
    WHERE r.establishment_id = establishment AND r.state = 'published'
$$;
"""

TRIGGERS = """
CREATE FUNCTION records_spot_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
-- A place without a rating still.
BEGIN
    INSERT INTO records_spot (establishment_id, location, marks, dated)
        SELECT n.id, n.location, array_to_tsvector(ARRAY['a' || n.authority_id, 'A' || n.authority_id, 'k' || n.kind]), false FROM newer n;
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_spot_new AFTER INSERT ON records_establishment
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_new();

CREATE FUNCTION records_spot_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
    UPDATE records_spot s SET location = n.location, marks = m.marks, dated = m.dated
        FROM newer n JOIN older o USING (id) CROSS JOIN LATERAL records_spot_marks(n.id, n.authority_id, n.kind) m
        WHERE s.establishment_id = n.id
            AND (n.kind <> o.kind OR n.location::text IS DISTINCT FROM o.location::text);
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_spot_moved AFTER UPDATE ON records_establishment
    REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_moved();

CREATE FUNCTION records_spot_rated() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
    UPDATE records_spot s SET marks = m.marks, dated = m.dated
        FROM records_establishment e CROSS JOIN LATERAL records_spot_marks(e.id, e.authority_id, e.kind) m
        WHERE e.id IN (SELECT establishment_id FROM newer) AND s.establishment_id = e.id
            AND (s.marks, s.dated) IS DISTINCT FROM (m.marks, m.dated);
    RETURN NULL;
END $$;
CREATE TRIGGER rating_spot_new AFTER INSERT ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_rated();
CREATE TRIGGER rating_spot_ended AFTER UPDATE ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_spot_rated();

CREATE FUNCTION records_spot_emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    TRUNCATE records_spot;
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
"""

FILL = """
INSERT INTO records_spot (establishment_id, location, marks, dated)
SELECT e.id, e.location, m.marks, m.dated
FROM records_establishment e CROSS JOIN LATERAL records_spot_marks(e.id, e.authority_id, e.kind) m
"""

VIEWS = """
CREATE VIEW disclosed.records_spot AS SELECT s.* FROM public.records_spot s WHERE EXISTS (
    SELECT FROM public.records_establishment e WHERE e.id = s.establishment_id
        AND e.publish_at <= now() AND (e.hide_at IS NULL OR now() < e.hide_at));
CREATE VIEW disclosed.records_tally AS SELECT * FROM public.records_tally;
GRANT SELECT ON disclosed.records_spot, disclosed.records_tally TO placard_public, placard_office;
REVOKE INSERT, UPDATE, DELETE ON public.records_spot FROM placard_office;
"""


class Migration(migrations.Migration):
    """The rows that are there first, then the indexes on them."""

    dependencies = (("records", "0013_editions"),)
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
            MARKS + FILL, "DROP FUNCTION records_spot_marks(bigint, bigint, text, OUT tsvector, OUT boolean)"
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
        migrations.RunSQL(VIEWS, "DROP VIEW disclosed.records_tally; DROP VIEW disclosed.records_spot"),
        # Statistics of expressions exist only once somebody has looked at the rows.
        migrations.RunSQL(
            "ANALYZE records_spot; ANALYZE records_establishment; ANALYZE records_business;", ""
        ),
    )
