"""Decisions as files: the search, with an ending in place of the slash of its list, and the parts of one."""

from django.urls import path

from records.opendata.addresses import addresses
from records.penalties import corrections, views
from records.penalties.opendata import DECISIONS
from records.publication.caching import public_page

ONE = "penalties/<str:reference>"

app_name = DECISIONS.space
urlpatterns = [
    *addresses(DECISIONS, "penalties"),
    path("penalties/corrections.atom", public_page(corrections.feed), name="corrections"),
    path("penalties/removals.json", public_page(corrections.removals), name="removals"),
    path(f"{ONE}/v/<int:number>/record.json", public_page(views.record), name="record"),
    path(f"{ONE}/document/<int:pk>/", public_page(views.document), name="document"),
]
