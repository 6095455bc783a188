"""What no code path may skip about decisions: permitted steps, fixed content, versions, sums, people, limits."""

from django.db import migrations

# What a version says, in the order of `records.penalties.content`.
CONTENT = (
    "decision_number, decided_on, respondent, respondent_kind, premises, under_18, business_id, establishment_id, "
    "inspection_id, domain, law_id, basis_rank, public_security, legal_basis, facts, sanction_kinds, procedure, "
    "seriousness, served_on, notice_served_on, conduct_ended_on, found_on, restricted_until, harm_removed, final_on, "
    "remedy, remedy_until, necessity_note, person_rule, proportionality_note, secrecy_checked_on, "
    "secrecy_checked_by_id, document_id, language, overrule_reason, overrule_of"
)
# The class may be left to the check, which fixes it.
FIXED = CONTENT.replace("seriousness, ", "")


def of(alias, columns):
    """The columns, each with the alias of its table."""
    return ", ".join(f"{alias}.{column}" for column in columns.split(", "))


PEOPLE = """
-- Whether a person holds one of the roles at an authority. A registrar of the installation is none of them: who
-- makes accounts does not write decisions.
CREATE FUNCTION records_holds_role(person bigint, authority bigint, VARIADIC wanted text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM records_membership m WHERE m.user_id = person AND m.authority_id = authority
        AND m.role = ANY (wanted))
$$;

CREATE FUNCTION records_refuse_person(what text, id bigint, role text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% %: this person is not % of its authority', what, id, role USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION records_penalty_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE old_row records_penalty;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        old_row := OLD;
    END IF;
    IF NEW.entered_by_id IS NOT NULL AND NEW.entered_by_id IS DISTINCT FROM old_row.entered_by_id
        AND NOT records_holds_role(NEW.entered_by_id, NEW.authority_id, 'clerk') THEN
        PERFORM records_refuse_person('Decision', NEW.id, 'a clerk');
    END IF;
    IF NEW.checked_by_id IS NOT NULL AND NEW.checked_by_id IS DISTINCT FROM old_row.checked_by_id
        AND NOT records_holds_role(NEW.checked_by_id, NEW.authority_id, 'checker') THEN
        PERFORM records_refuse_person('Decision', NEW.id, 'a checker');
    END IF;
    IF NEW.published_by_id IS NOT NULL AND NEW.published_by_id IS DISTINCT FROM old_row.published_by_id
        AND NOT records_holds_role(NEW.published_by_id, NEW.authority_id, 'publisher') THEN
        PERFORM records_refuse_person('Decision', NEW.id, 'a publisher');
    END IF;
    IF NEW.adjudicated_by_id IS NOT NULL AND NEW.adjudicated_by_id IS DISTINCT FROM old_row.adjudicated_by_id
        AND NOT records_holds_role(NEW.adjudicated_by_id, NEW.authority_id, 'adjudicator') THEN
        PERFORM records_refuse_person('Decision', NEW.id, 'an adjudicator');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_people_insert AFTER INSERT ON records_penalty FOR EACH ROW
    WHEN (NEW.entered_by_id IS NOT NULL OR NEW.checked_by_id IS NOT NULL OR NEW.published_by_id IS NOT NULL
        OR NEW.adjudicated_by_id IS NOT NULL) EXECUTE FUNCTION records_penalty_people();
CREATE TRIGGER penalty_people_update
    AFTER UPDATE OF entered_by_id, checked_by_id, published_by_id, adjudicated_by_id ON records_penalty
    FOR EACH ROW EXECUTE FUNCTION records_penalty_people();

CREATE FUNCTION records_penaltyevent_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE authority bigint := (SELECT authority_id FROM records_penalty WHERE id = NEW.penalty_id);
BEGIN
    IF NEW.entered_by_id IS NOT NULL AND NOT records_holds_role(NEW.entered_by_id, authority, 'clerk') THEN
        PERFORM records_refuse_person('Event', NEW.id, 'a clerk');
    END IF;
    IF NEW.confirmed_by_id IS NOT NULL AND NOT records_holds_role(NEW.confirmed_by_id, authority, 'checker') THEN
        PERFORM records_refuse_person('Event', NEW.id, 'a checker');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER penaltyevent_people AFTER INSERT OR UPDATE ON records_penaltyevent FOR EACH ROW
    WHEN (NEW.batch_id IS NULL) EXECUTE FUNCTION records_penaltyevent_people();

CREATE FUNCTION records_correction_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE authority bigint := (SELECT authority_id FROM records_penalty WHERE id = NEW.penalty_id);
BEGIN
    IF NOT records_holds_role(NEW.entered_by_id, authority, 'clerk') THEN
        PERFORM records_refuse_person('Correction', NEW.id, 'a clerk');
    END IF;
    IF NEW.checked_by_id IS NOT NULL AND NOT records_holds_role(NEW.checked_by_id, authority, 'checker') THEN
        PERFORM records_refuse_person('Correction', NEW.id, 'a checker');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER correction_people AFTER INSERT OR UPDATE ON records_correction
    FOR EACH ROW EXECUTE FUNCTION records_correction_people();

CREATE FUNCTION records_proposal_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE authority bigint := (SELECT authority_id FROM records_penalty WHERE id = NEW.penalty_id);
BEGIN
    IF NOT records_holds_role(NEW.by_id, authority, VARIADIC
        CASE NEW.verb WHEN 'seal' THEN ARRAY['dpo'] ELSE ARRAY['adjudicator'] END) THEN
        PERFORM records_refuse_person('Proposal', NEW.id, 'entitled to propose this for a decision');
    END IF;
    IF NEW.decided_by_id IS NOT NULL AND NOT records_holds_role(NEW.decided_by_id, authority, VARIADIC
        CASE NEW.verb WHEN 'seal' THEN ARRAY['checker', 'dpo', 'adjudicator', 'registrar'] ELSE ARRAY['checker'] END)
    THEN
        PERFORM records_refuse_person('Proposal', NEW.id, 'entitled to confirm this for a decision');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER proposal_people AFTER INSERT OR UPDATE ON records_proposal
    FOR EACH ROW EXECUTE FUNCTION records_proposal_people();
"""

