"""The search for organisations: by the words of their names, and by their numbers in any register."""

from functools import cached_property
from operator import attrgetter

from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy

from records.businesses import identifiers
from records.businesses.models import Business, BusinessIdentifier
from records.search.keyset import Keyset
from records.search.listing import Listing

LONGEST_NUMBER = 80


def organisations():
    """All public organisations as pages show them: with their numbers; sole traders are not among them."""
    numbers = Prefetch("identifiers", BusinessIdentifier.objects.public())
    return Business.objects.public().prefetch_related(numbers)


def holders(text: str) -> list[int]:
    """Keys of the organisations that have this number, however it is written, in any numbering system."""
    if not text or len(text) > LONGEST_NUMBER:
        return []
    wanted = Q()
    for system in identifiers.SYSTEMS:
        if value := system.normalise(text):
            wanted |= Q(scheme=system.key, value=value)
    rows = BusinessIdentifier.objects.public().filter(wanted) if wanted else BusinessIdentifier.objects.none()
    return list(rows.values_list("business", flat=True).distinct())


class BusinessSearch(Listing):
    """The list of organisations that a URL asks for. Without a text none is listed: it is no directory."""

    orders = {
        "relevance": (gettext_lazy("best match"), None),
        "name": (gettext_lazy("name"), Keyset({"name": str}, said=attrgetter("name"))),
    }

    def __init__(self, data):
        super().__init__(data, organisations().searchable())

    @cached_property
    def numbered(self) -> list[int]:
        """Keys of those whose number was typed; then the words of names do not count."""
        return holders(self.text.text)

    def _order(self, value):
        order = super()._order(value)
        return "name" if self.numbered else order

    def _texted(self, rows, step):
        return rows.filter(pk__in=self.numbered) if self.numbered else super()._texted(rows, step)
