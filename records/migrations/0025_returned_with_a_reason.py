"""What had been submitted becomes a draft again without a reason only by who entered it.

In the trace both steps lead from review to draft, and the reason alone tells them apart: who checks returns
a record and says why, a clerk takes it back and need not. So that the trace can be believed, the database
asks who it was.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION records_transition_returns() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.by_id IS DISTINCT FROM (CASE NEW.kind
        WHEN 'inspection' THEN (SELECT entered_by_id FROM records_inspection WHERE id = NEW.record_id)
        WHEN 'penalty' THEN (SELECT entered_by_id FROM records_penalty WHERE id = NEW.record_id)
        WHEN 'correction' THEN (SELECT entered_by_id FROM records_correction WHERE id = NEW.record_id) END)
    THEN
        RAISE EXCEPTION 'The % % is returned with a reason, unless who entered it takes it back',
            NEW.kind, NEW.record_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER transition_returns AFTER INSERT ON records_transition
    FOR EACH ROW WHEN (NEW.source = 'in_review' AND NEW.target = 'draft' AND btrim(NEW.reason) = '')
    EXECUTE FUNCTION records_transition_returns();
"""

BACKWARD = """
DROP TRIGGER transition_returns ON records_transition;
DROP FUNCTION records_transition_returns();
"""


class Migration(migrations.Migration):
    """A trigger of the trace."""

    dependencies = (("records", "0024_told"),)
    operations = (migrations.RunSQL(FORWARD, BACKWARD),)
