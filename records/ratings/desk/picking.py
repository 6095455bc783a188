"""The first step of entering an inspection: which establishment, and which schemes it may be rated by."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from records.businesses.models import Establishment
from records.ratings import publication, schemes
from records.search import ranking, text
from records.search.reference import normalise_reference

FOUND = 10
PREFIXES = {"gb": "uk"}
"""Country of an authority -> beginning of the keys of its schemes, where the two differ."""


def matching(queryset, typed: str):
    """The establishments of a queryset that match what was typed: name, address, postcode or reference.

    Best first, closed ones after all others; at most ten.
    """
    query = text.parse(typed)
    for step in query.ladder():
        found = list(ranking.ranked(queryset, step, query.words)[:FOUND])
        if found:
            return sorted(found, key=lambda place: place.closed_on is not None)
    reference = normalise_reference(typed)
    return list(queryset.filter(reference=reference)[:1]) if reference else []


def scheme_choices(establishment) -> list[schemes.Scheme]:
    """The newest version of each scheme in the authority's domains: first those that this place and this
    authority used last, then those of the authority's country."""
    authority = establishment.authority
    latest = {s.key: s for s in schemes.all_versions() if s.domain in authority.domains}
    used = list(
        establishment.inspections.order_by("-inspected_on", "-pk").values_list(
            "version__scheme__key", flat=True
        )[:1]
    )
    newest = authority.establishments.filter(ratings__state="published").order_by("-ratings__pk")
    used += list(newest.values_list("ratings__scheme__key", flat=True)[:1])
    country, variant = authority.country[:2].lower(), publication.VARIANTS.get(authority.country)
    home = f"{PREFIXES.get(country, country)}-"

    def place(scheme):
        rank = used.index(scheme.key) if scheme.key in used else len(used)
        national = bool(country) and scheme.key.startswith(home)
        return rank, variant not in {v.key for v in scheme.variants}, not national, scheme.title()

    return sorted(latest.values(), key=place)


class Picking:
    """Finds establishments by typing; a part of the views of `InspectionAdmin`."""

    def establishments(self, request):
        """Those of the authorities where the person may enter inspections."""
        shown = Establishment.objects.filter(hide_at__isnull=True).select_related("authority")
        return self.reach(request, "add").within(shown, "authority")

    def suggest_view(self, request):
        """What matches the words typed, as JSON for the script of the first step."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        found = matching(self.establishments(request), request.GET.get("q", ""))
        return JsonResponse(
            {"found": [self._suggestion(e) for e in found]}, headers={"Cache-Control": "no-store"}
        )

    def _suggestion(self, establishment) -> dict:
        place = ", ".join(filter(None, [*establishment.address.split("\n"), establishment.postcode]))
        notes = [place, _("closed") if establishment.closed_on else ""]
        url = f"{reverse('admin:records_inspection_add')}?establishment={establishment.pk}"
        return {"label": establishment.name, "detail": " · ".join(filter(None, notes)), "url": url}

    def _pick(self, request):
        typed = request.GET.get("q", "")
        found = [self._suggestion(e) for e in matching(self.establishments(request), typed)] if typed else []
        context = self.admin_site.each_context(request) | {
            "title": _("Enter an inspection"), "opts": self.opts, "typed": typed, "found": found, "add": True,
            "may_add_establishment": self.admin_site.related(Establishment).has_add_permission(request),
        }  # fmt: skip
        return TemplateResponse(request, "records/backoffice/inspection_pick.html", context)
