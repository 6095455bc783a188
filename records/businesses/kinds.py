"""Kinds of establishment: one short list for filters, and the published words that fall under each.

To add a kind, add an entry; choices are a function, so no migration follows. The word as published is kept
beside it (`Establishment.kind_published`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """One kind: slug, label, and published words (lower case) that mean it."""

    slug: str
    label: str
    words: tuple[str, ...] = ()


KINDS = (
    Kind(
        "restaurant",
        _("Restaurant, café or canteen"),
        ("restaurant/cafe/canteen", "restaurant", "café", "cafe", "canteen", "coffee shop", "餐馆", "饭店"),
    ),
    Kind(
        "takeaway",
        _("Takeaway or sandwich shop"),
        ("takeaway/sandwich shop", "takeaway", "take-away", "sandwich shop"),
    ),
    Kind("pub", _("Pub, bar or nightclub"), ("pub/bar/nightclub", "pub", "bar", "nightclub")),
    Kind(
        "hotel",
        _("Hotel, bed and breakfast or guest house"),
        ("hotel/bed & breakfast/guest house", "hotel", "guest house"),
    ),
    Kind("mobile", _("Mobile caterer"), ("mobile caterer", "food truck", "market stall")),
    Kind("caterer", _("Other catering"), ("other catering premises", "caterer", "catering")),
    Kind("supermarket", _("Supermarket"), ("retailers - supermarkets/hypermarkets", "supermarket")),
    Kind("shop", _("Other food shop"), ("retailers - other", "shop", "retailer", "bakery", "butcher")),
    Kind(
        "care",
        _("Hospital, nursery or care home"),
        ("hospitals/childcare/caring premises", "hospital", "nursery", "care home"),
    ),
    Kind(
        "school",
        _("School, college or university"),
        ("school/college/university", "school", "college", "school canteen"),
    ),
    Kind("manufacturer", _("Manufacturer or packer"), ("manufacturers/packers", "manufacturer")),
    Kind("distributor", _("Distributor or transporter"), ("distributors/transporters", "distributor")),
    Kind("importer", _("Importer or exporter"), ("importers/exporters", "importer")),
    Kind("farm", _("Farmer or grower"), ("farmers/growers", "farm")),
    Kind("other", _("Other")),
)

BY_SLUG = {kind.slug: kind for kind in KINDS}
_BY_WORD = {word: kind.slug for kind in KINDS for word in (kind.slug, *kind.words)}


def choices():
    """Pairs of slug and label, for forms, filters and columns."""
    return [(kind.slug, kind.label) for kind in KINDS]


def of(published: str) -> str:
    """The slug for a word as published; "other" where none fits."""
    return _BY_WORD.get(published.strip().lower(), "other")
