"""The public page of an establishment."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render

from records.businesses.history import changes
from records.businesses.models import Establishment, EstablishmentAlias
from records.intake.models import BatchScope
from records.search.reference import normalise_reference


def detail(request, reference):
    """One establishment; an old or misread reference leads to the right one for ever."""
    establishment = (
        Establishment.objects.public()
        .select_related("authority", "business", "batch")
        .defer("search")
        .filter(reference=reference)
        .first()
    )
    if establishment is None:
        return HttpResponsePermanentRedirect(_meant(reference).get_absolute_url())
    context = {
        "establishment": establishment,
        "changes": changes(establishment, establishment.versions.public()),
        "identifiers": establishment.business.identifiers.public() if establishment.business else (),
        "reply": establishment.replies.public().first(),
        "confirmed": _confirmed(establishment),
    }
    return render(request, "records/businesses/detail.html", context)


def _confirmed(establishment):
    """The newest load of its authority, where it is one that still has the establishment."""
    if not establishment.batch_id or establishment.left_source_at:
        return None
    loads = BatchScope.objects.public().filter(authority_code=establishment.authority.code)
    return loads.select_related("batch").order_by("-batch_id").first()


def _meant(reference):
    """The establishment that a misread or old reference stands for; Http404 when there is none."""
    normal = normalise_reference(reference)
    rows = Establishment.objects.public()
    found = rows.filter(reference=normal).first() if normal != reference else None
    if found is None:
        alias = EstablishmentAlias.objects.public().filter(reference=normal).first()
        found = rows.filter(pk=alias.establishment_id).first() if alias else None
    if found is None:
        raise Http404(reference)
    return found
