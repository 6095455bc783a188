"""What no code path may skip: composite keys, locked content, permitted steps, history, nothing deleted."""

from django.db import migrations

KEYS = """
-- A rating's inspection is of the same establishment and scheme version, and its computed grade is the inspection's.
ALTER TABLE records_inspection ADD CONSTRAINT inspection_graded
    UNIQUE (id, establishment_id, version_id, grade);
ALTER TABLE records_rating ADD CONSTRAINT rating_follows_its_inspection
    FOREIGN KEY (inspection_id, establishment_id, version_id, computed)
    REFERENCES records_inspection (id, establishment_id, version_id, grade) DEFERRABLE INITIALLY DEFERRED;
-- A grade or status is one that its scheme version knows; a version belongs to its scheme.
ALTER TABLE records_rating ADD CONSTRAINT rating_value_of_its_version
    FOREIGN KEY (version_id, value) REFERENCES records_schemevalue (version_id, key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE records_rating ADD CONSTRAINT rating_status_of_its_version
    FOREIGN KEY (version_id, status) REFERENCES records_schemestatus (version_id, key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE records_rating ADD CONSTRAINT rating_version_of_its_scheme
    FOREIGN KEY (version_id, scheme_id) REFERENCES records_schemeversion (id, scheme_id) DEFERRABLE INITIALLY DEFERRED;
"""

KEYS_BACK = """
ALTER TABLE records_rating DROP CONSTRAINT rating_version_of_its_scheme;
ALTER TABLE records_rating DROP CONSTRAINT rating_status_of_its_version;
ALTER TABLE records_rating DROP CONSTRAINT rating_value_of_its_version;
ALTER TABLE records_rating DROP CONSTRAINT rating_follows_its_inspection;
ALTER TABLE records_inspection DROP CONSTRAINT inspection_graded;
"""

