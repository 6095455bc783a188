"""The SQL functions that the tables of the rooms call: references, what of an address is searchable, the grade."""

from django.db import migrations

FUNCTIONS = r"""
CREATE SEQUENCE records_reference;

CREATE FUNCTION disclosed.new_reference() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT disclosed.reference(nextval('public.records_reference'))
$$;

-- Only what the public may see goes into the search column: of a private home the name alone.
CREATE FUNCTION disclosed.establishment_vector(name text, address text, postcode text, visibility text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN disclosed.name_vector(
    name,
    CASE WHEN visibility = 'shown' THEN address ELSE '' END,
    CASE visibility WHEN 'shown' THEN postcode WHEN 'area' THEN split_part(postcode, ' ', 1) ELSE '' END
);

CREATE FUNCTION disclosed.establishment_location(latitude float8, longitude float8, visibility text)
RETURNS point LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN visibility = 'shown' THEN disclosed.mercator(latitude, longitude) END;

-- The grade that a scheme version makes of the scores; '' where it makes none. The scheme files are compiled into
-- its body (records.ratings.registry) whenever they change; versions in use never change, so it is immutable.
CREATE FUNCTION disclosed.grade(version bigint, scores jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF scores IS NULL THEN
        RETURN '';
    END IF;
    RAISE EXCEPTION 'No rule is loaded for version % of a rating scheme: run manage.py sync_schemes', version;
END $$;
"""


class Migration(migrations.Migration):
    """Functions before tables, because generated columns call them."""

    dependencies = (("records", "0001_search_functions"),)
    operations = (
        migrations.RunSQL(
            FUNCTIONS,
            """
            DROP FUNCTION disclosed.grade(bigint, jsonb);
            DROP FUNCTION disclosed.establishment_location(float8, float8, text);
            DROP FUNCTION disclosed.establishment_vector(text, text, text, text);
            DROP FUNCTION disclosed.new_reference();
            DROP SEQUENCE records_reference;
            """,
        ),
    )
