"""The addresses of signs and badges; they stand on paper and on other sites, so they stay."""

from django.urls import path

from records.publication.caching import public_page
from records.ratings.signs import pages

app_name = "signs"
urlpatterns = [
    path("<str:reference>/card.png", public_page(pages.card), name="card"),
    path("<str:reference>/<slug:scheme>/", public_page(pages.detail), name="detail"),
    path("<str:reference>/<slug:scheme>/badge.svg", public_page(pages.badge), name="badge"),
]
