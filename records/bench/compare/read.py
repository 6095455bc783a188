"""What the search of the food hygiene ratings of the United Kingdom takes, read in its public code.

Nobody drove it. The pages are github.com/FoodStandardsAgency/fhrs-frontend at ea9adb0 (January 2023), their
parts fsa-pattern-library-source at 4e95956 (July 2022). What the code cannot say, such as how far a phone
scrolls, is left open.
"""

from dataclasses import dataclass

SYSTEM = "FHRS"


@dataclass(frozen=True)
class Read:
    """The steps of a task, at least; `first_screen` in words."""

    task: str
    steps: tuple[str, ...]
    first_screen: str
    where: str


READ = (
    Read(
        "grade",
        ("fill Business name", "press Search"),
        "The badge stands on the card of each result; the cards stand below the whole search form.",
        "pages/index.js, pages/business-search.js, components/search/SearchCard.js, searchCard.html.twig",
    ),
    Read(
        "fines",
        (),
        "Not what it is for: it holds ratings alone. A search of those is had as JSON or XML, 5,000 at most.",
        "pages/business-search.js, lib/dataDownload.js",
    ),
    Read(
        "sign",
        ("fill Business name", "press Search"),
        "A sticker has no code; its rating is compared with the badge on the card.",
        "SearchCard.js, pages/business/[id]",
    ),
)