PEOPLE_BACK = """
DROP TRIGGER proposal_people ON records_proposal;
DROP FUNCTION records_proposal_people();
DROP TRIGGER correction_people ON records_correction;
DROP FUNCTION records_correction_people();
DROP TRIGGER penaltyevent_people ON records_penaltyevent;
DROP FUNCTION records_penaltyevent_people();
DROP TRIGGER penalty_people_update ON records_penalty;
DROP TRIGGER penalty_people_insert ON records_penalty;
DROP FUNCTION records_penalty_people();
DROP FUNCTION records_refuse_person(text, bigint, text);
DROP FUNCTION records_holds_role(bigint, bigint, text[]);
"""

BASIS = """
-- The rank of the law a decision rests on, and whether it is about public security, are the law's own.
CREATE FUNCTION records_penalty_basis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.law_id IS NULL THEN
        NEW.basis_rank := '';
        NEW.public_security := false;
    ELSE
        SELECT l.rank, l.public_security INTO NEW.basis_rank, NEW.public_security
            FROM records_law l WHERE l.id = NEW.law_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER penalty_basis BEFORE INSERT OR UPDATE OF law_id, basis_rank, public_security ON records_penalty
    FOR EACH ROW EXECUTE FUNCTION records_penalty_basis();
CREATE TRIGGER correction_basis BEFORE INSERT OR UPDATE OF law_id, basis_rank, public_security ON records_correction
    FOR EACH ROW EXECUTE FUNCTION records_penalty_basis();
CREATE FUNCTION records_law_cited() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM records_penalty p WHERE p.law_id = OLD.id AND p.state <> 'draft')
        OR EXISTS (SELECT FROM records_penaltycitation c WHERE c.law_id = OLD.id) THEN
        RAISE EXCEPTION 'Decisions rest on the law %: its key, rank and kind cannot change', OLD.key
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER law_cited BEFORE UPDATE OF key, rank, public_security ON records_law FOR EACH ROW
    WHEN ((OLD.key, OLD.rank, OLD.public_security) IS DISTINCT FROM (NEW.key, NEW.rank, NEW.public_security))
    EXECUTE FUNCTION records_law_cited();
-- A cited provision is of the cited law.
ALTER TABLE records_penaltycitation ADD CONSTRAINT penaltycitation_provision_of_its_law
    FOREIGN KEY (provision_id, law_id) REFERENCES records_provision (id, law_id) DEFERRABLE INITIALLY DEFERRED;
-- Two texts of a provision, two versions of a rule set or of a scheme never hold on one day. Ranges of one number
-- stand for equality, which a core GiST index does not know for numbers.
ALTER TABLE records_provisiontext ADD CONSTRAINT provisiontext_one_a_day EXCLUDE USING gist (
    int8range(provision_id, provision_id, '[]') WITH &&, daterange(in_force_from, in_force_until, '[]') WITH &&);
ALTER TABLE records_ruleversion ADD CONSTRAINT ruleversion_one_a_day EXCLUDE USING gist (
    int8range(rule_set_id, rule_set_id, '[]') WITH &&, daterange(effective_from, effective_until, '[]') WITH &&)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE records_schemeversion ADD CONSTRAINT schemeversion_one_a_day EXCLUDE USING gist (
    int8range(scheme_id, scheme_id, '[]') WITH &&, daterange(effective_from, effective_until, '[]') WITH &&)
    DEFERRABLE INITIALLY DEFERRED;
"""

BASIS_BACK = """
ALTER TABLE records_schemeversion DROP CONSTRAINT schemeversion_one_a_day;
ALTER TABLE records_ruleversion DROP CONSTRAINT ruleversion_one_a_day;
ALTER TABLE records_provisiontext DROP CONSTRAINT provisiontext_one_a_day;
ALTER TABLE records_penaltycitation DROP CONSTRAINT penaltycitation_provision_of_its_law;
DROP TRIGGER law_cited ON records_law;
DROP FUNCTION records_law_cited();
DROP TRIGGER correction_basis ON records_correction;
DROP TRIGGER penalty_basis ON records_penalty;
DROP FUNCTION records_penalty_basis();
"""

# When the period `q` of a rule version `v` hides a decision, by the days that it may count from.
BOUND = """((CASE WHEN q.most_months IS NULL AND q.most_days IS NULL THEN {restricted}
        ELSE (CASE q.anchor WHEN 'decided' THEN {decided} WHEN 'published' THEN {published}
              WHEN 'conduct_ended' THEN {ended} WHEN 'found' THEN {found} END
              + make_interval(months => coalesce(q.most_months, 0), days => coalesce(q.most_days, 0)))::date END
        + 1)::timestamp AT TIME ZONE coalesce(nullif(v.zone, ''), {home}))"""
PERIOD = """
    q.version_id = v.id AND q.publish <> 'no' AND q.seriousness IN ({seriousness}, 'serious')
    ORDER BY q.seriousness = {seriousness} DESC LIMIT 1"""
# Said within the check, where a function called for each decision would take most of the time of an import.
OF_RECORD = BOUND.format(
    restricted="p.restricted_until", decided="p.decided_on", ended="p.conduct_ended_on", found="p.found_on",
    published="(p.publish_at AT TIME ZONE coalesce(nullif(v.zone, ''), a.time_zone))::date", home="a.time_zone",
)  # fmt: skip

