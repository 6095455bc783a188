"""What search engines ask for."""

from django.urls import path

from records.pages import views
from records.publication.caching import public_page

app_name = "pages_files"
urlpatterns = [
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
