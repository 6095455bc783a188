"""The room's part of the pipeline for decisions; see `records.intake.pipeline.Room`."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from records.intake import bulk
from records.intake.models import Batch
from records.intake.preview import Preview
from records.penalties.intake import matching, merge, renewal, staging, supplies, telling
from records.penalties.intake.context import context
from records.search.vocabulary import empty_pending, learn


class PenaltyIntake:
    """How a file of decisions enters the register: through the gates, and on the word of two people."""

    nouns = telling.DECISIONS
    two_people = True
    divisible = True
    stage = staticmethod(staging.stage_all)
    copy_keys = matching.COPY_KEYS
    copy_rows = matching.COPY

    def context(self, format, authority: str, only: bool) -> object:
        """Authorities, laws, catalogue and rule sets; and whose rows are taken."""
        return context(format, authority, only)

    def open(self, cursor) -> None:
        """Fresh staging tables."""
        for statement in (matching.KEYS, matching.REPEATED_TABLE, matching.STAGE):
            cursor.execute(statement)

    def match(self, cursor, format, incomplete: list[str]) -> str:
        """Find what is new or changed, and which numbers stand twice. Nothing vanishes."""
        cursor.execute("ANALYZE keys")
        for statement in (matching.REPEATED, matching.HELD, "ANALYZE held", matching.DIFF, "ANALYZE diff"):
            cursor.execute(statement)
        return matching.WANTED

    def compare(self, cursor, format) -> Preview:
        """What the rows that were taken would do, and what the register does not let change."""
        for statement in (matching.ANALYZE_STAGE, matching.CITED, matching.FOUND, "ANALYZE cited, found"):
            cursor.execute(statement)
        preview = Preview(problems=list(self._clashing(cursor)))
        cursor.execute(matching.COUNTS)
        preview.new, content, events, preview.unchanged = cursor.fetchone()
        preview.changed = content + events
        preview.kinds = {"content": content, "events": events}
        cursor.execute(matching.EXISTING, {"format": format.key})
        preview.held = {code: (held, 0) for code, held in cursor.fetchall()}
        for kind, query in matching.EXAMPLES.items():
            cursor.execute(query)
            preview.examples[kind] = [" | ".join(str(part) for part in row if part) for row in cursor]
        preview.remarks = self._remarks(cursor)
        return preview

    def _clashing(self, cursor):
        cursor.execute(matching.TOLD_REPEATED)
        for place, number, kept in cursor.fetchall():
            yield telling.placed(place, "decision_number", number, telling.second(kept))
        cursor.execute(matching.CLASHING)
        for place, number, what, reference in cursor.fetchall():
            if what == "annulled":  # the gates have said so; that it is shown, they could not know
                yield telling.placed(place, "event", number, telling.withdrawn_by_source(reference))
            else:
                yield telling.placed(place, "decision_number", number, telling.CLASHES[what])

    def _remarks(self, cursor) -> list[str]:
        cursor.execute(matching.OUTCOMES)
        outcomes = dict(cursor.fetchall())
        cursor.execute(matching.REMARKS)
        found = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
        found |= {"archived": outcomes.pop("archive", 0), "held": outcomes.pop("hold", 0)}
        return telling.remarks(found, outcomes)

    def commit(self, cursor, batch: Batch, format) -> None:
        """Bring the register to what the file says."""
        supplies.add(cursor, batch, format)
        reason = _("The source published another one (%(file)s).") % {"file": batch.file_name}
        merge.bring_new(cursor, batch)
        renewal.bring_changed(cursor, batch, reason[:300])
        empty_pending(cursor, "records_indexcard")

    def settle(self, batch: Batch) -> None:
        """Teach the search the words of the texts, and let the planner see the new rows."""
        if not batch.new and not batch.changed:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if batch.new >= bulk.WORTH_IT:
                cursor.execute(f"ANALYZE records_document, {', '.join(merge.TABLES)}")
            learn(cursor, "penalty", batch.pk)