CHECKS = (
    f"""
-- The instant at which a rule version hides a decision of a class; NULL where it does not show it at all or the day
-- to count from is not known. A class that the version does not know counts as serious.
CREATE FUNCTION records_rule_bound(rule bigint, class text, home text, decided date, published date, ended date,
    found date, restricted date) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT {
        BOUND.format(
            restricted="restricted",
            decided="decided",
            published="published",
            ended="ended",
            found="found",
            home="home",
        )
    }
    FROM records_ruleversion v JOIN records_ruleperiod q ON q.version_id = v.id
    WHERE v.id = rule AND {PERIOD.format(seriousness="class")}
$$;
"""
    + """
-- What must hold for decisions that are handed in or shown; the first that fails is named.
CREATE FUNCTION records_penalty_check(ids bigint[]) RETURNS void LANGUAGE plpgsql SET enable_nestloop = on AS $$
DECLARE wrong record;
BEGIN
    -- Not a join with the numbers asked about: the planner knows nothing of what a transaction has just written, and
    -- would compare everything with everything.
    SELECT t.* INTO wrong FROM (SELECT p.id, p.decision_number, CASE
        WHEN p.decided_on > (p.recorded_at AT TIME ZONE a.time_zone)::date AND p.decided_on > (now() AT TIME ZONE a.time_zone)::date
            THEN 'the date of the decision lies in the future'
        WHEN NOT p.domain = ANY (a.domains) THEN 'the authority does not act in its domain'
        WHEN p.sanction_kinds = '{}' THEN 'it has no sanction'
        WHEN p.sanction_kinds::text[] IS DISTINCT FROM (
            SELECT array_agg(DISTINCT s.kind::text COLLATE "C" ORDER BY s.kind::text COLLATE "C")
            FROM records_penaltysanction s WHERE s.penalty_id = p.id AND s.version = p.version)
            THEN 'its kinds of sanction are not those of its sanctions'
        WHEN NOT EXISTS (SELECT FROM records_penaltyviolation v
            WHERE v.penalty_id = p.id AND v.version = p.version) THEN 'it names no type of violation'
        WHEN EXISTS (SELECT FROM records_penaltyviolation v JOIN records_violationtype t ON t.id = v.violation_id
            WHERE v.penalty_id = p.id AND v.version = p.version
                AND NOT daterange(t.in_force_from, t.in_force_until, '[]') @> p.decided_on)
            THEN 'a type of violation was not in force on the day of the decision'
        WHEN (SELECT count(DISTINCT s.currency) FROM records_penaltysanction s
            WHERE s.penalty_id = p.id AND s.version = p.version AND s.kind IN ('fine', 'daily_fine')
                AND s.amount IS NOT NULL) > 1 THEN 'its fines are in several currencies'
        WHEN NOT p.public_security AND p.state IN ('approved', 'published', 'suspended') AND EXISTS (
            SELECT FROM records_penaltycitation c JOIN records_law l ON l.id = c.law_id
            WHERE c.penalty_id = p.id AND c.version = p.version AND l.public_security)
            THEN 'it rests on a law about public security, which seals it'
        END AS why
    FROM records_penalty p JOIN records_authority a ON a.id = p.authority_id
    WHERE p.id = ANY (ids)) t WHERE t.why IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % (%): %', wrong.id, wrong.decision_number, wrong.why USING ERRCODE = 'check_violation';
    END IF;

    SELECT t.* INTO wrong FROM (SELECT p.id, p.decision_number, CASE
        WHEN p.hide_at > coalesce(b.until, '-infinity')
            THEN 'it would be shown for longer than the rule set ' || s.key || ' allows'
        WHEN p.necessity_note = '' AND EXISTS (SELECT FROM records_ruleperiod q WHERE q.version_id = v.id
                AND q.seriousness = p.seriousness AND q.publish = 'only_if_necessary')
            THEN 'nobody says why a minor decision must be shown'
        WHEN p.sanction_kinds = '{warning}' AND 'warning_only' = ANY (v.never)
                AND NOT ('warning_only' = ANY (v.unless_necessary) AND p.necessity_note <> '')
            THEN 'a warning alone is not shown under the rule set ' || s.key
        WHEN p.procedure = 'summary' AND 'summary' = ANY (v.never)
                AND NOT ('summary' = ANY (v.unless_necessary) AND p.necessity_note <> '')
            THEN 'a decision on the spot is not shown under the rule set ' || s.key
        WHEN 'notice' = ANY (v.needs) AND p.notice_served_on IS NULL THEN 'the respondent was not told of the publication'
        WHEN 'secrecy' = ANY (v.needs) AND p.batch_id IS NULL AND (p.secrecy_checked_on IS NULL OR p.secrecy_checked_by_id IS NULL)
            THEN 'nobody has recorded the check for secrets'
        END AS why
    FROM records_penalty p JOIN records_authority a ON a.id = p.authority_id
    CROSS JOIN LATERAL unnest(CASE WHEN a.rule_sets = '{}' THEN ARRAY['neutral']::text[] ELSE a.rule_sets::text[] END) AS held(key)
    JOIN records_ruleset s ON s.key = held.key
    JOIN records_ruleversion v ON v.rule_set_id = s.id
        AND daterange(v.effective_from, v.effective_until, '[]') @> (p.approved_at AT TIME ZONE a.time_zone)::date
    LEFT JOIN LATERAL (SELECT """
    + OF_RECORD
    + """ AS until FROM records_ruleperiod q WHERE
        """
    + PERIOD.format(seriousness="p.seriousness")
    + """) b ON true
    WHERE p.id = ANY (ids) AND p.state IN ('approved', 'published', 'suspended')
    ) t WHERE t.why IS NOT NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % (%): %', wrong.id, wrong.decision_number, wrong.why USING ERRCODE = 'check_violation';
    END IF;

    -- The rule named on the record is one of those that hold for it.
    SELECT p.id, p.decision_number INTO wrong
    FROM records_penalty p JOIN records_authority a ON a.id = p.authority_id
    JOIN records_ruleversion v ON v.id = p.rule_version_id JOIN records_ruleset s ON s.id = v.rule_set_id
    WHERE p.id = ANY (ids) AND p.state IN ('approved', 'published', 'suspended') AND NOT (
        s.key = ANY (CASE WHEN a.rule_sets = '{}' THEN ARRAY['neutral']::text[] ELSE a.rule_sets::text[] END)
        AND daterange(v.effective_from, v.effective_until, '[]') @> (p.approved_at AT TIME ZONE a.time_zone)::date)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % (%): the rule set named is not one of its authority', wrong.id, wrong.decision_number
            USING ERRCODE = 'check_violation';
    END IF;

    -- No number of a person in any text that the public reads; brought by a file, in no text at all.
    SELECT p.id, p.decision_number INTO wrong
    FROM records_penalty p
    WHERE p.id = ANY (ids) AND (p.batch_id IS NOT NULL OR p.state IN ('approved', 'published', 'suspended') AND p.overrule_reason = '')
        AND (disclosed.holds_personal_number(concat_ws(E'\\n', p.decision_number, p.respondent, p.premises, p.legal_basis,
                p.facts, p.remedy, p.necessity_note))
            OR EXISTS (SELECT FROM records_penaltysanction s WHERE s.penalty_id = p.id AND s.version = p.version
                AND disclosed.holds_personal_number(concat_ws(E'\\n', s.text, s.licence, s.amount_text))))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: a text holds what looks like the number of a person', wrong.id
            USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""
)

CHECKS_BACK = """
DROP FUNCTION records_penalty_check(bigint[]);
DROP FUNCTION records_rule_bound(bigint, text, text, date, date, date, date, date);
"""

STEPS = f"""
-- Entered by hand, a decision begins as a draft; only an import that two people stand for brings one further.
CREATE FUNCTION records_penalty_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A decision that no import brought begins as a draft' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER penalty_begins BEFORE INSERT ON records_penalty
    FOR EACH ROW WHEN (NEW.batch_id IS NULL AND NEW.state <> 'draft' OR NEW.version <> 1
        OR NEW.state NOT IN ('draft', 'approved', 'published'))
    EXECUTE FUNCTION records_penalty_begins();

CREATE FUNCTION records_penalty_arrives() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE wrong record; ids bigint[];
BEGIN
    SELECT n.id INTO wrong FROM newer n LEFT JOIN records_batch b ON b.id = n.batch_id
        WHERE n.batch_id IS NOT NULL AND (b.uploaded_by_id IS NULL OR b.confirmed_by_id IS NULL) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: two people stand for an import of decisions, and its batch names them', wrong.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT array_agg(n.id) INTO ids FROM newer n WHERE n.state <> 'draft';
    IF ids IS NOT NULL THEN
        PERFORM records_penalty_check(ids);
        -- Not a join: the planner knows nothing of either side, and would compare every row with every other.
        SELECT t.id INTO wrong FROM (
            SELECT n.id, n.imposed, n.owed, n.currency, n.fine_state, n.appeal, n.due_on FROM newer n WHERE n.state <> 'draft'
            EXCEPT SELECT * FROM records_balances(ids)) t LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'Decision %: its sums are not those of its events', wrong.id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    INSERT INTO records_transition (kind, record_id, source, target, by_id, reason, reason_kind)
        SELECT 'penalty', n.id, '', n.state, n.entered_by_id, coalesce(current_setting('placard.reason', true), ''), ''
        FROM newer n WHERE n.state = 'draft';
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_arrives AFTER INSERT ON records_penalty
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_penalty_arrives();

-- Only the clock ends a display because its time is over, and only the clock shows without a person. Runs with the
-- rights of whoever asks, so that it can tell who that is.
CREATE FUNCTION records_penalty_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'placard_clock' THEN
        RAISE EXCEPTION 'Decision %: only the clock does this', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER penalty_clock BEFORE UPDATE OF state ON records_penalty FOR EACH ROW
    WHEN (NEW.state <> OLD.state AND (NEW.state = 'expired'
        OR NEW.state = 'published' AND OLD.state = 'approved' AND NEW.published_by_id IS NULL))
    EXECUTE FUNCTION records_penalty_clock();

-- Old and new rows are paired without a nested loop: see records_inspection_steps. What is looked up for one of them
-- stands in a CASE, so that it stays a look-up.
CREATE FUNCTION records_penalty_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE step record; ids bigint[];
BEGIN
    SELECT o.state AS source, n.state AS target, n.id INTO step
        FROM newer n JOIN older o USING (id)
        WHERE o.state <> n.state AND NOT EXISTS (
            SELECT FROM records_allowedtransition a
            WHERE a.kind = 'penalty' AND a.source = o.state AND a.target = n.state)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: a step from % to % does not exist', step.id, step.source, step.target
            USING ERRCODE = 'check_violation';
    END IF;

    SELECT n.id, o.state AS source INTO step FROM newer n JOIN older o USING (id)
        WHERE n.reference <> o.reference OR n.recorded_at <> o.recorded_at
            OR o.state <> 'draft' AND (n.authority_id, n.source_id) IS DISTINCT FROM (o.authority_id, o.source_id)
            OR o.state <> 'draft' AND n.version = o.version AND (
                n.entered_by_id IS DISTINCT FROM o.entered_by_id OR n.batch_id IS DISTINCT FROM o.batch_id
                OR n.fingerprint IS DISTINCT FROM o.fingerprint AND n.batch_id IS NOT DISTINCT FROM o.batch_id
                    AND o.batch_id IS NULL
                OR n.version_at IS DISTINCT FROM o.version_at)
            OR o.state <> 'draft' AND n.version = o.version AND n.state <> 'sealed' AND (
                ({of("o", FIXED)}) IS DISTINCT FROM ({of("n", FIXED)})
                OR o.seriousness <> n.seriousness AND NOT (o.state = 'in_review' AND n.state = 'approved'))
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % is %: what it says is changed by a correction and by nothing else', step.id, step.source
            USING ERRCODE = 'check_violation';
    END IF;

    -- Under which rule, since and until when: fixed by the approval, opened again only before it is shown.
    SELECT n.id INTO step FROM newer n JOIN older o USING (id)
        WHERE o.state IN ('published', 'suspended', 'withdrawn', 'expired', 'repaired', 'sealed') AND n.version = o.version
            AND ((o.rule_version_id, o.anchor_on, o.repair_from, o.publish_at, o.published_at, o.approved_at, o.checked_by_id)
                IS DISTINCT FROM
                (n.rule_version_id, n.anchor_on, n.repair_from, n.publish_at, n.published_at, n.approved_at, n.checked_by_id)
                OR n.hide_at IS NULL AND o.hide_at IS NOT NULL)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: the rule and the times under which it is shown are fixed', step.id
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT n.id INTO step FROM newer n JOIN older o USING (id)
        WHERE o.state IN ('published', 'suspended') AND CASE WHEN n.hide_at > o.hide_at THEN NOT EXISTS (
            SELECT FROM records_proposal q WHERE q.penalty_id = n.id AND q.verb = 'extend' AND q.confirmed
                AND q.decided_at = now() AND q.hide_at = n.hide_at) END
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: its display lasts longer only on a document and with a second person', step.id
            USING ERRCODE = 'check_violation';
    END IF;

    -- Steps that need more than a state.
    SELECT n.id, n.state AS target INTO step FROM newer n JOIN older o USING (id)
        WHERE n.state <> o.state AND CASE
            WHEN n.state = 'withdrawn' THEN NOT EXISTS (SELECT FROM records_withdrawal w WHERE w.penalty_id = n.id)
            WHEN n.state = 'published' AND o.state = 'suspended' THEN NOT EXISTS (
                SELECT FROM records_proposal q WHERE q.penalty_id = n.id AND q.verb = 'resume' AND q.confirmed
                    AND q.decided_at = now())
            WHEN n.state = 'sealed' THEN NOT EXISTS (
                SELECT FROM records_proposal q WHERE q.penalty_id = n.id AND q.verb = 'seal' AND q.confirmed
                    AND q.decided_at = now())
            WHEN n.state = 'repaired' THEN n.adjudicated_by_id IS NULL
                OR n.repair_from > (now() AT TIME ZONE (SELECT a.time_zone FROM records_authority a WHERE a.id = n.authority_id))::date
            WHEN n.state = 'expired' THEN n.hide_at > now()
            WHEN n.state = 'published' THEN n.publish_at > now()
            WHEN n.state = 'suspended' THEN n.review_on IS NULL
            WHEN n.state = 'refused' THEN n.refused_gate = ''
            ELSE false END
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision % cannot become % yet: what the step needs is not there', step.id, step.target
            USING ERRCODE = 'check_violation';
    END IF;

    -- A new version: the next number, by two people or by an import of two people, and the old one is kept.
    SELECT n.id INTO step FROM newer n JOIN older o USING (id)
        WHERE n.version <> o.version AND NOT (
            n.version = o.version + 1 AND o.state = 'published' AND n.state = 'published' AND n.hide_at <= o.hide_at
            AND (EXISTS (SELECT FROM records_correction c WHERE c.penalty_id = n.id AND c.version = n.version
                    AND c.state = 'applied' AND c.entered_by_id = n.entered_by_id AND c.checked_by_id = n.checked_by_id)
                OR EXISTS (SELECT FROM records_batch b WHERE b.id = n.batch_id AND n.batch_id IS DISTINCT FROM o.batch_id
                    AND b.uploaded_by_id IS NOT NULL AND b.confirmed_by_id IS NOT NULL)))
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Decision %: a new version comes from a correction that two people stand for', step.id
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO records_penaltyversion (penalty_id, version, since, reason, entered_by_id, checked_by_id, batch_id, {CONTENT})
        SELECT o.id, o.version, o.version_at, coalesce(
                (SELECT c.reason FROM records_correction c WHERE c.penalty_id = n.id AND c.version = n.version
                    AND c.state = 'applied'), nullif(current_setting('placard.reason', true), ''), ''),
            o.entered_by_id, o.checked_by_id, o.batch_id, {of("o", CONTENT)}
        FROM newer n JOIN older o USING (id) WHERE n.version <> o.version;

    SELECT array_agg(n.id) INTO ids FROM newer n JOIN older o USING (id)
        WHERE n.state IN ('in_review', 'approved', 'published')
            AND (n.state <> o.state OR n.version <> o.version OR n.hide_at IS DISTINCT FROM o.hide_at);
    IF ids IS NOT NULL THEN
        PERFORM records_penalty_check(ids);
    END IF;

    INSERT INTO records_transition (kind, record_id, source, target, by_id, second_by_id, reason, reason_kind, document_id)
        SELECT 'penalty', n.id, o.state, n.state, nullif(current_setting('placard.user', true), '')::integer,
            nullif(current_setting('placard.second', true), '')::integer,
            coalesce(current_setting('placard.reason', true), ''),
            coalesce(current_setting('placard.reason_kind', true), ''),
            nullif(current_setting('placard.document', true), '')::bigint
        FROM newer n JOIN older o USING (id)
        WHERE o.state <> n.state OR o.version <> n.version OR n.hide_at > o.hide_at;
    RETURN NULL;
END $$;
CREATE TRIGGER penalty_steps AFTER UPDATE ON records_penalty
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_penalty_steps();

CREATE FUNCTION records_correction_steps() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET enable_nestloop = off AS $$
DECLARE step record;
BEGIN
    SELECT o.state AS source, n.state AS target, n.id INTO step
        FROM newer n JOIN older o USING (id)
        WHERE o.state <> n.state AND NOT EXISTS (
            SELECT FROM records_allowedtransition a
            WHERE a.kind = 'correction' AND a.source = o.state AND a.target = n.state)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Correction %: a step from % to % does not exist', step.id, step.source, step.target
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT n.id, o.state AS source INTO step FROM newer n JOIN older o USING (id)
        WHERE (n.penalty_id, n.version, n.entered_by_id, n.recorded_at)
                IS DISTINCT FROM (o.penalty_id, o.version, o.entered_by_id, o.recorded_at)
            OR o.state <> 'draft' AND ({of("o", CONTENT)}, o.reason) IS DISTINCT FROM ({of("n", CONTENT)}, n.reason)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Correction % is %: what it says changes only while it is a draft', step.id, step.source
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO records_transition (kind, record_id, source, target, by_id, reason, reason_kind)
        SELECT 'correction', n.id, o.state, n.state, nullif(current_setting('placard.user', true), '')::integer,
            coalesce(current_setting('placard.reason', true), ''), ''
        FROM newer n JOIN older o USING (id) WHERE o.state <> n.state;
    RETURN NULL;
END $$;
CREATE TRIGGER correction_steps AFTER UPDATE ON records_correction
    REFERENCING OLD TABLE AS older NEW TABLE AS newer
    FOR EACH STATEMENT EXECUTE FUNCTION records_correction_steps();
CREATE TRIGGER correction_begins BEFORE INSERT ON records_correction FOR EACH ROW WHEN (NEW.state <> 'draft')
    EXECUTE FUNCTION records_penalty_begins();
"""

STEPS_BACK = """
DROP TRIGGER correction_begins ON records_correction;
DROP TRIGGER correction_steps ON records_correction;
DROP FUNCTION records_correction_steps();
DROP TRIGGER penalty_steps ON records_penalty;
DROP FUNCTION records_penalty_steps();
DROP TRIGGER penalty_clock ON records_penalty;
DROP FUNCTION records_penalty_clock();
DROP TRIGGER penalty_arrives ON records_penalty;
DROP FUNCTION records_penalty_arrives();
DROP TRIGGER penalty_begins ON records_penalty;
DROP FUNCTION records_penalty_begins();
"""

PARTS = ("penaltysanction", "penaltycitation", "penaltyviolation")


def part_triggers():
    """SQL that keeps the parts of versions that stand or stood, and of corrections that are handed in."""
    yield """
CREATE FUNCTION records_part_locked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM touched t JOIN records_penalty p ON p.id = t.penalty_id
        WHERE t.version <= p.version AND p.state <> 'draft' AND NOT (p.state = 'sealed' AND TG_OP = 'DELETE')
            OR t.version > p.version + 1
            OR t.version > p.version AND EXISTS (SELECT FROM records_correction c WHERE c.penalty_id = p.id
                AND c.version = t.version AND c.state = 'in_review')
    ) THEN
        RAISE EXCEPTION 'The sanctions, provisions and violations of a decision change only while it is a draft'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;"""
    for table in PARTS:
        for name, event, rows in (
            ("insert", "INSERT", "NEW"), ("update", "UPDATE", "OLD"), ("moved", "UPDATE", "NEW"),
            ("delete", "DELETE", "OLD"),
        ):  # fmt: skip
            yield (
                f"CREATE TRIGGER {table}_locked_{name} AFTER {event} ON records_{table} "
                f"REFERENCING {rows} TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_part_locked();"
            )


def part_triggers_back():
    """SQL that takes the triggers of `part_triggers` away again."""
    for table in PARTS:
        for name in ("insert", "update", "moved", "delete"):
            yield f"DROP TRIGGER {table}_locked_{name} ON records_{table};"
    yield "DROP FUNCTION records_part_locked();"


LEDGER = """
-- What the confirmed events of decisions come to: first imposed, now owed, where the fine and the appeal stand. An
-- event without a date comes behind all that were recorded before it. The same as records.penalties.ledger.fold.
-- Not inlined, and without a join of its parts: the planner knows nothing of what a transaction has just written, and
-- would compare everything with everything.
CREATE FUNCTION records_balances(ids bigint[])
RETURNS TABLE (penalty_id bigint, imposed numeric, owed numeric, currency varchar, fine_state varchar, appeal varchar, due_on date)
LANGUAGE plpgsql STABLE ROWS 1000 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH dated AS (
        SELECT asked.id AS penalty_id, e.id, e.kind, e.amount, e.currency, e."on", r.sets, r.pays, r.ends, r.corrects, r.appeal, r.state,
            coalesce(e."on", max(e."on") OVER (PARTITION BY asked.id ORDER BY e.id), '-infinity') AS day
        FROM unnest(ids) AS asked(id)
        LEFT JOIN records_penaltyevent e ON e.penalty_id = asked.id AND e.confirmed_at IS NOT NULL
        LEFT JOIN records_ledgerrule r ON r.kind = e.kind
    ), placed AS (
        SELECT d.*, row_number() OVER (PARTITION BY d.penalty_id ORDER BY d.day, d.id) AS place FROM dated d
    ), folded AS (
        SELECT p.penalty_id,
            (array_agg(p.amount ORDER BY p.place) FILTER (WHERE p.sets AND p.amount IS NOT NULL))[1] AS imposed,
            (array_agg(p.amount ORDER BY p.place DESC) FILTER (WHERE p.sets))[1] AS decided,
            count(*) FILTER (WHERE p.sets) AS sums,
            (array_agg(p.amount ORDER BY p.place DESC) FILTER (WHERE p.corrects AND p.amount IS NOT NULL))[1] AS corrected,
            coalesce(max(p.place) FILTER (WHERE p.ends), 0) > coalesce(max(p.place) FILTER (WHERE p.sets), 0) AS ended,
            coalesce(sum(p.amount) FILTER (WHERE p.pays), 0) AS paid,
            coalesce((array_agg(p.currency ORDER BY NOT p.corrects, p.place) FILTER (WHERE p.currency <> ''))[1], '') AS currency,
            coalesce((array_agg(p.state ORDER BY p.place DESC) FILTER (WHERE p.state <> ''))[1], '') AS state,
            coalesce((array_agg(p.appeal ORDER BY p.place DESC) FILTER (WHERE p.appeal <> ''))[1], '') AS appeal,
            (array_agg(p."on" ORDER BY p.place DESC) FILTER (WHERE p.kind = 'due'))[1] AS due_on
        FROM placed p GROUP BY p.penalty_id
    ), settled AS (
        SELECT f.penalty_id, f.ended, f.paid, f.currency, f.state, f.appeal, f.due_on,
            CASE WHEN f.sums > 0 THEN coalesce(f.corrected, f.imposed) END AS imposed,
            CASE WHEN f.sums = 1 THEN coalesce(f.corrected, f.decided) ELSE f.decided END AS decided
        FROM folded f
    )
    SELECT f.penalty_id, f.imposed,
        CASE WHEN f.decided IS NULL THEN CASE WHEN f.ended AND f.imposed IS NOT NULL THEN 0 END
            WHEN f.ended THEN 0 ELSE greatest(f.decided - f.paid, 0) END,
        f.currency, f.state, f.appeal, f.due_on
    FROM settled f;
