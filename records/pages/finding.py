"""One box for everything: what was typed as a number of a record, or else as words in every list.

A reference, the number of a decision or of an organisation leads to its record, where only one has it; the
code of a sign to the answer whether it is current. An article leads to the decisions under it, and a sentence
("fines over 10,000 in 2026") to those it means. Whatever it is, the first few of each list are looked up.
"""

import re
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from records.businesses.models import Business, Establishment, EstablishmentAlias
from records.businesses.search import BusinessSearch, holders, organisations
from records.laws import finding
from records.opendata.addresses import files
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.penalties.opendata import DECISIONS
from records.penalties.search import PenaltySearch, decisions
from records.penalties.visible import PenaltyNotice
from records.ratings.search import RatingSearch
from records.ratings.signs import verdict
from records.search.parameters import Parameters
from records.search.reference import normalise_reference
from records.search.text import TsQuery, parse

SHOWN = 4
"""So many of each list."""
_REFERENCE = re.compile(r"[0-9a-hjkmnp-tv-z]{7}")
LONGEST_CODE = 16
"""Eight letters and what people write between them."""
_POSTCODE = re.compile(r"\d{1,6}")
"""A number so short and plain may as well be a postcode."""


class Finding:
    """What there is for a text. BadParameter where the address says anything else."""

    def __init__(self, data):
        self.parameters = Parameters(data, ("q",))
        self.text = parse(self.parameters.get("q"))
        self.typed = self.text.text if self.text else ""  # signs alone are nothing

    @cached_property
    def target(self) -> str:
        """The address of the only record that has just this number; '' where there is none or a choice."""
        if not self.exact and (sign := self._sign()):
            return sign
        if len(self.exact) != 1 or not self._has_digit or _POSTCODE.fullmatch(self.typed):
            return ""
        return self.exact[0].get_absolute_url()

    @cached_property
    def exact(self) -> list:
        """The records that have just this reference or number."""
        return [*self._referred(), *self._numbered(), *self._organisations()] if self.typed else []

    def _sign(self) -> str:
        """The answer about the sign with this code; '' where the register knows none."""
        if not self.typed or len(self.typed) > LONGEST_CODE:
            return ""
        found = verdict.of(self.typed)
        return reverse("verify:code", args=[found.code]) if found.found else ""

    @property
    def _has_digit(self) -> bool:
        return any(letter.isdigit() for letter in self.typed)

    def _referred(self) -> list:
        reference = normalise_reference(self.typed)
        if not _REFERENCE.fullmatch(reference):
            return []
        held = [
            rows.filter(reference=reference).first()
            for rows in (Establishment.objects.public(), Business.objects.public(), Penalty.objects.public())
        ]
        if not any(held):
            alias = EstablishmentAlias.objects.public().filter(reference=reference).first()
            merged = Establishment.objects.public().filter(pk=alias.establishment_id) if alias else ()
            held = [*merged, PenaltyNotice.objects.public().filter(reference=reference).first()]
        return [record for record in held if record]

    def _numbered(self) -> list:
        number = "".join(self.text.words)[:100]
        if not self._has_digit:
            return []
        cards = IndexCard.objects.public().filter(words=TsQuery(f"'#{number}'"))
        return list(decisions().filter(pk__in=list(cards.values_list("pk", flat=True)[:SHOWN])))

    def _organisations(self) -> list:
        return list(organisations().filter(pk__in=holders(self.typed)[:SHOWN])) if self._has_digit else []

    # -- the lists

    @cached_property
    def articles(self) -> list:
        """The articles that it may name."""
        if not self._has_digit and not set("条條") & set(self.typed):
            return []
        return finding.provisions(self.typed, SHOWN, using="public")

    @cached_property
    def laws(self) -> list:
        """The laws that it may name."""
        return finding.laws(self.typed, SHOWN, using="public")

    @cached_property
    def establishments(self):
        """The search of ratings."""
        return self._first_of(RatingSearch)

    @cached_property
    def businesses(self):
        """The search of organisations."""
        return self._first_of(BusinessSearch)

    @cached_property
    def decisions(self):
        """The search of decisions."""
        return self._first_of(PenaltySearch)

    @cached_property
    def read(self) -> list:
        """(search, link, files) of the decisions that the text means where it is read as a sentence."""
        if not self._has_digit:
            return []
        found = []
        for search in self.decisions.read:
            search.size, link = SHOWN, search.parameters.without()
            found.append((search, reverse("penalties:list") + link, files(DECISIONS, link)))
        return found

    @cached_property
    def lists(self) -> list:
        """(what it is of, its search, link to all of it) of the lists in which something is found."""
        if not self.typed:
            return []
        offered = (
            ("establishments", self.establishments, "ratings:list"),
            ("businesses", self.businesses, "businesses:list"),
            ("decisions", self.decisions, "penalties:list"),
        )
        query = urlencode({"q": self.typed})
        return [(of, search, f"{reverse(at)}?{query}") for of, search, at in offered if search.page.rows]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is found."""
        return not (self.exact or self.articles or self.laws or self.read or self.lists)

    @property
    def suggestion(self):
        """(text, link) of a better spelling where nothing is found, or None."""
        if not self.is_nothing or not (found := self.establishments.suggestion):
            return None
        return found[0], self.parameters.having("q", found[0])

    def _first_of(self, room):
        search = room(QueryDict(urlencode({"q": self.typed})))
        search.size = SHOWN
        return search
