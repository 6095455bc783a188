"""The search of decisions gets a table of its own: words and facets in one text index, status beside it."""

from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

_before = import_module("records.migrations.0009_penalties_disclosed")
_functions = import_module("records.migrations.0006_decision_functions").FUNCTIONS
_at = _functions.index("-- Words of the name that is shown")
_VECTOR = _functions[_at : _functions.index("-- The n-th working day")]
_SEARCH_GONE = "DROP INDEX penalty_search; ALTER TABLE records_penalty DROP COLUMN search;"
_SEARCH_BACK = """
ALTER TABLE records_penalty ADD COLUMN search tsvector GENERATED ALWAYS AS (disclosed.decision_vector(respondent,
    respondent_kind, person_rule, premises, decision_number, legal_basis, facts)) STORED;
CREATE INDEX penalty_search ON records_penalty USING gin (search);
"""

WORDS = r"""
-- Every lexeme of the index card of a decision. Words of the name that is shown, the number, the legal basis and the
-- facts stand at their places, with a gap between two texts, so that phrases work; the number also without its
-- blanks, behind a #. Words of plain letters stand there by their English stems as well, whatever the language: by those they are
-- searched. `tokens` are the facets, ready to be read.
-- The name of a person who is not named is no word of the search.
CREATE FUNCTION disclosed.decision_words(respondent text, kind text, person_rule text, premises text, number text,
    basis text, facts text, tokens text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 300 AS $$
DECLARE
    named boolean := kind IN ('organisation', 'public_body') OR person_rule <> '';
    name text := CASE WHEN named THEN disclosed.tokens(respondent) ELSE '' END;
    place text := disclosed.tokens(premises);
    digits text := disclosed.tokens(number);
    told text := disclosed.tokens(basis) || '  ' || disclosed.tokens(facts);
    whole text := CASE WHEN named THEN name ELSE place END;
    names text := btrim(name || ' ' || place);
    found tsvector;
BEGIN
    found := concat_ws(' ',
        (SELECT string_agg(left(t.word, 100) || ':' || least(t.place, 16383), ' ')
            FROM unnest(string_to_array(name || '  ' || place || '  ' || digits || '  ' || told, ' '))
                WITH ORDINALITY AS t(word, place) WHERE t.word <> ''),
        '#' || left(replace(nullif(digits, ''), ' ', ''), 100),
        '@' || replace(nullif(names, ''), ' ', ' @'),
        '@@' || md5(nullif(whole, '')),
        translate(tokens, ''':\', '___'))::tsvector;  -- no sign that a reader of a tsvector would take for its own
    told := names || ' ' || told;
    IF octet_length(told) > length(told) THEN
        told := regexp_replace(told, '[^ a-z0-9]+', ' ', 'g');
    END IF;
    RETURN found || strip(to_tsvector('pg_catalog.english', told));
END $$;

-- The step of an amount, eight for each power of ten, by which lists are sorted; and its band, by which they are
-- narrowed: nothing, up to 100, then a power of ten each. A border belongs to what is below it. The same in
-- records.penalties.index and records.penalties.bands.
CREATE FUNCTION disclosed.amount_step(amount numeric) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN amount <= 0 THEN '000'
    ELSE lpad((1 + greatest(0, ceil(8 * log(amount::double precision))))::integer::text, 3, '0') END;
CREATE FUNCTION disclosed.amount_band(amount numeric) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 9 - width_bucket(-amount, '{-1000000000,-100000000,-10000000,-1000000,-100000,-10000,-1000,-100,0}'::numeric[]);
"""

# Out of line, the words do not widen the rows that counts and lists read. PostgreSQL moves nothing out of a row of
# less than 2 kB: blanks bring it there, and are then compressed to nothing.
LAYOUT = """
ALTER TABLE records_indexcard
    ADD COLUMN pad text GENERATED ALWAYS AS (repeat(' ', 2032)) STORED,
    ALTER COLUMN pad SET STORAGE MAIN,
    ALTER COLUMN words SET STORAGE EXTERNAL,
    ALTER COLUMN currency SET STORAGE MAIN, ALTER COLUMN fine_state SET STORAGE MAIN,
    ALTER COLUMN seriousness SET STORAGE MAIN, ALTER COLUMN place SET STORAGE MAIN,
    ALTER COLUMN kinds SET STORAGE MAIN, ALTER COLUMN laws SET STORAGE MAIN,
    ALTER COLUMN provisions SET STORAGE MAIN, ALTER COLUMN violations SET STORAGE MAIN,
    SET (fillfactor = 90);
"""