END $$;

CREATE FUNCTION records_ledger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE ids bigint[];
BEGIN
    -- Of a decision that an import is still to bring, the sums are asked for when it arrives.
    SELECT array_agg(DISTINCT t.penalty_id) INTO ids FROM touched t
        WHERE EXISTS (SELECT FROM records_penalty p WHERE p.id = t.penalty_id);
    IF ids IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE records_penalty p SET imposed = b.imposed, owed = b.owed, currency = b.currency, fine_state = b.fine_state,
        appeal = b.appeal, due_on = b.due_on
    FROM records_balances(ids) b WHERE p.id = b.penalty_id
        AND (p.imposed, p.owed, p.currency, p.fine_state, p.appeal, p.due_on)
            IS DISTINCT FROM (b.imposed, b.owed, b.currency, b.fine_state, b.appeal, b.due_on);
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_insert AFTER INSERT ON records_penaltyevent
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_ledger();
CREATE TRIGGER ledger_update AFTER UPDATE ON records_penaltyevent
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_ledger();

-- The sums are written by the ledger and by nobody else.
CREATE FUNCTION records_penalty_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Decision %: what is imposed and owed follows from its events', NEW.id USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER penalty_sums BEFORE UPDATE ON records_penalty FOR EACH ROW
    WHEN (pg_trigger_depth() = 0 AND (OLD.imposed, OLD.owed, OLD.currency, OLD.fine_state, OLD.appeal, OLD.due_on)
        IS DISTINCT FROM (NEW.imposed, NEW.owed, NEW.currency, NEW.fine_state, NEW.appeal, NEW.due_on))
    EXECUTE FUNCTION records_penalty_sums();

