"""The addresses of establishments."""

from django.urls import path

from records.businesses import views
from records.publication.caching import public_page

app_name = "establishments"
urlpatterns = [path("<str:reference>/", public_page(views.detail), name="detail")]
