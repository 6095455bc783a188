"""What a sign says: the standing rating of an establishment under one scheme, and two results before it."""

from functools import cached_property

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from records.businesses.facts import AddressVisibility
from records.businesses.models import Establishment
from records.publication.states import RatingState
from records.ratings import versions
from records.ratings.badge import Badge, example
from records.ratings.dossier import Dossier, Standing
from records.ratings.publication import VARIANTS
from records.ratings.schemes import Scheme
from records.ratings.signs.codes import code_of

EARLIER = 2


class Sign:
    """The sign of an establishment under the scheme with that key; `standing` is None where none stands."""

    def __init__(self, establishment: Establishment, key: str):
        self.establishment, self.key = establishment, key
        self.authority = establishment.authority
        self._dossier = Dossier(establishment)
        self.standing = self._first(self._dossier.standings)
        self.ended = self._first(self._dossier.ended)

    def _first(self, standings: list[Standing]) -> Standing | None:
        return next((s for s in standings if versions.key_of(s.rating.scheme_id) == self.key), None)

    @property
    def exists(self) -> bool:
        """Whether the establishment has, or had, a rating under the scheme."""
        return bool(self.standing or self.ended)

    @cached_property
    def scheme(self) -> Scheme:
        """The version of the scheme that the rating was given under."""
        return (self.standing or self.ended).scheme

    @property
    def badge(self) -> Badge:
        """The grade."""
        return self.standing.badge

    @property
    def refusal(self) -> str:
        """Why there is no sign, in a sentence; '' where there is one."""
        place = self.establishment
        if place.closed_on:
            return _("The establishment is closed, so there is no sign for its window.")
        if place.left_source_at:
            return _("The authority's newest file no longer lists the establishment, so there is no sign.")
        if self.standing is None:
            return _("No rating stands under this scheme now, so there is no sign.")
        if not self.badge.graded:
            return _("There is no grade that a sign could show: %(status)s.") % {
                "status": self.badge.word.text
            }
        if place.address_visibility != AddressVisibility.SHOWN:
            return _("The address is not shown here, and a sign belongs to an address. So there is no sign.")
        return ""

    @property
    def code(self) -> str:
        """The code of the rating, as people type it."""
        return code_of(self.standing.rating.pk)

    @cached_property
    def earlier(self) -> list[Badge]:
        """The results before, newest first: of the visits, or of the ratings where no visits are known."""
        on = self.badge.on
        if on is None:
            return []
        visits = [
            visit.badge
            for visit in self._dossier.all_visits
            if visit.badge and visit.badge.graded and visit.scheme.key == self.key and not visit.replaced
        ]
        ratings = [
            standing.badge
            for standing in self._dossier.ended
            if standing.rating.state == RatingState.SUPERSEDED
            and standing.badge.graded
            and standing.scheme.key == self.key
        ]
        return [badge for badge in visits or ratings if badge.on and badge.on < on][:EARLIER]

    @property
    def scale(self) -> list[Badge]:
        """Every grade of the scheme, best first, where the shape does not show them all itself."""
        if self.badge.family == "bar":
            return []
        return [example(self.scheme, value.key) for value in self.scheme.values]

    @property
    def display(self):
        """What the scheme says of its own sticker or card in the authority's country, or None."""
        return self.scheme.display(VARIANTS.get(self.authority.country))


def qr(address: str) -> SafeString:
    """The address as a QR code: SVG of attributes alone, black on white with a margin in every theme."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(
        code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass="qr", lineclass=None)
    )
