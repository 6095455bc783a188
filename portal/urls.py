"""The site: the rooms of records, their files, and the health of the whole.

Pages are there once for each language, under its prefix; what stands before them has one address.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.i18n import set_language

from portal.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("backoffice/language/", set_language, name="office_language"),
    path("backoffice/", include("records.admin")),
    path("", include("records.urls_files")),
    *i18n_patterns(path("", include("records.urls")), prefix_default_language=False),
]
