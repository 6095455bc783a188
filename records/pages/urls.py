"""The addresses of the pages room."""

from django.urls import path

from records.pages import figures, texts, views
from records.publication.caching import public_page

app_name = "pages"
urlpatterns = [
    path("", public_page(views.home), name="home"),
    path("find/", public_page(views.find), name="find"),
    path("help/", public_page(views.help_page), name="help"),
    path("help/no-total-score/", public_page(views.no_total_score), name="no_total_score"),
    path("data/", public_page(views.data), name="data"),
    path("about/", public_page(texts.about), name="about"),
    path("contact/", public_page(texts.contact), name="contact"),
    path("privacy/", public_page(texts.privacy), name="privacy"),
    path("accessibility/", public_page(texts.accessibility), name="accessibility"),
    path("licence/", public_page(texts.licence), name="licence"),
    path("glossary/", public_page(texts.glossary), name="glossary"),
    path("figures/", public_page(figures.overview), name="figures"),
    path("figures/ages/", public_page(figures.ages), name="figures_ages"),
    path("figures/changes/", public_page(figures.changed), name="figures_changes"),
    path("figures/months/", public_page(figures.loads), name="figures_loads"),
    path("figures/appeals/", public_page(figures.contested), name="figures_appeals"),
    path("style-guide/", public_page(views.style_guide), name="style_guide"),
    path("card.png", public_page(views.card), name="card"),
]