-- An event waits to be confirmed, or stands for ever.
CREATE FUNCTION records_penaltyevent_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held text := (SELECT p.state FROM records_penalty p WHERE p.id = OLD.penalty_id);
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.confirmed_at IS NULL OR held IN ('draft', 'sealed') OR held IS NULL THEN
            RETURN OLD;
        END IF;
    ELSIF OLD.confirmed_at IS NULL AND NEW.penalty_id = OLD.penalty_id
        AND NEW.entered_by_id IS NOT DISTINCT FROM OLD.entered_by_id AND (
            NEW.confirmed_at IS NULL OR (NEW.kind, NEW."on", NEW.amount, NEW.currency, NEW.note, NEW.document_id)
                IS NOT DISTINCT FROM (OLD.kind, OLD."on", OLD.amount, OLD.currency, OLD.note, OLD.document_id)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Event %: what happened to a fine is added to and never changed', OLD.id
        USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER penaltyevent_kept BEFORE UPDATE OR DELETE ON records_penaltyevent
    FOR EACH ROW EXECUTE FUNCTION records_penaltyevent_kept();

-- Nothing is added to a decision whose display has ended. An import brings events before their decision.
CREATE FUNCTION records_penaltyevent_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    SELECT t.id INTO wrong FROM touched t JOIN records_penalty p ON p.id = t.penalty_id
        WHERE p.state NOT IN ('draft', 'in_review', 'approved', 'published', 'suspended') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Event %: what happened to a fine is added to and never changed', wrong.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER penaltyevent_added AFTER INSERT ON records_penaltyevent
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION records_penaltyevent_added();
"""

LEDGER_BACK = """
DROP TRIGGER penaltyevent_added ON records_penaltyevent;
DROP FUNCTION records_penaltyevent_added();
DROP TRIGGER penaltyevent_kept ON records_penaltyevent;
DROP FUNCTION records_penaltyevent_kept();
DROP TRIGGER penalty_sums ON records_penalty;
DROP FUNCTION records_penalty_sums();
DROP TRIGGER ledger_update ON records_penaltyevent;
DROP TRIGGER ledger_insert ON records_penaltyevent;
DROP FUNCTION records_ledger();
DROP FUNCTION records_balances(bigint[]);
"""

KEPT = """
CREATE TRIGGER penalty_kept BEFORE DELETE ON records_penalty FOR EACH ROW
    WHEN (OLD.state <> 'draft') EXECUTE FUNCTION records_is_kept();

-- Earlier versions are added to; only with a sealed record do they go.
CREATE FUNCTION records_penaltyversion_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM records_penalty p WHERE p.id = OLD.penalty_id AND p.state = 'sealed') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Rows of % are kept: % is not possible', TG_TABLE_NAME, TG_OP USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER penaltyversion_append_only BEFORE UPDATE OR DELETE ON records_penaltyversion
    FOR EACH ROW EXECUTE FUNCTION records_penaltyversion_kept();
