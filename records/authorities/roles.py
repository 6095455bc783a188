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
    "records.view_law",
    "records.view_provision",
    "records.view_violationtype",
    "records.view_penalty",
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
    "records.add_penalty",
    "records.change_penalty",
)

ROLES = (
    Role(
        "clerk",
        _("Clerk"),
        _("Enters establishments, inspections and decisions, uploads files."),
        (*_READ, *_WRITE, "records.add_batch"),
    ),
    Role(
        "checker",
        _("Checker"),
        _("Checks what another person entered: approves, returns or refuses it, and withdraws."),
        (*_READ, "records.check_inspection", "records.check_penalty", "records.confirm_batch"),
    ),
    Role(
        "publisher",
        _("Publisher"),
        _("Publishes approved decisions that another person entered."),
        (*_READ, "records.publish_penalty"),
    ),
    Role(
        "adjudicator",
        _("Adjudicator"),
        _("Decides on objections: hides a decision, shows it again, ends its display early."),
        (*_READ, "records.adjudicate_penalty"),
    ),
    Role(
        "registrar",
        _("Registrar"),
        _("Runs the register: may hide a decision at once, and never writes what one says."),
        (*_READ, "records.hide_penalty", "records.change_law", "records.add_law"),
    ),
    Role(
        "dpo",
        _("Data-protection officer"),
        _("Hides a decision that may hold personal data, and has hidden ones sealed."),
        (*_READ, "records.protect_penalty"),
    ),
    Role("auditor", _("Auditor"), _("Reads everything of the authority, changes nothing."), _READ),
)

BY_SLUG = {role.slug: role for role in ROLES}


def choices():
    """Pairs of slug and label, for forms and columns."""
    return [(role.slug, role.label) for role in ROLES]
