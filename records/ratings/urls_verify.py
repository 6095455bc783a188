"""Where a sign is checked: short, because people type it."""

from django.urls import path

from records.publication.caching import public_page
from records.ratings.signs import pages

app_name = "verify"
urlpatterns = [
    path("", public_page(pages.verify), name="form"),
    path("<str:code>", public_page(pages.verify), name="code"),
]
