"""What search engines ask for."""

from django.urls import path

from records.pages import sitemaps, views
from records.publication.caching import public_page

app_name = "pages_files"
urlpatterns = [
    path("robots.txt", public_page(views.robots), name="robots"),
    path("sitemap.xml", public_page(sitemaps.index), name="sitemap"),
    path("sitemap-<int:part>.xml", public_page(sitemaps.establishments), name="sitemap_part"),
    path("sitemap-decisions-<int:part>.xml", public_page(sitemaps.decisions), name="sitemap_decisions"),
    path("sitemap-laws-<int:part>.xml", public_page(sitemaps.laws), name="sitemap_laws"),
    path("sitemap-articles-<int:part>.xml", public_page(sitemaps.articles), name="sitemap_articles"),
    path("sitemap-businesses-<int:part>.xml", public_page(sitemaps.businesses), name="sitemap_businesses"),
]