CREATE TRIGGER correction_kept BEFORE DELETE ON records_correction FOR EACH ROW
    EXECUTE FUNCTION records_penaltyversion_kept();
CREATE TRIGGER document_append_only BEFORE UPDATE OR DELETE ON records_document
    FOR EACH ROW EXECUTE FUNCTION records_is_kept();
CREATE TRIGGER withdrawal_append_only BEFORE UPDATE OR DELETE ON records_withdrawal
    FOR EACH ROW EXECUTE FUNCTION records_is_kept();
CREATE TRIGGER proposal_kept BEFORE DELETE ON records_proposal FOR EACH ROW EXECUTE FUNCTION records_is_kept();
CREATE TRIGGER proposal_decided BEFORE UPDATE ON records_proposal FOR EACH ROW
    WHEN (OLD.confirmed IS NOT NULL OR (OLD.penalty_id, OLD.verb, OLD.reason, OLD.document_id, OLD.hide_at, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.penalty_id, NEW.verb, NEW.reason, NEW.document_id, NEW.hide_at, NEW.by_id, NEW.at))
    EXECUTE FUNCTION records_is_kept();
CREATE TRIGGER provision_kept BEFORE UPDATE OF law_id, key ON records_provision FOR EACH ROW
    WHEN ((OLD.law_id, OLD.key) IS DISTINCT FROM (NEW.law_id, NEW.key)) EXECUTE FUNCTION records_is_kept();

