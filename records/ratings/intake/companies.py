"""Links staged establishments to the businesses that run them: by number, never by name alone."""

from django.db.models import Q

from records.businesses import identifiers
from records.businesses.models import Business, BusinessIdentifier, Establishment

_STAGED = """
SELECT d.establishment_id, s.company, s.company_scheme, s.company_id
FROM diff d JOIN stage s ON s.no = d.no AND s.first
WHERE s.company <> '' ORDER BY d.establishment_id
"""


def link(cursor) -> None:
    """Give each new or changed establishment of the staging table its business.

    Equal names are not one company: without a number, each establishment gets a business of its own.
    """
    cursor.execute(_STAGED)
    for establishment_id, name, scheme, number in cursor.fetchall():
        establishment = Establishment.objects.select_related("business").get(pk=establishment_id)
        business = _business(establishment, name, scheme, number)
        if establishment.business_id != business.pk:
            Establishment.objects.filter(pk=establishment_id).update(business=business)


def _business(establishment: Establishment, name: str, scheme: str, number: str) -> Business:
    if scheme and number:
        system = identifiers.BY_KEY[scheme]
        value = system.normalise(number)
        held = (
            BusinessIdentifier.objects.filter(scheme=scheme, value=value).select_related("business").first()
        )
        if held:
            return held.business
        kind = Business.Kind.SOLE_TRADER if system.names_a_person(value) else Business.Kind.ORGANISATION
        business = Business.objects.create(name=name, name_published=name, kind=kind)
        BusinessIdentifier.objects.create(business=business, scheme=scheme, value=value)
        return business
    own = establishment.business
    if own and own.name_published == name and not own.identifiers.exists():
        return own
    if (
        own
        and not Establishment.objects.filter(~Q(pk=establishment.pk), business=own).exists()
        and not own.identifiers.exists()
    ):
        own.name = own.name_published = name
        own.save(update_fields=["name", "name_published"])
        return own
    return Business.objects.create(name=name, name_published=name)
