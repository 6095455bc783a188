"""What the public may see, written once: a view for each table that the public site reads, and who may read it.

Time is part of the permission: a row is there while publish_at <= now() < hide_at, whoever forgot to run a clock.
The views are plain ones: a security barrier would keep the planner from the text index, because the match
operator is not leakproof. Private columns are NULL or empty.
"""

from django.db import migrations

SHOWN = "{0}.publish_at <= now() AND ({0}.hide_at IS NULL OR now() < {0}.hide_at)"
OF_A_SHOWN_ESTABLISHMENT = (
    "EXISTS (SELECT FROM public.records_establishment e WHERE e.id = {0}.establishment_id AND "
    + SHOWN.format("e")
    + ")"
)

ESTABLISHMENT = f"""
SELECT e.id, e.reference, e.authority_id, b.id AS business_id, e.source, e.source_id, e.local_id, NULL::uuid AS fingerprint,
    e.batch_id, e.left_source_at, e.left_batch_id, e.publish_at, e.hide_at, e.recorded_at,
    e.name, e.name_published, e.kind, e.kind_published,
    CASE WHEN e.address_visibility = 'shown' THEN e.address ELSE '' END AS address,
    CASE e.address_visibility WHEN 'shown' THEN e.postcode WHEN 'area' THEN split_part(e.postcode, ' ', 1)::varchar
        ELSE '' END AS postcode,
    CASE WHEN e.address_visibility = 'shown' THEN e.phone ELSE '' END AS phone,
    e.address_visibility,
    CASE WHEN e.address_visibility = 'shown' THEN e.latitude END AS latitude,
    CASE WHEN e.address_visibility = 'shown' THEN e.longitude END AS longitude,
    e.geocode_quality, e.opened_on, e.closed_on, e.search, e.location
FROM public.records_establishment e
LEFT JOIN public.records_business b ON b.id = e.business_id AND b.kind <> 'sole_trader'
WHERE {SHOWN.format("e")}
"""

VERSION = f"""
SELECT v.id, v.establishment_id, v.batch_id, v.replaced_at, v.name, v.name_published, v.kind, v.kind_published,
    CASE WHEN e.address_visibility = 'shown' AND v.address_visibility = 'shown' THEN v.address ELSE '' END AS address,
    CASE WHEN e.address_visibility = 'shown' AND v.address_visibility = 'shown' THEN v.postcode ELSE '' END AS postcode,
    CASE WHEN e.address_visibility = 'shown' AND v.address_visibility = 'shown' THEN v.phone ELSE '' END AS phone,
    v.address_visibility,
    CASE WHEN e.address_visibility = 'shown' AND v.address_visibility = 'shown' THEN v.latitude END AS latitude,
    CASE WHEN e.address_visibility = 'shown' AND v.address_visibility = 'shown' THEN v.longitude END AS longitude,
    v.geocode_quality, v.opened_on, v.closed_on
FROM public.records_establishmentversion v JOIN public.records_establishment e ON e.id = v.establishment_id
WHERE {SHOWN.format("e")}
"""

INSPECTION = f"""
SELECT i.id, i.establishment_id, i.version_id, i.source_id, NULL::uuid AS fingerprint, i.kind, i.inspected_on, i.scores, i.grade,
    i.value_published, i.outcome, i.state, i.superseded_by_id, i.publish_at, i.hide_at,
    NULL::integer AS entered_by_id, NULL::integer AS checked_by_id, NULL::timestamptz AS submitted_at, i.batch_id,
    i.recorded_at
FROM public.records_inspection i
WHERE i.state IN ('published', 'superseded') AND {SHOWN.format("i")} AND {OF_A_SHOWN_ESTABLISHMENT.format("i")}
"""

RATING = f"""
SELECT r.* FROM public.records_rating r
WHERE r.state IN ('published', 'superseded', 'ended') AND {SHOWN.format("r")}
    AND {OF_A_SHOWN_ESTABLISHMENT.format("r")}
"""

BUSINESS = f"""
SELECT b.* FROM public.records_business b
WHERE b.kind <> 'sole_trader' AND EXISTS (
    SELECT FROM public.records_establishment e WHERE e.business_id = b.id AND {SHOWN.format("e")})
"""

