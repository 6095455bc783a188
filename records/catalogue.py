"""What the portal offers: the datasets it publishes, and the import formats it accepts with their rooms."""

from typing import NamedTuple

from django.utils.translation import gettext_noop

from records.intake.formats import FORMATS, decision_formats
from records.intake.pipeline import Room
from records.penalties import registry as penalties
from records.penalties.intake.room import PenaltyIntake
from records.publication import rulebook
from records.publication.models import Dataset
from records.ratings import registry as ratings
from records.ratings.intake.room import RatingIntake

DATASETS = {
    "ratings": {
        "title": gettext_noop("Ratings and inspections"),
        "purpose": gettext_noop(
            "So that people can see what an inspection found before they choose a place."
        ),
        "legal_basis": gettext_noop("The law of each scheme, named on the page of the scheme."),
        "licence": gettext_noop("The licence of the source, named on each record"),
        "source_licence": gettext_noop("Named with each import"),
        "retention": gettext_noop("Until superseded or ended; earlier ratings stay readable."),
    },
    "penalties": {
        "title": gettext_noop("Decisions and penalties"),
        "purpose": gettext_noop("So that everybody can see which decisions were made under which law."),
        "legal_basis": gettext_noop("The publication rules of each authority, named on each decision."),
        "licence": gettext_noop(
            "The licence of the source, named on each record. No licence covers personal data."
        ),
        "source_licence": gettext_noop("Named with each import"),
        "retention": gettext_noop("Until the day that the rule on the decision's page gives."),
    },
}
"""The bodies of records that are published, by key; the database refuses one without purpose or basis."""


class Accepted(NamedTuple):
    """An import format (see `records.intake.formats`) and the room's intake that its rows go to."""

    format: object
    room: Room


ACCEPTED = {
    **{format.key: Accepted(format, RatingIntake()) for format in FORMATS},
    **{format.key: Accepted(format, PenaltyIntake()) for format in decision_formats()},
}


def accepted(key: str) -> Accepted:
    """The entry for a format key; KeyError names the known ones."""
    try:
        return ACCEPTED[key]
    except KeyError:
        raise KeyError(f"{key} is not a format. Known: {', '.join(ACCEPTED)}") from None


def sync(using: str = "default") -> list[str]:
    """Bring into the database what is written in files: schemes, rule sets, kinds of event, datasets.

    The versions that were new or changed. Raises SchemeInUseError, RuleInUseError and RuleError.
    """
    penalties.sync(using)
    touched = [*ratings.sync(using), *rulebook.sync(using)]
    for key, facts in DATASETS.items():
        Dataset.objects.using(using).update_or_create(key=key, defaults=facts)
    return touched
