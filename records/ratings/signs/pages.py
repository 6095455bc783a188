"""The public pages of signs: the sign itself, its badge, and the answer to who asks whether a sign stands."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse

from records.businesses.models import Establishment, EstablishmentAlias
from records.publication.caching import keep_until
from records.publication.permanent import permanent
from records.ratings import cards, versions
from records.ratings.signs import picture, verdict
from records.ratings.signs.codes import number_of
from records.ratings.signs.sign import Sign, qr
from records.search.reference import normalise_reference

LONGEST = 60


def detail(request, reference, scheme):
    """The sign of an establishment under a scheme, to print; why there is none, where there is none."""
    place = _place(reference)
    if place is None:
        raise Http404(reference)
    if place.reference != reference:
        return HttpResponsePermanentRedirect(reverse("signs:detail", args=[place.reference, scheme]))
    sign = _sign(request, place, scheme)
    if sign is None:
        raise Http404(scheme)
    context = {
        "sign": sign,
        "establishment": place,
        "badge_address": permanent(request, "signs:badge", place.reference, scheme),
        "page_address": permanent(request, "establishments:detail", place.reference),
        "picture": {"width": picture.WIDTH, "height": picture.HEIGHT},
    }
    if not sign.refusal:
        address = permanent(request, "verify:code", sign.code)
        short = permanent(request, "verify:form").split("://", 1)[1].rstrip("/")
        context |= {"address": address, "short_address": short, "qr": qr(address)}
    return render(request, "records/ratings/sign.html", context)


def badge(request, reference, scheme):
    """The badge that a business puts on its own site."""
    place = _place(reference)
    sign = _sign(request, place, scheme) if place else None
    if sign is None:
        return _picture(picture.unknown(settings.PLACARD_NAME), 404)
    if place.reference != reference:
        return HttpResponsePermanentRedirect(reverse("signs:badge", args=[place.reference, scheme]))
    return _picture(picture.of_sign(sign, settings.PLACARD_NAME))


def card(request, reference):
    """The picture that is shown where somebody passes on a link to the establishment."""
    place = _place(reference)
    if place is None or place.reference != reference:
        raise Http404(reference)
    keep_until(request, place.hide_at)
    return HttpResponse(cards.card(place, settings.PLACARD_NAME), content_type="image/png")


def verify(request, code=""):
    """Whether a sign stands: by the address in its QR code, or by the code that somebody typed."""
    typed = code or request.GET.get("code", "")[:LONGEST].replace("\0", "").strip()
    if not typed:
        return render(request, "records/ratings/verify.html", {"verdict": None})
    if not code and number_of(typed) is not None:
        return redirect("verify:code", verdict.of(typed).code)
    found = verdict.of(typed)
    if found.found:
        keep_until(request, found.establishment.hide_at)
    response = render(
        request,
        "records/ratings/verify.html",
        {"verdict": found, "typed": typed},
        status=200 if found.found else 404,
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# -- how


def _place(reference: str) -> Establishment | None:
    """The establishment that a reference, an old or a misread one stands for; None where there is none."""
    rows = Establishment.objects.public().select_related("authority").defer("search", "location")
    normal = normalise_reference(reference)
    found = rows.filter(reference=normal).first()
    if found is None:
        alias = EstablishmentAlias.objects.public().filter(reference=normal).first()
        found = rows.filter(pk=alias.establishment_id).first() if alias else None
    return found


def _sign(request, place: Establishment, scheme: str) -> Sign | None:
    """The sign; None where the establishment never had a rating under the scheme."""
    if versions.number_of(scheme) is None:
        return None
    sign = Sign(place, scheme)
    keep_until(request, place.hide_at)
    if sign.standing:
        keep_until(request, sign.standing.rating.hide_at)
    return sign if sign.exists else None


def _picture(drawn: str, status: int = 200) -> HttpResponse:
    headers = {
        "Content-Security-Policy": picture.policy(),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(drawn, status=status, content_type="image/svg+xml", headers=headers)
