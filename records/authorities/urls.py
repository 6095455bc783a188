"""The addresses of the authorities room."""

from django.urls import path

from records.authorities import views
from records.publication.caching import public_page

app_name = "authorities"
urlpatterns = [
    path("", public_page(views.tree), name="list"),
    path("<str:slug>/", public_page(views.detail), name="detail"),
]
