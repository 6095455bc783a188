"""The site: the rooms of records, and the health of the whole."""

from django.urls import include, path

from portal.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("backoffice/", include("records.admin")),
    path("", include("records.urls")),
]
