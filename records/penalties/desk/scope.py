"""Within what a person chooses while entering a decision: their authority's places, and whom they may see."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from records.backoffice import access
from records.businesses.models import Business, Establishment

ADD = "records.add_penalty"


def authorities(user) -> tuple:
    """Those for which the person may enter decisions: as a member, never as the registrar of the site."""
    found = {m.authority_id: m.authority for m in access.memberships(user) if ADD in m.permissions}
    return tuple(sorted(found.values(), key=lambda authority: authority.name))


@dataclass(frozen=True)
class Scope:
    """One person entering a decision of one authority; the day and the domain as far as they are known.

    `held` is the record that is being edited: what it is linked with stays a choice, whatever became of it.
    """

    user: object
    authority: object
    decided_on: date | None = None
    domain: str = ""
    held: object = None

    @cached_property
    def establishments(self) -> QuerySet:
        """Places of the authority that were not merged into others."""
        own = Q(authority=self.authority, hide_at__isnull=True)
        if linked := getattr(self.held, "establishment_id", None):
            own |= Q(pk=linked)
        return Establishment.objects.filter(own).select_related("authority", "business")

    @cached_property
    def businesses(self) -> QuerySet:
        """Organisations; of sole traders, whose names are personal, only those who run a place of ours."""
        places = Establishment.objects.filter(business=OuterRef("pk"))
        own = [authority.pk for authority in authorities(self.user)]
        known = Exists(places.filter(authority__in=own)) | ~Exists(places)
        linked = Q(pk=getattr(self.held, "business_id", None))
        return Business.objects.filter(~Q(kind=Business.Kind.SOLE_TRADER) | known | linked)

    @property
    def domains(self) -> tuple[str, ...]:
        """The one that was chosen, else all of the authority."""
        return (self.domain,) if self.domain else tuple(self.authority.domains)

    @property
    def day(self) -> date:
        """The day of the decision, or today."""
        return self.decided_on or self.authority.today()
