"""What the attacks on decisions share: the statements of handing in and of an approval."""

from datetime import timedelta

from django.utils import timezone

from tests import make
from tests.publication.attack import execute

CHANGE = "UPDATE records_penalty SET {} WHERE id = %s"


def submit(penalty, role):
    return execute(
        "UPDATE records_penalty SET state = 'in_review', sanction_kinds = %s WHERE id = %s",
        penalty.parts().kinds, penalty.pk, role=role,
    )  # fmt: skip


def approval(penalty, **changes) -> tuple[str, list]:
    """The statement by which the check of a record fixes everything, with some of it changed."""
    checker = make.user("checker", penalty.authority)
    columns = penalty.fixed(penalty.verdict(checker)) | {"state": "approved", "checked_by": checker} | changes
    columns["publish_at"] = changes.get("publish_at", timezone.now() - timedelta(minutes=1))
    names = {"rule_version": "rule_version_id", "checked_by": "checked_by_id"}
    given = ", ".join(f"{names.get(name, name)} = %s" for name in columns)
    values = [getattr(value, "pk", value) for value in columns.values()]
    return f"UPDATE records_penalty SET {given} WHERE id = %s", [*values, penalty.pk]
