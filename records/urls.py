"""The site map: one include per room."""

from django.urls import include, path

urlpatterns = [
    path("", include("records.pages.urls")),
    path("penalties/", include("records.penalties.urls")),
    path("penalties.", include("records.penalties.urls_files")),
    path("laws/", include("records.laws.urls")),
    path("ratings/", include("records.ratings.urls")),
    path("ratings.", include("records.ratings.urls_files")),
    path("establishments/", include("records.businesses.urls")),
    path("businesses/", include("records.businesses.urls_organisations")),
    path("authorities/", include("records.authorities.urls")),
]
