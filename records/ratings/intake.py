"""What ratings tell the intake: how a file of establishments, inspections and ratings enters the register."""

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.authorities.models import Authority
from records.intake.models import Batch
from records.intake.pipeline import Preview
from records.intake.rows import Problem
from records.ratings import companies, merge, staging
from records.ratings.models import SchemeVersion
from records.search.vocabulary import update_vocabulary

VOCABULARY = """
SELECT name FROM disclosed.records_establishment
UNION ALL SELECT replace(address, E'\\n', ' ') FROM disclosed.records_establishment WHERE address <> ''
"""


class RatingIntake:
    """The room's part of the pipeline; see `records.intake.pipeline.Room`."""

    stage = staticmethod(staging.stage_all)

    def context(self, format, authority: str, only: bool) -> staging.Context:
        """Scheme versions by key and date, and whose rows are taken."""
        versions = {
            (key, on.isoformat()): number
            for number, key, on in SchemeVersion.objects.values_list("id", "scheme__key", "effective_from")
        }
        return staging.Context(
            versions, format.authority_prefix, authority, authority if only else "", localdate().isoformat()
        )

    def open(self, cursor) -> str:
        """A fresh staging table."""
        cursor.execute(merge.STAGE)
        return merge.COPY

    def compare(self, cursor, format) -> Preview:
        """Refuse what cannot be told apart or placed, then compare the rest with the register."""
        cursor.execute("ANALYZE stage")
        preview = Preview()
        preview.problems = [*self._repeated(cursor), *self._misplaced(cursor, format)]
        cursor.execute(merge.SCOPES)
        preview.scopes = dict(cursor.fetchall())
        cursor.execute(merge.DIFF, {"format": format.key})
        cursor.execute("ANALYZE diff")
        cursor.execute(merge.COUNTS)
        staged, preview.new, preview.changed, preview.vanished, returned = cursor.fetchone()
        preview.unchanged = staged - preview.new - preview.changed
        cursor.execute(merge.EXISTING, {"format": format.key})
        (preview.existing,) = cursor.fetchone()
        cursor.execute(merge.CHANGE_COUNTS)
        preview.kinds = dict(zip(merge.CHANGES, cursor.fetchone(), strict=True)) | {"returned": returned}
        for kind, query in merge.EXAMPLES.items():
            cursor.execute(query)
            preview.examples[kind] = [" | ".join(str(part) for part in row if part) for row in cursor]
        return preview

    def _repeated(self, cursor):
        cursor.execute(merge.REPEATED)
        for place, source_id, kept in cursor.fetchall():
            file, _sep, where = place.rpartition(", ")
            yield Problem(
                file, where, "establishment_id", source_id,
                _("This number stands a second time; the first, %(place)s, was taken. Give each establishment its own number.")
                % {"place": kept},
            )  # fmt: skip

    def _misplaced(self, cursor, format):
        """Add the authorities that the file introduces with a name; refuse rows of any other unknown one."""
        cursor.execute(merge.NEW_AUTHORITIES)
        for code, name, website, email, domain in cursor.fetchall():
            Authority.objects.create(
                code=code, slug=_free_slug(name or code), name=name, website=website, email=email, domains=[domain],
                country=format.country, time_zone=format.time_zone,
            )  # fmt: skip
        cursor.execute(merge.UNKNOWN_AUTHORITY)
        for place, code in cursor.fetchall():
            file, _sep, where = place.rpartition(", ")
            yield Problem(
                file, where, "authority", code,
                _("No authority has this code. Add it in the back office, or with manage.py add_authority."),
            )  # fmt: skip
        cursor.execute(merge.OTHER_DOMAIN)
        for place, code, key, domain in cursor.fetchall():
            file, _sep, where = place.rpartition(", ")
            yield Problem(
                file, where, "scheme", key,
                _("The authority %(code)s does not act in the domain %(domain)s. Correct the scheme, or the authority's domains.")
                % {"code": code, "domain": domain},
            )  # fmt: skip

    def commit(self, cursor, batch: Batch) -> None:
        """Bring the register to what the file says."""
        reason = _("The source published another one (%(file)s).") % {"file": batch.file_name}
        values = {"batch": batch.pk, "format": batch.format, "reason": reason[:300]}
        cursor.execute("SELECT set_config('placard.reason', %(reason)s, true)", values)
        cursor.execute("SELECT count(*) FILTER (WHERE what <> 'new') FROM diff")
        (known,) = cursor.fetchone()
        for statement in (
            merge.INSERT_ESTABLISHMENTS,
            merge.UPDATE_ESTABLISHMENTS if known else "",
            merge.MARK_VANISHED if known else "",
            merge.VISITS if known else merge.VISITS_OF_NEW,
            "ANALYZE visits",
            merge.INSERT_INSPECTIONS,
            merge.SUPERSEDE_INSPECTIONS if known else "",
            merge.INSERT_FINDINGS,
            merge.STANDINGS,
            merge.SUPERSEDE_RATINGS if known else "",
            merge.INSERT_RATINGS,
            merge.FLAG_RATINGS if known else "",
            merge.REPLACE_REPLIES if known else "",
            merge.INSERT_REPLIES,
        ):
            if statement:
                cursor.execute(statement, values if "%(" in statement else None)
        companies.link(cursor)

    def settle(self, batch: Batch) -> None:
        """Teach the search the words of the names, and let the planner see the new rows."""
        if not batch.new and not batch.changed:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            update_vocabulary(cursor, VOCABULARY)


def _free_slug(name: str) -> str:
    """A slug from a name that no authority has yet."""
    base = slugify(name, allow_unicode=True)[:70] or "authority"
    slug, number = base, 1
    while Authority.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