-- By when a decision has to be withdrawn is counted in the working days of its authority.
CREATE FUNCTION records_withdrawal_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT records_working_day(NEW.caused_on, 3, a.weekend, a.holidays) INTO NEW.due_on
        FROM records_penalty p JOIN records_authority a ON a.id = p.authority_id WHERE p.id = NEW.penalty_id;
    RETURN NEW;
END $$;
CREATE TRIGGER withdrawal_due BEFORE INSERT ON records_withdrawal FOR EACH ROW EXECUTE FUNCTION records_withdrawal_due();

-- A rule version under which decisions are shown is a promise; only its last day may still be set.
CREATE FUNCTION records_rule_used() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE used bigint := CASE TG_TABLE_NAME WHEN 'records_ruleperiod' THEN (to_jsonb(OLD) ->> 'version_id')::bigint ELSE OLD.id END;
BEGIN
    IF EXISTS (SELECT FROM records_penalty p WHERE p.rule_version_id = used) THEN
        RAISE EXCEPTION 'Decisions are shown under version % of a rule set: it cannot change', used
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ruleversion_used BEFORE DELETE OR UPDATE OF rule_set_id, effective_from, zone, never, unless_necessary, needs,
    sha256 ON records_ruleversion FOR EACH ROW EXECUTE FUNCTION records_rule_used();
