"""Whether a sign still stands: what `/verify/` answers to a code."""

from dataclasses import dataclass
from datetime import datetime

from records.businesses.models import Establishment
from records.publication.states import RatingState
from records.ratings import badge
from records.ratings.badge import Badge
from records.ratings.models import Rating
from records.ratings.signs.codes import code_of, number_of
from records.ratings.visible import RatingNotice

_WHOLE = ("establishment__search", "establishment__location")


@dataclass(frozen=True)
class Verdict:
    """The answer to one code.

    `state` is mistyped (no code at all), unknown (nothing is shown under it), current, unused (current, but
    the establishment closed or left the source), replaced, ended, withdrawn or merged. `said` is the grade
    on the sign where the public may know it, `now` what stands under the scheme today, `at` when the sign
    ceased to hold, `reason` the reason that was published with it.
    """

    state: str
    code: str = ""
    establishment: Establishment | None = None
    said: Badge | None = None
    now: Badge | None = None
    at: datetime | None = None
    reason: str = ""
    pending: bool = False

    @property
    def stands(self) -> bool:
        """Whether the sign is the one to rely on."""
        return self.state == "current"

    @property
    def found(self) -> bool:
        """Whether the register knows a rating with the code."""
        return self.establishment is not None


def of(text: str) -> Verdict:
    """What stands behind a code as somebody typed it. Three queries at most."""
    number = number_of(text)
    if number is None:
        return Verdict("mistyped")
    code = code_of(number)
    rating = _rows(Rating).select_related("inspection").filter(pk=number).first()
    if rating is None:
        return _no_longer_shown(number, code)
    place = rating.establishment
    said = badge.of_rating(rating, place.authority.country)
    if rating.state == RatingState.PUBLISHED:
        unused = place.closed_on or place.left_source_at
        return Verdict("unused" if unused else "current", code, place, said, pending=rating.pending)
    state = "replaced" if rating.state == RatingState.SUPERSEDED else "ended"
    now = _standing(place, rating.scheme_id)
    return Verdict(state, code, place, said, now, rating.ended_at, rating.end_reason)


def _no_longer_shown(number: int, code: str) -> Verdict:
    notice = _rows(RatingNotice).filter(pk=number).first()
    if notice is None:
        return Verdict("unknown", code)
    now = _standing(notice.establishment, notice.scheme_id)
    return Verdict(notice.state, code, notice.establishment, now=now, at=notice.at)


def _standing(place: Establishment, scheme: int) -> Badge | None:
    ratings = Rating.objects.public().current().filter(establishment=place.pk, scheme=scheme)
    found = ratings.select_related("inspection").first()
    return badge.of_rating(found, place.authority.country) if found else None


def _rows(model):
    return model.objects.public().select_related("establishment__authority").defer(*_WHOLE)
