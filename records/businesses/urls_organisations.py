"""The addresses of organisations."""

from django.urls import path

from records.businesses import organisations
from records.publication.caching import public_page

app_name = "businesses"
urlpatterns = [
    path("", public_page(organisations.listing), name="list"),
    path("<str:reference>/", public_page(organisations.detail), name="detail"),
]