CREATE TRIGGER ruleperiod_used BEFORE DELETE OR UPDATE ON records_ruleperiod
    FOR EACH ROW EXECUTE FUNCTION records_rule_used();

-- Ratings of one place and scheme follow each other: none begins before the one before it has ended.
CREATE FUNCTION records_rating_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong record;
BEGIN
    SELECT n.id INTO wrong FROM newer n WHERE n.ended_at < n.publish_at LIMIT 1;
    IF NOT FOUND AND TG_OP = 'INSERT' THEN
        SELECT n.id INTO wrong FROM newer n JOIN records_rating r
            ON r.establishment_id = n.establishment_id AND r.scheme_id = n.scheme_id AND r.id <> n.id
            AND r.state <> 'withdrawn' AND n.state <> 'withdrawn'
            AND tstzrange(r.publish_at, r.ended_at) && tstzrange(n.publish_at, n.ended_at) LIMIT 1;
    END IF;
    IF wrong.id IS NOT NULL THEN
        RAISE EXCEPTION 'Rating %: two ratings of a place under a scheme do not hold at once', wrong.id
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rating_follows_insert AFTER INSERT ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_rating_follows();
CREATE TRIGGER rating_follows_update AFTER UPDATE ON records_rating
    REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION records_rating_follows();

-- A number of a business has the form of its numbering system.
ALTER TABLE records_businessidentifier ADD CONSTRAINT businessidentifier_form CHECK (value ~ CASE scheme
    WHEN 'cn-uscc' THEN '^[0-9A-HJ-NP-RTUW-Y]{18}$' WHEN 'cn-org' THEN '^[0-9A-Z]{8}[0-9X]$'
    WHEN 'cn-reg' THEN '^[0-9]{13,15}$' WHEN 'gb-coh' THEN '^[0-9A-Z]{8}$' WHEN 'us-ein' THEN '^[0-9]{2}-?[0-9]{7}$'
    WHEN 'lei' THEN '^[0-9A-Z]{18}[0-9]{2}$' ELSE '^[^[:space:]]' END);
"""

KEPT_BACK = """
ALTER TABLE records_businessidentifier DROP CONSTRAINT businessidentifier_form;
DROP TRIGGER rating_follows_update ON records_rating;
DROP TRIGGER rating_follows_insert ON records_rating;
DROP FUNCTION records_rating_follows();
DROP TRIGGER ruleperiod_used ON records_ruleperiod;
DROP TRIGGER ruleversion_used ON records_ruleversion;
DROP FUNCTION records_rule_used();
DROP TRIGGER withdrawal_due ON records_withdrawal;
DROP FUNCTION records_withdrawal_due();
DROP TRIGGER provision_kept ON records_provision;
DROP TRIGGER proposal_decided ON records_proposal;
DROP TRIGGER proposal_kept ON records_proposal;
DROP TRIGGER withdrawal_append_only ON records_withdrawal;
DROP TRIGGER document_append_only ON records_document;
DROP TRIGGER correction_kept ON records_correction;
DROP TRIGGER penaltyversion_append_only ON records_penaltyversion;
DROP FUNCTION records_penaltyversion_kept();
DROP TRIGGER penalty_kept ON records_penalty;
"""


class Migration(migrations.Migration):
    """Statement-level triggers where bulk loads pay for them, row-level ones where only a condition is looked at."""

    dependencies = (("records", "0007_penalties"),)
    operations = (
        migrations.RunSQL(PEOPLE, PEOPLE_BACK),
        migrations.RunSQL(BASIS, BASIS_BACK),
        migrations.RunSQL(CHECKS, CHECKS_BACK),
        migrations.RunSQL(LEDGER, LEDGER_BACK),
        migrations.RunSQL(STEPS, STEPS_BACK),
        migrations.RunSQL("\n".join(part_triggers()), "\n".join(part_triggers_back())),
        migrations.RunSQL(KEPT, KEPT_BACK),
    )