COLUMNS = (
    "penalty_id, shown_from, shown_until, decided_on, year, authority_id, imposed, owed, imposed_band, owed_band, currency, "
    "fine_state, seriousness, place, kinds, laws, provisions, violations, words"
)
SAID = [name for name in COLUMNS.split(", ") if name != "penalty_id"]

DUE = f"""
-- What the card of each decision has to say.
CREATE VIEW records_indexed AS
SELECT p.id AS penalty_id, CASE WHEN p.state = 'published' THEN p.publish_at END AS shown_from, p.hide_at AS shown_until,
    p.decided_on, extract(year FROM p.decided_on)::smallint AS year, p.authority_id, p.imposed, p.owed,
    disclosed.amount_band(p.imposed)::smallint AS imposed_band, disclosed.amount_band(p.owed)::smallint AS owed_band, p.currency,
    p.fine_state, p.seriousness, coalesce(e.kind, '') AS place, p.sanction_kinds AS kinds, x.laws, x.provisions, x.violations,
    disclosed.decision_words(p.respondent, p.respondent_kind, p.person_rule, p.premises, p.decision_number, p.legal_basis,
        p.facts, concat_ws(' ', '=a' || p.authority_id,
            '=l' || nullif(array_to_string(x.laws, ' =l'), ''), '=p' || nullif(array_to_string(x.provisions, ' =p'), ''),
            '=v' || nullif(array_to_string(x.violations, ' =v'), ''), '=k' || nullif(array_to_string(p.sanction_kinds, ' =k'), ''),
            '=f' || nullif(p.fine_state, ''), '=g' || nullif(p.seriousness, ''), '=t' || e.kind,
            '=y' || extract(year FROM p.decided_on)::integer,
            '=m' || (extract(year FROM p.decided_on) * 100 + extract(month FROM p.decided_on))::integer,
            '=n' || (p.id >> 16), '=c' || nullif(p.currency, ''),
            coalesce('=i' || p.currency || disclosed.amount_step(p.imposed) || ' =I' || p.currency || disclosed.amount_band(p.imposed), '=i-'),
            coalesce('=o' || p.currency || disclosed.amount_step(p.owed) || ' =O' || p.currency || disclosed.amount_band(p.owed), '=o-'),
            CASE WHEN h.high < 256 THEN '=s4' END, CASE WHEN h.high < 64 THEN '=s16' END, CASE WHEN h.high < 16 THEN '=s64' END,
            CASE WHEN h.high < 4 THEN '=s256' END, CASE WHEN h.high < 1 THEN '=s1024' END)) AS words
FROM records_penalty p
LEFT JOIN records_establishment e ON e.id = p.establishment_id AND e.publish_at IS NOT NULL AND e.hide_at IS NULL
CROSS JOIN LATERAL (SELECT
    ARRAY(SELECT p.law_id::integer WHERE p.law_id IS NOT NULL UNION SELECT c.law_id::integer FROM records_penaltycitation c
        WHERE c.penalty_id = p.id AND c.version = p.version) AS laws,
    ARRAY(SELECT DISTINCT c.provision_id::integer FROM records_penaltycitation c
        WHERE c.penalty_id = p.id AND c.version = p.version AND c.provision_id IS NOT NULL) AS provisions,
    ARRAY(SELECT DISTINCT v.violation_id::integer FROM records_penaltyviolation v
        WHERE v.penalty_id = p.id AND v.version = p.version) AS violations OFFSET 0) x
-- High bits of a multiplicative hash: spread evenly over numbers that follow each other.
CROSS JOIN LATERAL (SELECT (p.id * 2654435761 & 4294967295) >> 22 AS high) h
WHERE p.state <> 'sealed';

-- Write the cards of some decisions anew, where they say something else by now.
CREATE FUNCTION records_index(ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    INSERT INTO records_indexcard AS c ({COLUMNS}) SELECT {COLUMNS} FROM records_indexed WHERE penalty_id = ANY (ids)
    ON CONFLICT (penalty_id) DO UPDATE SET ({", ".join(SAID)}) = ({", ".join(f"excluded.{name}" for name in SAID)})
    WHERE ({", ".join(f"c.{name}" for name in SAID)}) IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in SAID)});
END $$;
-- The cards of all decisions of a range of numbers, where there are none yet.
CREATE FUNCTION records_index_range(first bigint, behind bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO records_indexcard ({COLUMNS})
    SELECT {COLUMNS} FROM records_indexed WHERE penalty_id >= first AND penalty_id < behind ORDER BY penalty_id
$$;
REVOKE EXECUTE ON FUNCTION records_index(bigint[]), records_index_range(bigint, bigint) FROM PUBLIC;

CREATE FUNCTION records_index_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM records_index(ARRAY(SELECT n.id FROM newer n));
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_index_insert AFTER INSERT ON records_penalty
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_index_new();

CREATE FUNCTION records_index_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM records_indexcard WHERE penalty_id = ANY (ARRAY(SELECT o.id FROM older o));
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_index_delete AFTER DELETE ON records_penalty
    REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION records_index_gone();

CREATE FUNCTION records_index_emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM records_indexcard;  -- not emptied: both tables may be, in one statement
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_index_emptied AFTER TRUNCATE ON records_penalty
    FOR EACH STATEMENT EXECUTE FUNCTION records_index_emptied();

-- Only from when until when they are shown: no index is touched.
CREATE FUNCTION records_index_shown(ids bigint[], begun timestamptz[], over timestamptz[]) RETURNS void LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    UPDATE records_indexcard c SET shown_from = t.begun, shown_until = t.over
    FROM unnest(ids, begun, over) AS t(id, begun, over) WHERE c.penalty_id = t.id;
END $$;

CREATE FUNCTION records_index_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE
    anew bigint[]; shown bigint[]; begun timestamptz[]; over timestamptz[]; sealed bigint[];
BEGIN
    SELECT array_agg(t.id) FILTER (WHERE t.sealed),
        array_agg(t.id) FILTER (WHERE t.anew AND NOT t.sealed),
        array_agg(t.id) FILTER (WHERE t.shown), array_agg(t.begun) FILTER (WHERE t.shown),
        array_agg(t.over) FILTER (WHERE t.shown)
    INTO sealed, anew, shown, begun, over
    FROM (
        SELECT n.id, n.state = 'sealed' AS sealed, c.anew,
            CASE WHEN n.state = 'published' THEN n.publish_at END AS begun, n.hide_at AS over,
            -- Of what is over, time has hidden the card already.
            NOT c.anew AND n.state NOT IN ('sealed', 'expired')
                AND (n.state = 'published', n.publish_at, n.hide_at) IS DISTINCT FROM (o.state = 'published', o.publish_at, o.hide_at) AS shown
        FROM newer n JOIN older o ON o.id = n.id
        CROSS JOIN LATERAL (SELECT n.version <> o.version
            OR n.state IN ('in_review', 'approved', 'published') AND o.state IN ('draft', 'in_review', 'approved') AND n.state <> o.state
            OR (n.respondent, n.respondent_kind, n.person_rule, n.premises, n.decision_number, n.legal_basis, n.facts,
                n.decided_on, n.authority_id, n.law_id, n.establishment_id, n.imposed, n.owed, n.currency, n.fine_state, n.seriousness,
                n.sanction_kinds)
            IS DISTINCT FROM (o.respondent, o.respondent_kind, o.person_rule, o.premises, o.decision_number, o.legal_basis, o.facts,
                o.decided_on, o.authority_id, o.law_id, o.establishment_id, o.imposed, o.owed, o.currency, o.fine_state,
                o.seriousness, o.sanction_kinds) AS anew) c
    ) t;
    IF sealed IS NOT NULL THEN
        DELETE FROM records_indexcard WHERE penalty_id = ANY (sealed);
    END IF;
    IF anew IS NOT NULL THEN
        PERFORM records_index(anew);
    END IF;
    IF shown IS NOT NULL THEN
        PERFORM records_index_shown(shown, begun, over);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_index_update AFTER UPDATE ON records_penalty REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_index_changed();

-- The kind of the place is the place's own.
CREATE FUNCTION records_index_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE places bigint[];
BEGIN
    SELECT array_agg(n.id) INTO places FROM newer n JOIN older o ON o.id = n.id
    WHERE (n.kind, n.publish_at IS NULL, n.hide_at IS NULL) IS DISTINCT FROM (o.kind, o.publish_at IS NULL, o.hide_at IS NULL);
    IF places IS NOT NULL THEN
        PERFORM records_index(ARRAY(SELECT p.id FROM records_penalty p WHERE p.establishment_id = ANY (places)));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_index_update AFTER UPDATE ON records_establishment
    REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_index_place();

CREATE TRIGGER indexcard_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_indexcard
    FOR EACH STATEMENT EXECUTE FUNCTION records_edition_new();

CREATE VIEW disclosed.records_indexcard AS SELECT {COLUMNS} FROM public.records_indexcard
WHERE shown_from <= now() AND now() < shown_until;
GRANT SELECT ON disclosed.records_indexcard TO placard_public, placard_office;
GRANT SELECT ON records_indexcard TO placard_office;
"""