STEPS = """
-- Old and new rows are paired without a nested loop: a plan is kept from the first statement of a session, which may
-- have touched one row, and the next may touch a hundred thousand.
-- Each change of state must stand in the table of permitted steps, and leaves a row in the trace. Who and why come
-- from the settings placard.user and placard.reason of the transaction; a rating carries its own reason.
CREATE FUNCTION records_inspection_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE step record;
BEGIN
    SELECT o.state AS source, n.state AS target, n.id INTO step
        FROM newer n JOIN older o USING (id)
        WHERE o.state <> n.state AND NOT EXISTS (
            SELECT FROM records_allowedtransition a
            WHERE a.kind = 'inspection' AND a.source = o.state AND a.target = n.state)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Inspection %: a step from % to % does not exist', step.id, step.source, step.target
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT n.id, o.state AS source INTO step FROM newer n JOIN older o USING (id)
        WHERE o.state <> 'draft' AND (
            (o.establishment_id, o.version_id, o.source_id, o.kind, o.inspected_on, o.scores,
             o.value_published, o.outcome, o.entered_by_id, o.batch_id, o.recorded_at)
            IS DISTINCT FROM
            (n.establishment_id, n.version_id, n.source_id, n.kind, n.inspected_on, n.scores,
             n.value_published, n.outcome, n.entered_by_id, n.batch_id, n.recorded_at)
            OR (o.state IN ('published', 'superseded', 'withdrawn') AND (o.publish_at, o.checked_by_id)
                IS DISTINCT FROM (n.publish_at, n.checked_by_id))
            OR (o.hide_at IS NOT NULL AND (n.hide_at IS NULL OR n.hide_at > o.hide_at)))
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Inspection % is %: what it says cannot be changed, only superseded or withdrawn',
            step.id, step.source USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO records_transition (kind, record_id, source, target, by_id, reason)
        SELECT 'inspection', n.id, o.state, n.state, nullif(current_setting('placard.user', true), '')::integer,
               coalesce(current_setting('placard.reason', true), '')
        FROM newer n JOIN older o USING (id) WHERE o.state <> n.state;
    RETURN NULL;
END $$;
CREATE TRIGGER inspection_steps AFTER UPDATE ON records_inspection
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_inspection_steps();

-- Entered by hand, a record begins as a draft; only an import brings what its source has already published.
CREATE FUNCTION records_inspection_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An inspection that no import brought begins as a draft' USING ERRCODE = 'check_violation';
END $$;
-- For each row, but only the condition is looked at: cheaper in bulk than to collect the rows of the statement.
CREATE TRIGGER inspection_begins BEFORE INSERT ON records_inspection
    FOR EACH ROW WHEN (NEW.batch_id IS NULL AND NEW.state <> 'draft')
    EXECUTE FUNCTION records_inspection_begins();

CREATE FUNCTION records_rating_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE step record;
BEGIN
    SELECT o.state AS source, n.state AS target, n.id INTO step
        FROM newer n JOIN older o USING (id)
        WHERE o.state <> n.state AND NOT EXISTS (
            SELECT FROM records_allowedtransition a
            WHERE a.kind = 'rating' AND a.source = o.state AND a.target = n.state)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Rating %: a step from % to % does not exist', step.id, step.source, step.target
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT n.id INTO step FROM newer n JOIN older o USING (id)
        WHERE (o.establishment_id, o.scheme_id, o.version_id, o.inspection_id, o.value, o.status,
               o.computed, o.by_source, o.rated_on, o.publish_at, o.batch_id, o.recorded_at)
            IS DISTINCT FROM
              (n.establishment_id, n.scheme_id, n.version_id, n.inspection_id, n.value, n.status,
               n.computed, n.by_source, n.rated_on, n.publish_at, n.batch_id, n.recorded_at)
            OR (o.hide_at IS NOT NULL AND (n.hide_at IS NULL OR n.hide_at > o.hide_at))
            OR (o.state <> 'published' AND o.state = n.state AND (o.ended_at, o.end_reason, o.ended_batch_id)
                IS DISTINCT FROM (n.ended_at, n.end_reason, n.ended_batch_id))
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Rating % is published: it cannot be changed, only superseded, ended or withdrawn', step.id
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO records_transition (kind, record_id, source, target, by_id, reason)
        SELECT 'rating', n.id, o.state, n.state, nullif(current_setting('placard.user', true), '')::integer, n.end_reason
        FROM newer n JOIN older o USING (id) WHERE o.state <> n.state;
    RETURN NULL;
END $$;
CREATE TRIGGER rating_steps AFTER UPDATE ON records_rating
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_rating_steps();

-- An authority rates only in its own domains.
CREATE FUNCTION records_rating_domain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    SELECT a.code, s.domain INTO wrong
        FROM newer n JOIN records_scheme s ON s.id = n.scheme_id
        JOIN records_establishment e ON e.id = n.establishment_id
        JOIN records_authority a ON a.id = e.authority_id
        WHERE NOT s.domain = ANY (a.domains) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Authority % does not act in the domain %', wrong.code, wrong.domain
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rating_domain AFTER INSERT ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_rating_domain();

-- What was found is part of the visit: it changes only while the visit is a draft, or arrives with its import.
CREATE FUNCTION records_finding_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM touched t JOIN records_inspection i ON i.id = t.inspection_id
        WHERE i.state <> 'draft' AND NOT (TG_OP = 'INSERT' AND i.batch_id IS NOT NULL AND i.recorded_at = now())
    ) THEN
        RAISE EXCEPTION 'The findings of an inspection change only while it is a draft' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER finding_locked_insert AFTER INSERT ON records_finding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_finding_locked();
CREATE TRIGGER finding_locked_update AFTER UPDATE ON records_finding
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_finding_locked();
-- Nor does a finding move from a draft to a visit that is none.
CREATE TRIGGER finding_locked_moved AFTER UPDATE ON records_finding
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_finding_locked();
CREATE TRIGGER finding_locked_delete AFTER DELETE ON records_finding
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_finding_locked();
"""

STEPS_BACK = """
DROP TRIGGER finding_locked_delete ON records_finding;
DROP TRIGGER finding_locked_moved ON records_finding;
DROP TRIGGER finding_locked_update ON records_finding;
DROP TRIGGER finding_locked_insert ON records_finding;
DROP FUNCTION records_finding_locked();
DROP TRIGGER rating_domain ON records_rating;
DROP FUNCTION records_rating_domain();
DROP TRIGGER rating_steps ON records_rating;
DROP FUNCTION records_rating_steps();
DROP TRIGGER inspection_begins ON records_inspection;
DROP FUNCTION records_inspection_begins();
DROP TRIGGER inspection_steps ON records_inspection;
DROP FUNCTION records_inspection_steps();
"""

