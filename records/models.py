"""The tables of every room, for Django; nobody else imports this."""

from records.authorities.models import Authority, AuthorityIdentifier, Membership
from records.businesses.models import (
    Business,
    BusinessIdentifier,
    Establishment,
    EstablishmentAlias,
    EstablishmentVersion,
)
from records.intake.models import Batch, BatchScope, ImportProblem
from records.publication.models import AllowedTransition, Transition
from records.ratings.models import Finding, Inspection, Rating, Reply
from records.ratings.rulebook import Scheme, SchemeStatus, SchemeValue, SchemeVersion
from records.search.models import Word

__all__ = [
    "AllowedTransition",
    "Authority",
    "AuthorityIdentifier",
    "Batch",
    "BatchScope",
    "Business",
    "BusinessIdentifier",
    "Establishment",
    "EstablishmentAlias",
    "EstablishmentVersion",
    "Finding",
    "ImportProblem",
    "Inspection",
    "Membership",
    "Rating",
    "Reply",
    "Scheme",
    "SchemeStatus",
    "SchemeValue",
    "SchemeVersion",
    "Transition",
    "Word",
]
