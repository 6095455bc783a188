"""Made-up examples of every component, for the style guide."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.utils.timezone import localdate

from records.authorities.models import Authority
from records.chart import Bar, Bars, Column, Columns, Stand, Steps
from records.penalties.differences import Change
from records.penalties.timeline import Moment
from records.penalties.visible import PenaltyNotice
from records.penalties.years import Chart, Year
from records.ratings import schemes
from records.ratings.badge import Badge, example
from records.ratings.facets import GRADE, KIND
from records.ratings.outline import Outline, path
from records.ratings.signs.codes import code_of
from records.ratings.signs.sign import qr
from records.search.facets import Option, Panel
from records.search.pages import Count

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
read_on = localdate
LONG_NAME = "The Extraordinarily Long-Named Copper Kettle Tea Rooms and Bakehouse of Lower Almond"


def grades() -> list[Badge]:
    """A badge of every family."""
    today = localdate()
    return [example(schemes.get(key), value, today - timedelta(days=days)) for key, value, days in GRADES]


def every_grade() -> list[tuple]:
    """Every shipped scheme with a badge of each of its grades and statuses."""
    latest = {scheme.key: scheme for scheme in schemes.all_versions()}
    return [
        (scheme, [example(scheme, entry.key) for entry in (*scheme.values, *scheme.statuses)])
        for scheme in latest.values()
    ]


def counts() -> list[Count]:
    """Marks of several establishments: so many, about so many, more than so many."""
    return [Count(12), Count(48_211, about=True), Count(40, more=True)]


def bilingual() -> Badge:
    """A badge with the word in two languages."""
    return example(schemes.get("uk-fhrs"), "4", localdate() - timedelta(days=30), "GB-WLS")


def sign() -> SimpleNamespace:
    """A sign with two results before it."""
    scheme, today = schemes.get("uk-fhrs"), localdate()
    newest, *earlier = (
        example(scheme, key, today - timedelta(days=days))
        for key, days in (("4", 190), ("3", 800), ("5", 1500))
    )
    place = SimpleNamespace(name="The Copper Kettle", address="12 Mill Lane\nAlmond", postcode="QA1 2CD")
    council = SimpleNamespace(name="Almond Borough Council")
    return SimpleNamespace(
        badge=newest, earlier=earlier, scale=[], establishment=place, authority=council, code=code_of(4711)
    )


def qr_code() -> str:
    """The square on that sign."""
    return qr(f"https://ratings.example.org/verify/{code_of(4711)}")


def page() -> SimpleNamespace:
    """A page in the middle of a list."""
    return SimpleNamespace(number=3, last=17, previous="?page=2", next="?page=4")


def stretch() -> SimpleNamespace:
    """A page of a list whose pages have no numbers."""
    said = "3 May 2026 to 20 April 2026"
    return SimpleNamespace(
        number=None, last=None, said=said, first="?", previous="?before=a", next="?after=b"
    )


def years() -> Chart:
    """Seven years of decisions, one of them without any."""
    figures = ((2020, 3, 9000), (2021, 14, 61500), (2022, 0, 0), (2023, 9, 12250), (2024, 21, 48000))
    figures += ((2025, 17, 90400), (2026, 11, 20100))
    made = (Year(year, number, number, Decimal(sum), f"?year={year}") for year, number, sum in figures)
    return Chart(list(made), "GBP")


def moments() -> list[Moment]:
    """The life of a fine that was lowered on appeal."""
    start = date(2026, 3, 3)
    varied = "The tribunal found that the cold store had been repaired within a week."
    return [
        Moment("imposed", "Imposed", on=start, amount="12,000 GBP"),
        Moment("contested", "Contested", on=start + timedelta(days=17)),
        Moment("varied", "Changed on appeal or review", on=date(2026, 6, 2), amount="4,000 GBP", note=varied),
        Moment("paid_in_part", "Paid in part", amount="1,500 GBP", after="2,500 GBP"),
        Moment("due", "Due", on=date(2026, 9, 1), amount="4,000 GBP", waiting=True),
    ]


def law_card() -> SimpleNamespace:
    """An article that was violated, with its text of that day."""
    text = "A food business operator shall keep such food at or below 8 degrees Celsius."
    return SimpleNamespace(
        title="Food Act 1990", article="s. 17(1)", heading="Keeping food cold", violated=True, applied=False,
        law=SimpleNamespace(key="", language=""), text=SimpleNamespace(text=text), on=date(2026, 3, 3),
        reads_otherwise_now=True, official_url="https://laws.example.org/food-act/17",
    )  # fmt: skip


def changes() -> list[Change]:
    """What a correction changed."""
    return [
        Change("facts", "Cooked rice was kept at 21 degrees.", "Cooked rice was kept at 12 degrees."),
        Change("sanctions", "Fine, 5,000 GBP", "Fine, 500 GBP"),
    ]


def notices() -> list[PenaltyNotice]:
    """What stands in place of a decision: withdrawn, hidden, over."""
    authority = Authority(name="Almond Borough Council")
    return [
        PenaltyNotice(
            reference="4f09kqw", state="withdrawn", authority=authority, decision_number="EHO/2026/0117",
            decided_on=date(2026, 3, 3), reason_kind="annulled", at=datetime(2026, 6, 2, 12, tzinfo=UTC),
            reason="The tribunal set it aside.",
        ),
        PenaltyNotice(reference="4f09kqx", state="suspended", authority=authority),
        PenaltyNotice(reference="4f09kqy", state="gone"),
    ]  # fmt: skip


def panels() -> list[Panel]:
    """Two filters of a list, one value of the first in force."""
    grades = (("5", "5, Very good", 1450, False), ("4", "4, Good", 310, True), ("3", "3", 96, False))
    types = (("restaurant", "Restaurant, café or canteen", 812, False), ("retail", "Shop", 204, False))
    return [
        Panel(facet, [Option(value, label, n, chosen, "#sg-lists") for value, label, n, chosen in options])
        for facet, options in ((GRADE, grades), (KIND, types))
    ]


def establishment() -> SimpleNamespace:
    """An establishment as a list shows it."""
    return SimpleNamespace(
        name="The Copper Kettle", address="12 Mill Lane, Almond", postcode="AB1 2CD", kind="restaurant",
        kind_published="", authority=Authority(name="Almond Borough Council"), distance=None,
        get_absolute_url="#sg-lists", standings=[example(schemes.get("uk-fhrs"), "4", localdate())],
    )  # fmt: skip


def decision() -> SimpleNamespace:
    """A decision as a list shows it."""
    return SimpleNamespace(
        shown_name="Copper Kettle Ltd", sanction_kinds=["fine"], law="Food Act 1990",
        facts="Cooked rice was kept at 21 degrees.", decided_on=date(2026, 3, 3),
        authority=Authority(name="Almond Borough Council"), decision_number="EHO/2026/0117",
        imposed=Decimal(12000), owed=Decimal(4000), currency="GBP", fine_state="varied",
        get_absolute_url="#sg-lists",
    )  # fmt: skip


class _Form(forms.Form):
    number = forms.CharField(label="Number of the decision", help_text="As the authority writes it.")


def field() -> forms.BoundField:
    """A field of a form."""
    return _Form()["number"]


def wrong_field() -> forms.BoundField:
    """A field that was left empty."""
    return _Form({"number": ""}, prefix="wrong")["number"]


def charts() -> list:
    """One of each kind: months with a gap, outcomes, grades over time."""
    numbers = (31, 28, 35, 40, 22, 30, 33, 2, 29, 36, 38, 31)
    columns = [Column(f"{at:02}/26", n, f"{at:02}/26: {n}") for at, n in enumerate(numbers, 1)]
    rows = [(column.label, str(column.value)) for column in columns]
    said = "Inspections per month, January to December 2026: as a rule 31, at most 40 in April."
    outcomes = (("Left as it was", 12), ("Changed", 5), ("Set aside", 2))
    bars = [Bar(word, n, str(n)) for word, n in outcomes]
    told = [(word, str(n)) for word, n in outcomes]
    days = ((3, date(2022, 5, 1)), (1, date(2023, 9, 1)), (0, date(2025, 2, 1)))
    stands = [Stand(level, on, str(on)) for level, on in days]
    words = ("Pass", "Conditional pass", "Closed", "Pending")
    dated = [(str(on), words[level]) for level, on in days]
    history = "3 grades, from Pending in May 2022 to Pass in February 2025."
    return [
        Columns(
            "sg-a", "Inspections", said, columns, ("Month", "Inspections"), rows, 31,
            [(0, 5, "A"), (6, 11, "B")],
        ),
        Bars("sg-b", "Appeals", "Of 19 appeals 12 were left.", bars, ("Outcome", "Decisions"), told, 19),
        Steps("sg-c", "", history, words, stands, date(2026, 11, 1), ("Date", "Grade"), dated),
    ]  # fmt: skip


outline = Outline(
    path((place % 31 * 19 + place % 7, place % 23 * 17) for place in range(90)),
    "41 other establishments are within 500 m.", (300, 200), "250 m", 100,
)  # fmt: skip