DUE_BACK = """
DROP VIEW disclosed.records_indexcard;
DROP TRIGGER indexcard_edition ON records_indexcard;
DROP TRIGGER establishment_index_update ON records_establishment;
DROP FUNCTION records_index_place();
DROP TRIGGER penalty_index_update ON records_penalty;
DROP FUNCTION records_index_changed();
DROP FUNCTION records_index_shown(bigint[], timestamptz[], timestamptz[]);
DROP TRIGGER penalty_index_emptied ON records_penalty;
DROP FUNCTION records_index_emptied();
DROP TRIGGER penalty_index_delete ON records_penalty;
DROP FUNCTION records_index_gone();
DROP TRIGGER penalty_index_insert ON records_penalty;
DROP FUNCTION records_index_new();
DROP FUNCTION records_index_range(bigint, bigint);
DROP FUNCTION records_index(bigint[]);
DROP VIEW records_indexed;
"""

FILL = f"INSERT INTO records_indexcard ({COLUMNS}) SELECT {COLUMNS} FROM records_indexed ORDER BY penalty_id;"

# The texts whose words a search may suggest, those that are long in lots by chance.
TEXT = """
SELECT name AS text, NULL::integer AS lot FROM disclosed.records_establishment
UNION ALL SELECT replace(address, E'\\n', ' '), NULL FROM disclosed.records_establishment WHERE address <> ''
UNION ALL SELECT concat_ws(' ', respondent, premises), NULL FROM disclosed.records_penalty
UNION ALL SELECT title, NULL FROM disclosed.records_law
UNION ALL SELECT facts, ((id * 2654435761 & 4294967295) >> 22)::integer FROM disclosed.records_penalty
"""

