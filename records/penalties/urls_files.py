"""The search of decisions as files: the address of the list with an ending in place of the slash."""

from records.opendata.addresses import addresses
from records.penalties.opendata import DECISIONS

app_name = DECISIONS.space
urlpatterns = addresses(DECISIONS)
