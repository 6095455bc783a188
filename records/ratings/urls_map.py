"""The addresses of the map."""

from django.urls import path

from records.publication.caching import public_page
from records.ratings import atlas

app_name = "map"
urlpatterns = [
    path("", public_page(atlas.page), name="page"),
    path("marks.json", public_page(atlas.marks), name="marks"),
]
