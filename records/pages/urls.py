"""The addresses of the pages room."""

from django.urls import path

from records.pages import views
from records.publication.caching import public_page

app_name = "pages"
urlpatterns = [
    path("", public_page(views.home), name="home"),
    path("help/", public_page(views.help_page), name="help"),
    path("help/no-total-score/", public_page(views.no_total_score), name="no_total_score"),
    path("data/", public_page(views.data), name="data"),
    path("accessibility/", public_page(views.accessibility), name="accessibility"),
    path("style-guide/", public_page(views.style_guide), name="style_guide"),
    path("robots.txt", public_page(views.robots), name="robots"),
    path("sitemap.xml", public_page(views.sitemap), name="sitemap"),
    path("sitemap-<int:part>.xml", public_page(views.sitemap_part), name="sitemap_part"),
    path(
        "sitemap-decisions-<int:part>.xml",
        public_page(views.sitemap_decisions),
        name="sitemap_decisions",
    ),
    path("sitemap-laws-<int:part>.xml", public_page(views.sitemap_laws), name="sitemap_laws"),
    path("sitemap-articles-<int:part>.xml", public_page(views.sitemap_articles), name="sitemap_articles"),
    path(
        "sitemap-businesses-<int:part>.xml",
        public_page(views.sitemap_businesses),
        name="sitemap_businesses",
    ),
]