FACTS = (
    "name, name_published, kind, kind_published, address, postcode, phone, address_visibility, latitude, longitude, "
    "geocode_quality, opened_on, closed_on"
)


def qualified(alias):
    """The fact columns, each with the alias of its table."""
    return ", ".join(f"{alias}.{column}" for column in FACTS.split(", "))


HISTORY = f"""
-- What an establishment was called and where it was stays readable: the row as it was goes to the versions.
CREATE FUNCTION records_establishment_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
BEGIN
    INSERT INTO records_establishmentversion (establishment_id, batch_id, {FACTS})
        SELECT o.id, o.batch_id, {qualified("o")}
        FROM older o JOIN newer n USING (id)
        WHERE ({qualified("o")}) IS DISTINCT FROM ({qualified("n")});
    IF EXISTS (SELECT FROM older o JOIN newer n USING (id)
               WHERE o.reference <> n.reference OR o.authority_id <> n.authority_id) THEN
        RAISE EXCEPTION 'The reference and the authority of an establishment never change'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER establishment_history AFTER UPDATE ON records_establishment
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_establishment_history();
"""

HISTORY_BACK = """
DROP TRIGGER establishment_history ON records_establishment;
DROP FUNCTION records_establishment_history();
"""

KEPT = """
CREATE FUNCTION records_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are kept: % is not possible', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;
"""

NEVER_DELETED = ("authority", "establishment", "establishmentalias", "rating", "reply", "batch")
APPEND_ONLY = ("transition", "establishmentversion", "batchscope", "importproblem")


def kept_triggers():
    """SQL that makes rows stay: no DELETE, and for append-only tables no UPDATE either."""
    for table in NEVER_DELETED:
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON records_{table} "
            "FOR EACH ROW EXECUTE FUNCTION records_is_kept();"
        )
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON records_{table} "
            "FOR EACH ROW EXECUTE FUNCTION records_is_kept();"
        )
    yield (
        "CREATE TRIGGER inspection_kept BEFORE DELETE ON records_inspection FOR EACH ROW "
        "WHEN (OLD.state <> 'draft') EXECUTE FUNCTION records_is_kept();"
    )
    # A batch is provenance: once its rows are in the register it says what it said.
    yield (
        "CREATE TRIGGER batch_committed BEFORE UPDATE ON records_batch FOR EACH ROW "
        "WHEN (OLD.state <> 'previewed') EXECUTE FUNCTION records_is_kept();"
    )
    # A scheme version is a promise: its rule cannot change under ratings already given.
    yield (
        "CREATE TRIGGER schemeversion_kept BEFORE DELETE OR UPDATE OF scheme_id, effective_from "
        "ON records_schemeversion FOR EACH ROW EXECUTE FUNCTION records_is_kept();"
    )


def kept_triggers_back():
    """SQL that takes the triggers of `kept_triggers` away again."""
    for table in NEVER_DELETED:
        yield f"DROP TRIGGER {table}_kept ON records_{table};"
    for table in APPEND_ONLY:
        yield f"DROP TRIGGER {table}_append_only ON records_{table};"
    yield "DROP TRIGGER inspection_kept ON records_inspection;"
    yield "DROP TRIGGER batch_committed ON records_batch;"
    yield "DROP TRIGGER schemeversion_kept ON records_schemeversion;"
    yield "DROP FUNCTION records_is_kept();"


class Migration(migrations.Migration):
    """Statement-level triggers, so that bulk imports pay once per statement and not once per row."""

    dependencies = (("records", "0003_records"),)
    operations = (
        migrations.RunSQL(KEYS, KEYS_BACK),
        migrations.RunSQL(STEPS, STEPS_BACK),
        migrations.RunSQL(HISTORY, HISTORY_BACK),
        migrations.RunSQL(KEPT + "\n".join(kept_triggers()), "\n".join(kept_triggers_back())),
    )
