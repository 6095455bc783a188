"""What a person may do for one authority: the vocabulary of roles and what each is allowed."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Role:
    """A role at one authority: slug, words, and the room's permissions that come with it."""

    slug: str
    label: str
    explanation: str
    permissions: tuple[str, ...]


_READ = (
    "records.view_authority",
    "records.view_business",
    "records.view_businessidentifier",
    "records.view_establishment",
    "records.view_establishmentversion",
    "records.view_inspection",
    "records.view_finding",
    "records.view_rating",
    "records.view_reply",
    "records.view_batch",
    "records.view_importproblem",
    "records.view_transition",
    "records.view_schemeversion",
)
_WRITE = (
    "records.add_establishment",
    "records.change_establishment",
    "records.add_inspection",
    "records.change_inspection",
    "records.delete_inspection",
    "records.add_finding",
    "records.change_finding",
    "records.delete_finding",
    "records.add_business",
    "records.change_business",
    "records.add_businessidentifier",
    "records.change_businessidentifier",
)

ROLES = (
    Role(
        "clerk",
        _("Clerk"),
        _("Enters establishments and inspections, uploads files."),
        (*_READ, *_WRITE, "records.add_batch"),
    ),
    Role(
        "checker",
        _("Checker"),
        _("Checks and publishes what another person entered."),
        (*_READ, "records.check_inspection", "records.confirm_batch"),
    ),
    Role("auditor", _("Auditor"), _("Reads everything of the authority, changes nothing."), _READ),
)

BY_SLUG = {role.slug: role for role in ROLES}


def choices():
    """Pairs of slug and label, for forms and columns."""
    return [(role.slug, role.label) for role in ROLES]