BATCH = """
SELECT b.id, b.format, b.file_name, b.sha256, b.size, b.source, b.licence, b.authority_code, b.state,
    b.new, b.changed, b.unchanged, b.vanished, b.refused, '{}'::jsonb AS details, ''::varchar AS upload, b.uploaded_at,
    NULL::integer AS uploaded_by_id, b.committed_at, NULL::integer AS confirmed_by_id
FROM public.records_batch b WHERE b.state = 'committed'
"""

# In the order in which they depend on each other.
VIEWS = {
    "authority": "SELECT * FROM public.records_authority",
    "authorityidentifier": "SELECT * FROM public.records_authorityidentifier",
    "scheme": "SELECT * FROM public.records_scheme",
    "schemeversion": "SELECT * FROM public.records_schemeversion",
    "schemevalue": "SELECT * FROM public.records_schemevalue",
    "schemestatus": "SELECT * FROM public.records_schemestatus",
    "batch": BATCH,
    "batchscope": "SELECT s.* FROM public.records_batchscope s JOIN disclosed.records_batch b ON b.id = s.batch_id",
    "business": BUSINESS,
    "businessidentifier": "SELECT i.* FROM public.records_businessidentifier i "
    "JOIN disclosed.records_business b ON b.id = i.business_id",
    "establishment": ESTABLISHMENT,
    "establishmentversion": VERSION,
    "establishmentalias": "SELECT a.* FROM public.records_establishmentalias a "
    "JOIN disclosed.records_establishment e ON e.id = a.establishment_id",
    "inspection": INSPECTION,
    "finding": "SELECT f.* FROM public.records_finding f JOIN disclosed.records_inspection i ON i.id = f.inspection_id",
    "rating": RATING,
    "reply": "SELECT p.id, p.establishment_id, p.text, ''::text AS text_published, p.replaced_at, p.batch_id, p.recorded_at "
    f"FROM public.records_reply p WHERE p.replaced_at IS NULL AND {OF_A_SHOWN_ESTABLISHMENT.format('p')}",
    "word": "SELECT * FROM public.records_word",
}

CREATE = "\n".join(f"CREATE VIEW disclosed.records_{name} AS {query};" for name, query in VIEWS.items())
DROP = "\n".join(f"DROP VIEW disclosed.records_{name};" for name in reversed(VIEWS))

# The public role: these views and the functions that search calls. The office role: rows, never definitions; what
# is kept is not deletable, what the database writes itself is not writable.
GRANTS = """
GRANT USAGE ON SCHEMA disclosed TO placard_public, placard_office;
GRANT SELECT ON ALL TABLES IN SCHEMA disclosed TO placard_public, placard_office;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO placard_office;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO placard_office;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO placard_office;
REVOKE INSERT, UPDATE, DELETE ON public.records_scheme, public.records_schemeversion, public.records_schemevalue,
    public.records_schemestatus, public.records_allowedtransition, public.records_transition,
    public.records_establishmentversion, public.django_migrations FROM placard_office;
REVOKE DELETE ON public.records_authority, public.records_establishment, public.records_establishmentalias,
    public.records_rating, public.records_reply, public.records_batch, public.records_batchscope,
    public.records_importproblem FROM placard_office;
"""

# Temporary tables are for imports. PostgreSQL gives the right to everybody; only the database's owner can take it.
NO_TEMPORARY = """
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO placard_office', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'The database belongs to another role: the public role may make temporary tables';
END $$
"""

TEMPORARY = """
DO $$ BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'The database belongs to another role';
END $$
"""

UNGRANT = """
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM placard_office;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM placard_office;
REVOKE ALL ON SCHEMA public FROM placard_office;
REVOKE ALL ON ALL TABLES IN SCHEMA disclosed FROM placard_public, placard_office;
REVOKE ALL ON SCHEMA disclosed FROM placard_public, placard_office;
"""


class Migration(migrations.Migration):
    """Views and grants. The roles themselves come from `manage.py create_roles`."""

    dependencies = (
        ("records", "0004_invariants"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(CREATE, DROP),
        migrations.RunSQL(GRANTS, UNGRANT),
        migrations.RunSQL(NO_TEMPORARY, TEMPORARY),
    )
