"""What the portal offers: the import formats it accepts, each with the room that takes its rows in."""

from typing import NamedTuple

from records.intake.formats import FORMATS
from records.intake.pipeline import Room
from records.ratings.intake.room import RatingIntake


class Accepted(NamedTuple):
    """An import format (see `records.intake.formats`) and the room's intake that its rows go to."""

    format: object
    room: Room


ACCEPTED = {format.key: Accepted(format, RatingIntake()) for format in FORMATS}


def accepted(key: str) -> Accepted:
    """The entry for a format key; KeyError names the known ones."""
    try:
        return ACCEPTED[key]
    except KeyError:
        raise KeyError(f"{key} is not a format. Known: {', '.join(ACCEPTED)}") from None
