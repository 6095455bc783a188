"""What the public may see of decisions: the decision while it is shown, and a notice in its place afterwards."""

from django.db import migrations

SHOWN = "p.state = 'published' AND p.publish_at <= now() AND now() < p.hide_at"
BODY = "{0}.respondent_kind IN ('organisation', 'public_body')"
NAMED = f"({BODY} OR {{0}}.person_rule <> '')"


def content(alias, rule=None):
    """The columns of a version as the public reads them: no person's name without a rule, no internal note.

    The decision itself names the respondent, so that its document is shown only where the name is.
    `rule` is the alias whose `person_rule` decides: of an earlier version the one that stands now.
    """
    named = NAMED.format(alias) if rule is None else f"{NAMED.format(alias)} AND {NAMED.format(rule)}"
    return f"""
    {alias}.decision_number, {alias}.decided_on,
    CASE WHEN {named} THEN {alias}.respondent ELSE '' END AS respondent, {alias}.respondent_kind, {alias}.premises,
    false AS under_18, b.id AS business_id, e.id AS establishment_id, i.id AS inspection_id, {alias}.domain, {alias}.law_id,
    {alias}.basis_rank, {alias}.public_security, {alias}.legal_basis, {alias}.facts, {alias}.sanction_kinds, {alias}.procedure,
    {alias}.seriousness, {alias}.served_on, {alias}.notice_served_on, {alias}.conduct_ended_on, {alias}.found_on,
    {alias}.restricted_until, {alias}.harm_removed, {alias}.final_on, {alias}.remedy, {alias}.remedy_until,
    {alias}.necessity_note, {alias}.person_rule, {alias}.proportionality_note, {alias}.secrecy_checked_on,
    NULL::integer AS secrecy_checked_by_id, CASE WHEN {named} THEN {alias}.document_id END AS document_id, {alias}.language, ''::text AS overrule_reason,
    ''::varchar AS overrule_of"""


# A business is linked where it is no person, a place and a visit where they are shown themselves.
LINKS = """
LEFT JOIN public.records_business b ON b.id = {0}.business_id AND b.kind <> 'sole_trader'
LEFT JOIN public.records_establishment e ON e.id = {0}.establishment_id AND e.publish_at <= now()
    AND (e.hide_at IS NULL OR now() < e.hide_at)
LEFT JOIN public.records_inspection i ON i.id = {0}.inspection_id AND i.state IN ('published', 'superseded')
    AND i.publish_at <= now() AND (i.hide_at IS NULL OR now() < i.hide_at)"""

PENALTY = f"""
SELECT p.id, p.reference, p.authority_id, p.number_key, ''::varchar AS source_id, NULL::uuid AS fingerprint, p.batch_id, p.state,
    p.version, p.version_at, NULL::integer AS entered_by_id, NULL::integer AS checked_by_id, NULL::integer AS published_by_id,
    NULL::integer AS adjudicated_by_id, NULL::timestamptz AS submitted_at, p.approved_at, p.rule_version_id, p.anchor_on,
    p.repair_from, p.publish_at, p.published_at, p.hide_at, NULL::date AS review_on, ''::varchar AS refused_gate, p.imposed, p.owed,
    p.currency, p.fine_state, p.appeal, p.due_on, p.recorded_at, p.search, {content("p")}
FROM public.records_penalty p {LINKS.format("p")}
WHERE {SHOWN}
"""

# Of persons only what stands is shown: a correction takes back what was wrong about them.
VERSION = f"""
SELECT v.id, v.penalty_id, v.version, v.since, v.replaced_at, v.reason, NULL::integer AS entered_by_id,
    NULL::integer AS checked_by_id, v.batch_id, {content("v", "p")}
FROM public.records_penaltyversion v JOIN public.records_penalty p ON p.id = v.penalty_id {LINKS.format("v")}
WHERE {SHOWN} AND {BODY.format("p")} AND {BODY.format("v")}
"""


def part(table):
    """Parts of the versions that the public reads; none of a version that is being prepared."""
    return (
        f"SELECT t.* FROM public.records_{table} t JOIN public.records_penalty p ON p.id = t.penalty_id "
        f"WHERE {SHOWN} AND (t.version = p.version OR t.version < p.version AND {BODY.format('p')})"
    )


