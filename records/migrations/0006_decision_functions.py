"""The SQL functions that the tables of decisions call: the key of a number, what of a decision is searchable."""

from django.db import migrations

from records.publication import guard_sql

FUNCTIONS = r"""
-- One decision, one key: brackets of any shape, widths, blanks, dashes and capitals do not tell two numbers apart.
CREATE FUNCTION disclosed.decision_key(number text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN left(lower(regexp_replace(
    translate(normalize(number, NFKC), '〔〕［］【】〈〉《》[]{}<>‐‑‒–—−', '()()()()()()()()------'),
    '[[:space:]\u200B-\u200F\u2060\uFEFF]+', '', 'g') COLLATE "C"), 120);

-- Words of the name that is shown (weight A), the number (B), the legal basis (C) and the facts (D). The name of a
-- person who is not named is no word of the search.
CREATE FUNCTION disclosed.decision_vector(respondent text, kind text, person_rule text, premises text,
    number text, basis text, facts text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 200 AS $$
DECLARE
    named boolean := kind IN ('organisation', 'public_body') OR person_rule <> '';
    name text := disclosed.tokens(concat_ws(' ', CASE WHEN named THEN respondent END, premises));
    digits text := disclosed.tokens(number);
    law text := disclosed.tokens(basis);
    told text := disclosed.tokens(facts);
BEGIN
    -- The number also stands without its blanks, so that it is found however it is divided.
    digits := digits || ' ' || replace(digits, ' ', '');
    RETURN (
        SELECT string_agg('''' || left(t.word, 100) || ''':' || least(t.place, 16383) || t.weight, ' ')::tsvector
        FROM (
            SELECT w.word, w.place, 'A' AS weight
                FROM unnest(string_to_array(name, ' ')) WITH ORDINALITY AS w(word, place)
            UNION ALL SELECT w.word, 1000 + w.place, 'B'
                FROM unnest(string_to_array(digits, ' ')) WITH ORDINALITY AS w(word, place)
            UNION ALL SELECT w.word, 2000 + w.place, 'C'
                FROM unnest(string_to_array(law, ' ')) WITH ORDINALITY AS w(word, place)
            UNION ALL SELECT w.word, 4000 + w.place, 'D'
                FROM unnest(string_to_array(told, ' ')) WITH ORDINALITY AS w(word, place)
        ) t WHERE t.word <> ''
    );
END $$;

-- The n-th working day after a day, where some days of the week and some dates are days of rest.
CREATE FUNCTION records_working_day(day date, n integer, weekend smallint[], holidays date[]) RETURNS date
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    WHILE n > 0 LOOP
        day := day + 1;
        IF NOT (extract(isodow FROM day)::smallint = ANY (weekend) OR day = ANY (holidays)) THEN
            n := n - 1;
        END IF;
    END LOOP;
    RETURN day;
END $$;
"""


class Migration(migrations.Migration):
    """Functions before tables, because generated columns call them."""

    dependencies = (("records", "0005_disclosed"),)
    operations = (
        migrations.RunSQL(guard_sql.FUNCTIONS, guard_sql.DROP),
        migrations.RunSQL(
            FUNCTIONS,
            """
            DROP FUNCTION records_working_day(date, integer, smallint[], date[]);
            DROP FUNCTION disclosed.decision_vector(text, text, text, text, text, text, text);
            DROP FUNCTION disclosed.decision_key(text);
            """,
        ),
    )
