"""The made-up law of the county: an act, its regulations, a memorandum, and the catalogue of violations."""

from dataclasses import dataclass
from datetime import date

from records.laws.models import Law, Provision, ProvisionText, ViolationType

CATALOGUE = "demo-food"
ACT, RULES = "demo-food-act", "demo-hygiene-regulations"
SITE = "https://laws.example.org"

LAWS = (
    {
        "key": ACT,
        "title": "Demonstration Food Act 2009",
        "short_title": "Demo Food Act",
        "number": "2009 d. 4",
        "rank": "law",
        "in_force_from": date(2009, 4, 1),
        "official_url": f"{SITE}/demo-food-act",
    },
    {
        "key": RULES,
        "title": "Food Hygiene (Demonstration) Regulations 2013",
        "short_title": "Demo Hygiene Regulations",
        "number": "D.I. 2013/41",
        "rank": "administrative_regulation",
        "in_force_from": date(2013, 12, 13),
        "official_url": f"{SITE}/demo-hygiene-regulations",
    },
    {
        "key": "demo-memorandum",
        "title": "Memorandum of the councils on joint inspections (demonstration)",
        "short_title": "Demo memorandum",
        "rank": "memorandum",
        "in_force_from": date(2021, 1, 1),
        "official_url": f"{SITE}/demo-memorandum",
    },
)


@dataclass(frozen=True)
class Article:
    """A provision: its law, how it is cited, its heading, and its text since a day (None: at all times)."""

    law: str
    article: str
    heading: str
    texts: tuple[tuple[date | None, str], ...]


def _always(law: str, article: str, heading: str, text: str) -> Article:
    return Article(law, article, heading, ((None, text),))


SINCE_2024 = (
    "Food that may spoil must be kept at 5 °C or below, or at 63 °C or above. "
    "Food that is served within four hours is excepted."
)
ARTICLES = (
    _always(ACT, "s. 8(1)", "Selling unfit food", "A person must not sell food that is unfit to be eaten."),
    Article(
        ACT,
        "s. 17(1)",
        "Keeping food at a safe temperature",
        (
            (None, "Food that may spoil must be kept at 8 °C or below, or at 63 °C or above."),
            (date(2024, 10, 1), SINCE_2024),
        ),
    ),
    _always(
        ACT,
        "s. 22",
        "Informing about allergens",
        "Whoever sells food must say which of the listed allergens it contains.",
    ),
    _always(ACT, "s. 33", "Obstruction", "A person must not keep an officer from entering food premises."),
    _always(
        ACT,
        "s. 40",
        "Penalties",
        "The authority may impose a penalty of up to 50,000 pounds, close premises, or both.",
    ),
    _always(RULES, "reg. 4(2)", "Cleanliness", "Food premises must be kept clean and in good repair."),
    _always(RULES, "reg. 7", "Pests", "The operator must keep pests out of the premises."),
    _always(RULES, "reg. 11", "Records", "The operator must keep records of temperatures for two years."),
)

# code, title, law and article, seriousness
VIOLATIONS = (
    ("F01", "Selling unfit food", ACT, "s. 8(1)", "serious"),
    ("F02", "Food kept at an unsafe temperature", ACT, "s. 17(1)", "ordinary"),
    ("F03", "Allergens not declared", ACT, "s. 22", "serious"),
    ("F04", "Keeping an officer out", ACT, "s. 33", "serious"),
    ("H01", "Premises not clean", RULES, "reg. 4(2)", "ordinary"),
    ("H02", "Pests in the premises", RULES, "reg. 7", "serious"),
    ("H03", "No records of temperatures", RULES, "reg. 11", "minor"),
)


def create() -> None:
    """The laws, articles and types of violation; what exists stays as it is."""
    common = {"jurisdiction": "GB", "language": "en"}
    laws = {
        facts["key"]: Law.objects.get_or_create(key=facts["key"], defaults=facts | common)[0]
        for facts in LAWS
    }
    found = {}
    for entry in ARTICLES:
        made = Provision(law=laws[entry.law], article=entry.article, heading=entry.heading)
        made.clean()
        held, created = Provision.objects.get_or_create(
            law=made.law, key=made.key, defaults={"article": entry.article, "heading": entry.heading}
        )
        found[entry.law, entry.article] = held
        if created:
            _write(held, entry.texts)
    for code, title, law, article, seriousness in VIOLATIONS:
        defaults = {
            "title": title,
            "provision": found[law, article],
            "domain": "food-safety",
            "seriousness": seriousness,
            "in_force_from": date(2013, 12, 13),
        }
        ViolationType.objects.get_or_create(catalogue=CATALOGUE, code=code, defaults=defaults)


def _write(provision: Provision, texts) -> None:
    """Each text holds until the day before the next."""
    ends = [date.fromordinal(since.toordinal() - 1) for since, _text in texts[1:]] + [None]
    for (since, text), until in zip(texts, ends, strict=True):
        ProvisionText.objects.create(
            provision=provision, text=text, in_force_from=since, in_force_until=until
        )
