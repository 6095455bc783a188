"""The addresses of the ratings room."""

from django.urls import path

from records.publication.caching import public_page
from records.ratings import views

app_name = "ratings"
urlpatterns = [
    path("", public_page(views.listing), name="list"),
    path("schemes/", public_page(views.scheme_list), name="schemes"),
    path("schemes/<slug:key>/", public_page(views.scheme_detail), name="scheme"),
]
