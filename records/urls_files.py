"""The site map of what programs read: one address, one content, whatever the language of the reader."""

from django.urls import include, path

urlpatterns = [
    path("", include("records.pages.urls_files")),
    path("", include("records.penalties.urls_files")),
    path("", include("records.ratings.urls_files")),
]
