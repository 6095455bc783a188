"""Brings the scheme files and the permitted steps into the database: rows, and rules compiled to SQL."""

from django.db import connections, transaction

from records.publication.rulebook import sync_steps
from records.ratings import schemes, versions
from records.ratings.models import Inspection, Rating
from records.ratings.rulebook import Scheme, SchemeStatus, SchemeValue, SchemeVersion

_DISPATCH = """
CREATE OR REPLACE FUNCTION disclosed.grade(version bigint, scores jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF scores IS NULL THEN
        RETURN '';
    END IF;
    CASE version
{branches}
    ELSE
        RAISE EXCEPTION 'No rule is loaded for version % of a scheme: run manage.py sync_schemes', version;
    END CASE;
END $$
"""


class SchemeInUseError(Exception):
    """The rule of a version that has graded inspections was changed; it needs a new version instead."""


def sync(using: str = "default") -> list[str]:
    """Make the database know every scheme version on disk; the versions that were added or changed.

    Needs the owner of the database, because rules become functions. Raises SchemeInUseError.
    """
    versions.forget()
    touched = []
    with transaction.atomic(using=using):
        sync_steps(using)
        for scheme in schemes.all_versions():
            if _sync_version(scheme, using):
                touched.append(f"{scheme.key} {scheme.version}")
        _dispatch(using)
    return touched


def version_of(scheme, using: str = "default") -> SchemeVersion:
    """The row of a scheme version; DoesNotExist when the files were not synced."""
    return SchemeVersion.objects.using(using).get(
        scheme__key=scheme.key, effective_from=scheme.effective_from
    )


def _sync_version(scheme, using: str) -> bool:
    """One version: its row, values, statuses and function. True when anything was new."""
    parent, _created = Scheme.objects.using(using).get_or_create(
        key=scheme.key, defaults={"domain": scheme.domain}
    )
    row, created = SchemeVersion.objects.using(using).get_or_create(
        scheme=parent,
        effective_from=scheme.effective_from,
        defaults={"effective_until": scheme.effective_until, "sha256": scheme.fingerprint},
    )
    changed = row.sha256 != scheme.fingerprint
    if changed and _in_use(row, using):
        raise SchemeInUseError(
            f"The rule of {scheme.key} {scheme.version} was changed in its file, but inspections were graded "
            "by it. Undo the change, and put the new rule into a file of its own with a later effective_from."
        )
    if row.effective_until != scheme.effective_until or changed:
        row.effective_until, row.sha256 = scheme.effective_until, scheme.fingerprint
        row.save(using=using, update_fields=["effective_until", "sha256"])
    if created or changed:
        _values(scheme, row, using)
    with connections[using].cursor() as cursor:
        cursor.execute(schemes.sql.function(scheme, f"disclosed.grade_{row.pk}"))
    return created or changed


def _in_use(row: SchemeVersion, using: str) -> bool:
    return any(model.objects.using(using).filter(version=row).exists() for model in (Inspection, Rating))


def _values(scheme, row: SchemeVersion, using: str) -> None:
    SchemeValue.objects.using(using).filter(version=row).delete()
    SchemeStatus.objects.using(using).filter(version=row).delete()
    SchemeValue.objects.using(using).bulk_create(
        SchemeValue(version=row, key=value.key, position=position)
        for position, value in enumerate(scheme.values)
    )
    SchemeStatus.objects.using(using).bulk_create(
        SchemeStatus(version=row, key=s.key) for s in scheme.statuses
    )


def _dispatch(using: str) -> None:
    numbers = SchemeVersion.objects.using(using).order_by("pk").values_list("pk", flat=True)
    branches = "\n".join(
        f"    WHEN {number} THEN RETURN coalesce(disclosed.grade_{number}(scores), '');" for number in numbers
    )
    if branches:
        with connections[using].cursor() as cursor:
            cursor.execute(_DISPATCH.format(branches=branches))
