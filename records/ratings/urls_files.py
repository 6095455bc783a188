"""The search of ratings as files: the address of the list with an ending in place of the slash."""

from records.opendata.addresses import addresses
from records.ratings.opendata import RATINGS

app_name = RATINGS.space
urlpatterns = addresses(RATINGS, "ratings")
