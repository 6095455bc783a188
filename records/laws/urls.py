"""The addresses of the laws room."""

from django.urls import path

from records.laws import views
from records.publication.caching import public_page

app_name = "laws"
urlpatterns = [
    path("", public_page(views.listing), name="list"),
    path("<str:key>/", public_page(views.detail), name="detail"),
    path("<str:key>/<str:article>/", public_page(views.provision), name="provision"),
]
