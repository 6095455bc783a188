"""The columns of ratings-csv, with what belongs in each: reader, template and documentation share it."""

from typing import NamedTuple


class Column(NamedTuple):
    """A column with the words that explain it; `about` is establishment, rating, inspection or finding."""

    name: str
    about: str
    explanation: str
    required: bool = False


COLUMNS = (
    Column("authority", "establishment", "Code of the authority; may be left out when the import names it."),
    Column("establishment_id", "establishment", "The authority's own lasting number for the place.", True),
    Column("local_id", "establishment", "A second number, such as that of the local software."),
    Column("name", "establishment", "Trading name, as over the door.", True),
    Column("business_type", "establishment", "What kind of place it is, in the authority's words."),
    Column("address_1", "establishment", "First line of the address."),
    Column("address_2", "establishment", "Second line of the address."),
    Column("address_3", "establishment", "Third line of the address."),
    Column("address_4", "establishment", "Fourth line of the address."),
    Column("postcode", "establishment", "Postcode, ZIP code or the like."),
    Column("phone", "establishment", "Telephone number."),
    Column("latitude", "establishment", "Degrees north with a decimal point: 51.5074."),
    Column("longitude", "establishment", "Degrees east with a decimal point; west is negative: -0.1278."),
    Column(
        "address_visibility",
        "establishment",
        "shown, area (only the district) or withheld (a private home); empty is shown.",
    ),
    Column("opened_on", "establishment", "Date of opening, as 2020-01-31."),
    Column("closed_on", "establishment", "Date of closing for good, as 2020-01-31."),
    Column("company", "establishment", "Name of the company or person in law that runs the place."),
    Column("company_scheme", "establishment", "Numbering system of company_id, such as gb-coh."),
    Column("company_id", "establishment", "Registration number of the company. Never a personal number."),
    Column("scheme", "rating", "Key of the rating scheme, such as uk-fhrs.", True),
    Column(
        "rating",
        "rating",
        "The rating that holds now, in the scheme's key or word; empty follows from the newest inspection.",
    ),
    Column("rated_on", "rating", "Date of that rating, as 2020-01-31."),
    Column("new_rating_pending", "rating", "yes if a newer rating waits to be published, otherwise no."),
    Column("reply", "rating", "The business's own reply, as text or HTML."),
    Column("inspection_id", "inspection", "The authority's number for the inspection, if it has one."),
    Column(
        "inspected_on", "inspection", "Date of the inspection, as 2020-01-31; needed for every inspection."
    ),
    Column("inspection_type", "inspection", "Kind of inspection in the authority's words, such as routine."),
    Column("score_*", "inspection", "One column for each component of the scheme: score_hygiene and so on."),
    Column(
        "inspection_value", "inspection", "The grade given by this inspection, in the scheme's key or word."
    ),
    Column("inspection_outcome", "inspection", "What was done, as one sentence."),
    Column("finding_code", "finding", "Code of the rule that was broken."),
    Column("finding_text", "finding", "What was found."),
    Column("finding_critical", "finding", "yes, no or empty."),
    Column("finding_points", "finding", "Points for this finding, if the scheme counts them."),
)

KNOWN = tuple(column.name for column in COLUMNS)
REQUIRED = tuple(column.name for column in COLUMNS if column.required)
ADDRESS = ("address_1", "address_2", "address_3", "address_4")
ESTABLISHMENT = tuple(column.name for column in COLUMNS if column.about in ("establishment", "rating"))
INSPECTION = tuple(
    column.name for column in COLUMNS if column.about == "inspection" and column.name != "score_*"
)
FINDING = tuple(column.name for column in COLUMNS if column.about == "finding")

EXAMPLE_COMPONENTS = ("hygiene", "structural", "confidence")

_CAFE = {
    "authority": "EX1",
    "establishment_id": "1001",
    "name": "The Example Cafe",
    "business_type": "Restaurant",
    "address_1": "1 Sample Street",
    "address_2": "Exampleton",
    "postcode": "ZZ1 1ZZ",
    "address_visibility": "shown",
    "rating": "4",
    "rated_on": "2026-03-02",
    "new_rating_pending": "no",
    "inspection_id": "2026-17",
    "inspected_on": "2026-03-02",
    "inspection_type": "routine",
    "score_hygiene": "10",
    "score_structural": "5",
    "score_confidence": "5",
    "inspection_value": "4",
}

EXAMPLES = (
    {
        **_CAFE,
        "finding_code": "H3",
        "finding_text": "Cooked rice was kept at 21 degrees for two hours.",
        "finding_critical": "yes",
    },
    {
        **_CAFE,
        "finding_code": "S1",
        "finding_text": "A tile behind the sink was cracked.",
        "finding_critical": "no",
    },
)


def header(components: tuple[str, ...]) -> list[str]:
    """The column names in their order, with one score column for each component of a scheme."""
    scores = [f"score_{component}" for component in components]
    return [name for column in KNOWN for name in (scores if column == "score_*" else [column])]
