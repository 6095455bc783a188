"""Made-up examples of every component, for the style guide."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils.timezone import localdate

from records.ratings import schemes
from records.ratings.badge import Badge, example

# Scheme, grade or status, and how many days ago: one of each family and tone.
GRADES = (
    ("uk-fhrs", "5", 190),
    ("uk-fhrs", "3", 1500),
    ("uk-fhrs", "0", 12),
    ("us-nyc", "A", 45),
    ("us-nyc", "C", 400),
    ("us-la-county", "score_only", 30),
    ("dk-smiley", "happy", 80),
    ("dk-smiley", "sour", 80),
    ("ca-toronto", "conditional_pass", 20),
    ("uk-fhis", "pass", 700),
    ("uk-fhrs", "awaiting_inspection", 60),
    ("us-nyc", "grade_pending", 9),
)
LONG_NAME = "The Extraordinarily Long-Named Copper Kettle Tea Rooms and Bakehouse of Lower Almond"


def grades() -> list[Badge]:
    """A badge of every family."""
    today = localdate()
    return [example(schemes.get(key), value, today - timedelta(days=days)) for key, value, days in GRADES]


def bilingual() -> Badge:
    """A badge with the word in two languages."""
    return example(schemes.get("uk-fhrs"), "4", localdate() - timedelta(days=30), "GB-WLS")


def page() -> SimpleNamespace:
    """A page in the middle of a list."""
    return SimpleNamespace(number=3, last=17, previous="?page=2", next="?page=4")
