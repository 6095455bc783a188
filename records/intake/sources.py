"""What a source of decisions says about itself, and the words a decision of any source is written in.

Every format of decisions has these facts as attributes: `laws`, `catalogue`, `authority`, and `rule_set`, the
key of the rule set that its mapping suggests ('' = whoever imports chooses). Nothing here is interpreted.
"""

from typing import NamedTuple

RANKS = ("law", "administrative_regulation", "local_regulation", "rule", "central_document", "memorandum")
"""Ranks of a legal source, highest first; a memorandum is never the basis of a penalty."""

SERIOUSNESS = ("minor", "ordinary", "serious")
PROCEDURES = ("ordinary", "summary", "hearing", "settlement")
RESPONDENTS = ("organisation", "public_body", "sole_trader", "natural_person")
SANCTIONS = (
    "warning",
    "public_criticism",
    "fine",
    "daily_fine",
    "confiscation_gains",
    "confiscation_goods",
    "licence_suspension",
    "licence_revocation",
    "qualification_downgrade",
    "activity_restriction",
    "suspension_of_business",
    "closure_order",
    "occupation_ban",
    "improvement_order",
    "restitution",
    "detention",
    "other_statutory",
)
EVENTS = (
    "proposed",
    "imposed",
    "contested",
    "contest_withdrawn",
    "upheld",
    "varied",
    "annulled",
    "stayed",
    "stay_lifted",
    "due",
    "paid_in_part",
    "paid",
    "written_off",
    "settled",
    "lien",
)


class LawFacts(NamedTuple):
    """A legal source that the rows cite by `key`: official title, rank, jurisdiction such as US-MA, link.

    `public_security` is true for the law of public security offences, whose records are sealed.
    """

    key: str
    title: str
    rank: str
    jurisdiction: str
    link: str = ""
    public_security: bool = False


class CatalogueFacts(NamedTuple):
    """The list that the rows' types of violation belong to, and how serious one is unless a row says."""

    key: str = ""
    seriousness: str = ""


class AuthorityFacts(NamedTuple):
    """Whose decisions these are; all '' where the rows or whoever imports name the authority."""

    code: str = ""
    name: str = ""
    country: str = ""
    time_zone: str = ""
    domain: str = ""
    website: str = ""


NO_CATALOGUE, NO_AUTHORITY = CatalogueFacts(), AuthorityFacts()
"""What a format says that leaves both to its rows and to whoever imports."""
