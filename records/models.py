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
from records.laws.models import Law, Provision, ProvisionText, ViolationType
from records.penalties.happenings import LedgerRule, PenaltyEvent, Proposal, Withdrawal
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.penalties.parts import PenaltyCitation, PenaltySanction, PenaltyViolation
from records.penalties.versions import Correction, PenaltyVersion
from records.penalties.visible import PenaltyChange, PenaltyNotice
from records.publication.documents import Document
from records.publication.edition import Edition, Instant
from records.publication.models import AllowedTransition, Dataset, Transition
from records.publication.rulebook import RulePeriod, RuleSet, RuleVersion
from records.ratings.models import Finding, Inspection, Rating, Reply
from records.ratings.rulebook import Scheme, SchemeStatus, SchemeValue, SchemeVersion
from records.ratings.spots import Spot
from records.ratings.tallies import Figure, Tally
from records.ratings.visible import RatingNotice
from records.search.models import Vocabulary, Word

__all__ = [
    "AllowedTransition",
    "Authority",
    "AuthorityIdentifier",
    "Batch",
    "BatchScope",
    "Business",
    "BusinessIdentifier",
    "Correction",
    "Dataset",
    "Document",
    "Edition",
    "Establishment",
    "EstablishmentAlias",
    "EstablishmentVersion",
    "Figure",
    "Finding",
    "ImportProblem",
    "IndexCard",
    "Inspection",
    "Instant",
    "Law",
    "LedgerRule",
    "Membership",
    "Penalty",
    "PenaltyChange",
    "PenaltyCitation",
    "PenaltyEvent",
    "PenaltyNotice",
    "PenaltySanction",
    "PenaltyVersion",
    "PenaltyViolation",
    "Proposal",
    "Provision",
    "ProvisionText",
    "Rating",
    "RatingNotice",
    "Reply",
    "RulePeriod",
    "RuleSet",
    "RuleVersion",
    "Scheme",
    "SchemeStatus",
    "SchemeValue",
    "SchemeVersion",
    "Spot",
    "Tally",
    "Transition",
    "ViolationType",
    "Vocabulary",
    "Withdrawal",
    "Word",
]
