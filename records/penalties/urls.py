"""The addresses of the penalties room."""

from django.urls import path

from records.penalties import corrections, views
from records.publication.caching import public_page

app_name = "penalties"
urlpatterns = [
    path("", public_page(views.listing), name="list"),
    path("corrections/", public_page(corrections.listing), name="corrections"),
    path("<str:reference>/", public_page(views.detail), name="detail"),
    path("<str:reference>/card.png", public_page(views.card), name="card"),
    path("<str:reference>/v/<int:number>/", public_page(views.version), name="version"),
]