EVENT = f"""
SELECT t.id, t.penalty_id, t.kind, t."on", t.amount, t.currency, t.note,
    CASE WHEN {NAMED.format("p")} THEN t.document_id END AS document_id, NULL::integer AS entered_by_id,
    NULL::integer AS confirmed_by_id, t.confirmed_at, t.batch_id, t.recorded_at
FROM public.records_penaltyevent t JOIN public.records_penalty p ON p.id = t.penalty_id
WHERE {SHOWN} AND t.confirmed_at IS NOT NULL
"""

DOCUMENT = f"""
SELECT d.* FROM public.records_document d
WHERE EXISTS (SELECT FROM public.records_penalty p WHERE p.document_id = d.id AND {SHOWN} AND {NAMED.format("p")})
    OR EXISTS (SELECT FROM public.records_penaltyversion v JOIN public.records_penalty p ON p.id = v.penalty_id
        WHERE v.document_id = d.id AND {SHOWN} AND {BODY.format("p")} AND {BODY.format("v")})
    OR EXISTS (SELECT FROM public.records_penaltyevent t JOIN public.records_penalty p ON p.id = t.penalty_id
        WHERE t.document_id = d.id AND t.confirmed_at IS NOT NULL AND {SHOWN} AND {NAMED.format("p")})
"""

# In place of a decision that was shown: of one that is gone the reference and nothing else.
NOTICE = """
SELECT p.id, p.reference,
    CASE WHEN p.state = 'withdrawn' THEN 'withdrawn' WHEN p.state = 'suspended' AND now() < p.hide_at THEN 'suspended'
        ELSE 'gone' END AS state,
    CASE WHEN p.state = 'withdrawn' OR p.state = 'suspended' AND now() < p.hide_at THEN p.authority_id END AS authority_id,
    CASE WHEN p.state = 'withdrawn' THEN p.decision_number ELSE '' END AS decision_number,
    CASE WHEN p.state = 'withdrawn' THEN p.decided_on END AS decided_on,
    CASE WHEN p.state = 'withdrawn' AND w.name_on_notice
        AND (p.respondent_kind IN ('organisation', 'public_body') OR p.person_rule <> '') THEN p.respondent ELSE '' END AS respondent,
    CASE WHEN p.state = 'withdrawn' THEN w.reason_kind ELSE '' END AS reason_kind,
    CASE WHEN p.state = 'withdrawn' THEN w.reason ELSE '' END AS reason,
    CASE WHEN p.state = 'withdrawn' THEN w.withdrawn_at END AS at
FROM public.records_penalty p LEFT JOIN public.records_withdrawal w ON w.penalty_id = p.id
WHERE p.published_at <= now()
    AND (p.state IN ('withdrawn', 'suspended', 'expired', 'repaired', 'sealed') OR p.state = 'published' AND p.hide_at <= now())
"""

CHANGE = f"""
SELECT 'c' || v.id AS id, 'corrected' AS kind, p.reference, p.authority_id, p.decision_number, v.version + 1 AS version,
    ''::varchar AS reason_kind, v.reason, v.replaced_at AS at
FROM public.records_penaltyversion v JOIN public.records_penalty p ON p.id = v.penalty_id WHERE {SHOWN}
UNION ALL
SELECT 'w' || w.id, 'withdrawn', p.reference, p.authority_id, p.decision_number, NULL, w.reason_kind, w.reason, w.withdrawn_at
FROM public.records_withdrawal w JOIN public.records_penalty p ON p.id = w.penalty_id
WHERE p.state = 'withdrawn' AND p.published_at <= now()
UNION ALL
SELECT 't' || t.id, CASE WHEN t.target = 'suspended' THEN 'hidden' WHEN t.source = 'suspended' AND t.target = 'published'
    THEN 'shown_again' ELSE 'gone' END, p.reference, NULL, '', NULL, '', '', t.at
FROM public.records_transition t JOIN public.records_penalty p ON p.id = t.record_id
WHERE t.kind = 'penalty' AND p.published_at <= now()
    AND (t.target IN ('suspended', 'expired', 'repaired') OR t.source = 'suspended' AND t.target = 'published')
"""