# The views that read the column that goes.
WITH_WORDS = _before.VIEWS["penalty"]
VIEWS = """
DROP VIEW disclosed.records_text;
DROP VIEW disclosed.records_penalty;
{alter}
CREATE VIEW disclosed.records_penalty AS {penalty};
CREATE VIEW disclosed.records_text AS {text};
GRANT SELECT ON disclosed.records_penalty, disclosed.records_text TO placard_public, placard_office;
"""


def views(penalty, text, alter):
    """SQL that makes the views of decisions and of texts again, around a change of the table."""
    return VIEWS.format(penalty=penalty, text=text, alter=alter)


class Migration(migrations.Migration):
    """Cards of all decisions, the triggers that keep them, and the view that the public reads them by."""

    dependencies = (("records", "0013_editions"),)
    operations = (
        migrations.RunSQL(
            WORDS,
            """
            DROP FUNCTION disclosed.amount_band(numeric);
            DROP FUNCTION disclosed.amount_step(numeric);
            DROP FUNCTION disclosed.decision_words(text, text, text, text, text, text, text, text);
            """,
        ),
        migrations.CreateModel(
            name="IndexCard",
            fields=[
                (
                    "penalty",
                    models.OneToOneField(
                        db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True,
                        related_name="card", serialize=False, to="records.penalty",
                    ),
                ),
                ("shown_from", models.DateTimeField(null=True)),
                ("shown_until", models.DateTimeField(null=True)),
                ("decided_on", models.DateField(null=True)),
                ("year", models.SmallIntegerField(null=True)),
                ("imposed", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("owed", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("imposed_band", models.SmallIntegerField(null=True)),
                ("owed_band", models.SmallIntegerField(null=True)),
                ("currency", models.CharField(max_length=3)),
                ("fine_state", models.CharField(max_length=20)),
                ("seriousness", models.CharField(max_length=60)),
                ("place", models.CharField(max_length=20)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                (
                    "laws",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "provisions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                (
                    "violations",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+", to="records.authority",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(LAYOUT, migrations.RunSQL.noop),
        migrations.RunSQL(DUE, DUE_BACK),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "indexcard",
            django.contrib.postgres.indexes.GinIndex("words", name="indexcard_words"),
        ),
        migrations.RunSQL(
            views(WITH_WORDS.replace("p.search, ", ""), TEXT, _SEARCH_GONE),
            views(WITH_WORDS, _before.VIEWS["text"], _SEARCH_BACK),
            state_operations=(
                migrations.RemoveIndex("penalty", "penalty_search"),
                migrations.RemoveField("penalty", "search"),
            ),
        ),
        migrations.RunSQL(
            "DROP FUNCTION disclosed.decision_vector(text, text, text, text, text, text, text)", _VECTOR
        ),
    )  # fmt: skip
