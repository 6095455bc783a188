"""Whose records a person may see and change: memberships turned into sets of authorities.

A membership is one person's role at one authority; `user.memberships` is all that is asked of the room that
keeps them. A superuser, the registrar of the installation, reaches every authority.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Reach:
    """The authorities for which a person holds a permission; `everywhere` needs no list."""

    everywhere: bool
    authorities: tuple = ()

    def __bool__(self):
        return self.everywhere or bool(self.authorities)

    @cached_property
    def keys(self) -> frozenset[int]:
        """Their row numbers."""
        return frozenset(authority.pk for authority in self.authorities)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Their codes, as files and imports know them."""
        return frozenset(authority.code for authority in self.authorities)

    def holds(self, authority) -> bool:
        """Whether it reaches that authority, given as a record or as its code."""
        if self.everywhere:
            return True
        return authority in self.codes if isinstance(authority, str) else authority.pk in self.keys

    def within(self, queryset, path: str):
        """The rows whose authority, at the end of `path` (a row number or a code), is reached."""
        if self.everywhere:
            return queryset
        keys = self.codes if path.endswith("code") else self.keys
        return queryset.filter(**{f"{path}__in": keys}) if keys else queryset.none()


NOWHERE = Reach(False)


def memberships(user) -> list:
    """The person's memberships with their authorities, asked once per request."""
    if not user.is_active or user.is_anonymous:
        return []
    held = getattr(user, "_memberships", None)
    if held is None:
        held = user._memberships = list(user.memberships.select_related("authority"))
    return held


def reach(user, *permissions: str) -> Reach:
    """The authorities where the person has any of the permissions ("records.change_inspection")."""
    if user.is_active and user.is_superuser:
        return Reach(True)
    wanted = set(permissions)
    found = {m.authority_id: m.authority for m in memberships(user) if wanted & set(m.permissions)}
    return Reach(False, tuple(found.values()))


def may_enter(user) -> bool:
    """Whether the back office is open to the person: a registrar, or a member of any authority."""
    return user.is_active and (user.is_superuser or bool(memberships(user)))


def all_authorities(user):
    """Every authority, for a registrar; through the memberships, which know whose records those are."""
    return user.memberships.model._meta.get_field("authority").related_model._default_manager.order_by("name")