BUSINESS = (
    """
SELECT b.* FROM public.records_business b
WHERE b.kind <> 'sole_trader' AND (EXISTS (
        SELECT FROM public.records_establishment e WHERE e.business_id = b.id AND e.publish_at <= now()
            AND (e.hide_at IS NULL OR now() < e.hide_at))
    OR EXISTS (SELECT FROM public.records_penalty p WHERE p.business_id = b.id AND """
    + SHOWN
    + "))"
)
BEFORE = """
SELECT b.* FROM public.records_business b
WHERE b.kind <> 'sole_trader' AND EXISTS (
    SELECT FROM public.records_establishment e WHERE e.business_id = b.id AND e.publish_at <= now()
        AND (e.hide_at IS NULL OR now() < e.hide_at))"""

# The texts whose words a search may suggest to somebody who mistyped them.
TEXT = """
SELECT name AS text FROM disclosed.records_establishment
UNION ALL SELECT replace(address, E'\\n', ' ') FROM disclosed.records_establishment WHERE address <> ''
UNION ALL SELECT concat_ws(' ', respondent, premises) FROM disclosed.records_penalty
UNION ALL SELECT title FROM disclosed.records_law
"""

VIEWS = {
    "law": "SELECT * FROM public.records_law",
    "provision": "SELECT * FROM public.records_provision",
    "provisiontext": "SELECT * FROM public.records_provisiontext",
    "violationtype": "SELECT * FROM public.records_violationtype",
    "ruleset": "SELECT * FROM public.records_ruleset",
    "ruleversion": "SELECT * FROM public.records_ruleversion",
    "ruleperiod": "SELECT * FROM public.records_ruleperiod",
    "dataset": "SELECT * FROM public.records_dataset",
    "penalty": PENALTY,
    "penaltyversion": VERSION,
    "penaltysanction": part("penaltysanction"),
    "penaltycitation": part("penaltycitation"),
    "penaltyviolation": part("penaltyviolation"),
    "penaltyevent": EVENT,
    "document": DOCUMENT,
    "penaltynotice": NOTICE,
    "penaltychange": CHANGE,
    "text": TEXT,
}

CREATE = (
    "\n".join(f"CREATE VIEW disclosed.records_{name} AS {query};" for name, query in VIEWS.items())
    + f"""
CREATE OR REPLACE VIEW disclosed.records_business AS {BUSINESS};
CREATE OR REPLACE VIEW disclosed.records_authority AS SELECT * FROM public.records_authority;
"""
)
DROP = (
    f"CREATE OR REPLACE VIEW disclosed.records_business AS {BEFORE};\n"
    + "\n".join(f"DROP VIEW disclosed.records_{name};" for name in reversed(VIEWS))
    + """
DROP VIEW disclosed.records_authority;
CREATE VIEW disclosed.records_authority AS SELECT id, code, slug, name, domains, country, time_zone, website, email, phone,
    address, parent_id FROM public.records_authority;
GRANT SELECT ON disclosed.records_authority TO placard_public, placard_office;
"""
)

GRANTS = """
GRANT SELECT ON ALL TABLES IN SCHEMA disclosed TO placard_public, placard_office;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO placard_office;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO placard_office;
REVOKE INSERT, UPDATE, DELETE ON public.records_scheme, public.records_schemeversion, public.records_schemevalue,
    public.records_schemestatus, public.records_allowedtransition, public.records_transition,
    public.records_establishmentversion, public.django_migrations, public.records_ruleset, public.records_ruleversion,
    public.records_ruleperiod, public.records_ledgerrule, public.records_dataset FROM placard_office;
REVOKE INSERT, UPDATE ON public.records_penaltyversion FROM placard_office;
REVOKE UPDATE, DELETE ON public.records_document, public.records_withdrawal FROM placard_office;
REVOKE DELETE ON public.records_authority, public.records_establishment, public.records_establishmentalias,
    public.records_rating, public.records_reply, public.records_batch, public.records_batchscope,
    public.records_importproblem, public.records_proposal FROM placard_office;
-- The clock takes two steps and reads what they need; triggers do the rest with the rights of the owner.
GRANT USAGE ON SCHEMA public, disclosed TO placard_clock;
GRANT SELECT, UPDATE (state, published_at) ON public.records_penalty TO placard_clock;
"""

UNGRANT = """
REVOKE ALL ON public.records_penalty FROM placard_clock;
REVOKE ALL ON SCHEMA public, disclosed FROM placard_clock;
"""


class Migration(migrations.Migration):
    """Views and grants; the migration before this one made the tables."""

    dependencies = (("records", "0008_penalty_invariants"),)
    operations = (migrations.RunSQL(CREATE, DROP), migrations.RunSQL(GRANTS, UNGRANT))
