"""What ratings tell the intake: how a file of establishments, inspections and ratings enters the register."""

from django.db import connection, transaction
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from records.authorities.models import Authority
from records.intake import bulk
from records.intake.models import Batch
from records.intake.preview import Preview
from records.intake.reading import EVERYTHING
from records.intake.rows import Problem
from records.ratings.intake import companies, matching, merge, staging
from records.ratings.intake.words import ESTABLISHMENTS
from records.ratings.rulebook import SchemeVersion
from records.search.vocabulary import learn

TABLES = [f"records_{name}" for name in ("establishment", "spot", "inspection", "finding", "rating", "reply")]


class RatingIntake:
    """The room's part of the pipeline; see `records.intake.pipeline.Room`."""

    nouns = ESTABLISHMENTS
    two_people = False  # an import brings what its source has published already
    divisible = False  # what could not be read decides about the whole part
    stage = staticmethod(staging.stage_all)
    copy_keys = matching.COPY_KEYS
    copy_rows = matching.COPY

    def context(self, format, authority: str, only: bool) -> staging.Context:
        """Scheme versions by key and date, and whose rows are taken."""
        versions = {
            (key, on.isoformat()): number
            for number, key, on in SchemeVersion.objects.values_list("id", "scheme__key", "effective_from")
        }
        return staging.Context(
            versions, format.authority_prefix, authority, authority if only else "", localdate().isoformat(),
            format.whole_authorities,
        )  # fmt: skip

    def open(self, cursor) -> None:
        """Fresh staging tables."""
        cursor.execute(matching.KEYS)
        cursor.execute(matching.REFUSED)
        cursor.execute(matching.STAGE)

    def match(self, cursor, format, incomplete: list[str]) -> str:
        """Find what is new, changed, returned or vanished, and which numbers stand twice."""
        cursor.execute("ANALYZE keys")
        cursor.execute(matching.REPEATED)
        values = {"format": format.key, "incomplete": sorted(set(incomplete)), "everything": EVERYTHING}
        cursor.execute(matching.DIFF, values)
        cursor.execute("ANALYZE diff")
        return matching.WANTED

    def compare(self, cursor, format) -> Preview:
        """Refuse what belongs nowhere, then say what the rest would do."""
        cursor.execute(matching.ANALYZE_STAGE)
        preview = Preview()
        misplaced = list(self._misplaced(cursor, format))
        cursor.execute(matching.TOLD_REPEATED)
        repeated = [
            _problem(place, "establishment_id", number, _second(kept)) for place, number, kept in cursor
        ]
        preview.problems = [*repeated, *misplaced]
        cursor.execute(matching.SCOPES)
        for code, establishments, extracted_on in cursor.fetchall():
            preview.scopes[code], preview.extracted[code] = establishments, extracted_on
        cursor.execute(matching.COUNTS)
        staged, preview.new, preview.changed, preview.vanished, returned = cursor.fetchone()
        preview.unchanged = staged - preview.new - preview.changed - len(misplaced)
        cursor.execute(matching.EXISTING, {"format": format.key})
        preview.held = {code: (held, vanished) for code, held, vanished in cursor.fetchall()}
        if preview.changed:
            cursor.execute(matching.CHANGE_COUNTS)
            preview.kinds = dict(zip(matching.CHANGES, cursor.fetchone(), strict=True)) | {
                "returned": returned
            }
        for kind, query in matching.EXAMPLES.items():
            if preview.changed or kind in ("new", "vanished"):
                cursor.execute(query)
                preview.examples[kind] = [" | ".join(str(part) for part in row if part) for row in cursor]
        return preview

    def _misplaced(self, cursor, format):
        """Add the authorities that the file introduces with a name; refuse rows of any other unknown one."""
        cursor.execute(matching.NEW_AUTHORITIES)
        for code, name, website, email, domain, country in cursor.fetchall():
            Authority.objects.create(
                code=code, slug=_free_slug(name or code), name=name, website=_safe_address(website),
                email=email, domains=[domain], country=country or format.country, time_zone=format.time_zone,
            )  # fmt: skip
        cursor.execute(matching.UNKNOWN_AUTHORITY)
        for place, code in cursor.fetchall():
            yield _problem(
                place, "authority", code,
                _("No authority has this code. Add it in the back office, or with manage.py add_authority."),
            )  # fmt: skip
        cursor.execute(matching.OTHER_DOMAIN)
        for place, code, key, domain in cursor.fetchall():
            yield _problem(
                place, "scheme", key,
                _("The authority %(code)s does not act in the domain %(domain)s. "
                  "Correct the scheme, or the authority's domains.") % {"code": code, "domain": domain},
            )  # fmt: skip

    def commit(self, cursor, batch: Batch, format) -> None:
        """Bring the register to what the file says."""
        reason = _("The source published another one (%(file)s).") % {"file": batch.file_name}
        ended = _("The source no longer publishes a rating (%(file)s).") % {"file": batch.file_name}
        values = {"batch": batch.pk, "format": batch.format, "reason": reason[:300], "ended": ended[:300]}
        cursor.execute("SELECT set_config('placard.reason', %(reason)s, true)", values)
        cursor.execute("SELECT count(*) FILTER (WHERE what <> 'new') FROM diff")
        (known,) = cursor.fetchone()
        if known or not bulk.worth_it(cursor, TABLES, batch.new):
            self._write(cursor, values, known)
        else:
            with bulk.rebuilt(cursor, TABLES):
                self._write(cursor, values, known)
        companies.link(cursor)

    def _write(self, cursor, values: dict, known: int) -> None:
        statements = merge.INTO_KNOWN if known else merge.INTO_NEW
        for statement in statements:
            cursor.execute(statement, values if "%(" in statement else None)

    def settle(self, batch: Batch) -> None:
        """Teach the search the words of the names, and let the planner see the new rows."""
        if not batch.new and not batch.changed:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if batch.new >= bulk.WORTH_IT:
                cursor.execute(f"ANALYZE {', '.join(TABLES)}")
            learn(cursor, "establishment", batch.pk)


def _problem(place: str, field: str, value: str, message: str) -> Problem:
    """A problem at a place that staging wrote as "file, where"."""
    file, _separator, where = place.rpartition(", ")
    return Problem(file, where, field, value, message)


def _second(kept: str) -> str:
    return _(
        "This number stands more than once; what %(place)s says was taken. "
        "Give each establishment its own number."
    ) % {"place": kept}


def _safe_address(website: str) -> str:
    """The address of a website, or '': a page makes a link of it."""
    return website if website.lower().startswith(("https://", "http://")) else ""


def _free_slug(name: str) -> str:
    """A slug from a name that no authority has yet."""
    base = slugify(name, allow_unicode=True)[:70] or "authority"
    slug, number = base, 1
    while Authority.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
