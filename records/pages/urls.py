"""The addresses of the pages room."""

from django.urls import path

from records.pages import views
from records.publication.caching import public_page

app_name = "pages"
urlpatterns = [
    path("", public_page(views.home), name="home"),
    path("find/", public_page(views.find), name="find"),
    path("help/", public_page(views.help_page), name="help"),
    path("help/no-total-score/", public_page(views.no_total_score), name="no_total_score"),
    path("data/", public_page(views.data), name="data"),
    path("accessibility/", public_page(views.accessibility), name="accessibility"),
    path("style-guide/", public_page(views.style_guide), name="style_guide"),
    path("card.png", public_page(views.card), name="card"),
]
