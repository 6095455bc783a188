"""The site map: one include per room. Each page is there once for each language."""

from django.urls import include, path

urlpatterns = [
    path("", include("records.pages.urls")),
    path("penalties/", include("records.penalties.urls")),
    path("laws/", include("records.laws.urls")),
    path("ratings/", include("records.ratings.urls")),
    path("map/", include("records.ratings.urls_map")),
    path("signs/", include("records.ratings.urls_signs")),
    path("verify/", include("records.ratings.urls_verify")),
    path("establishments/", include("records.businesses.urls")),
    path("businesses/", include("records.businesses.urls_organisations")),
    path("authorities/", include("records.authorities.urls")),
]
