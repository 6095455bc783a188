"""The fields in which authorities act: a rating scheme and a decision belong to exactly one of them.

Nothing adds up across domains. To add one, add an entry; choices are a function, so no migration follows.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Domain:
    """One field of supervision: its slug, and the words a visitor sees."""

    slug: str
    label: str
    explanation: str


DOMAINS = (
    Domain("food-safety", _("Food safety"), _("Hygiene and safety where food is made, sold or served.")),
    Domain("workplace-safety", _("Workplace safety"), _("Health and safety of people at work.")),
    Domain("environment", _("Environment"), _("Air, water, soil, waste and noise.")),
    Domain("consumer-protection", _("Consumer protection"), _("Fair trading, prices, labels and contracts.")),
    Domain("labour", _("Labour"), _("Wages, hours and terms of employment.")),
    Domain("product-safety", _("Product safety"), _("Safety of goods on the market.")),
    Domain("fire-safety", _("Fire safety"), _("Fire precautions in buildings.")),
    Domain("housing", _("Housing"), _("Standards of rented homes and lodgings.")),
    Domain("finance", _("Financial services"), _("Conduct of banks, insurers and payment firms.")),
)

BY_SLUG = {domain.slug: domain for domain in DOMAINS}


def choices():
    """Pairs of slug and label, for forms and columns."""
    return [(domain.slug, domain.label) for domain in DOMAINS]
