"""What is measured: a real country where its file lies beside the checkout, otherwise a made-up one."""

import csv
import tempfile
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from records.catalogue import ACCEPTED

MADE_UP = 100_000

FIRST = (
    "Amber",
    "Birch",
    "Copper",
    "Dawn",
    "Elder",
    "Fern",
    "Golden",
    "Harbour",
    "Iron",
    "Juniper",
    "Kestrel",
    "Linden",
)
SECOND = (
    "Kettle",
    "Lantern",
    "Spoon",
    "Table",
    "Oven",
    "Anchor",
    "Basket",
    "Garden",
    "Mill",
    "Larder",
    "Hearth",
    "Plum",
)
KINDS = (
    "Cafe",
    "Restaurant",
    "Takeaway",
    "Bakery",
    "Kitchen",
    "Stores",
    "Inn",
    "Bistro",
    "Grill",
    "Tea Room",
)


class Source(NamedTuple):
    """A file to import, with its format and, where it names none, the authority."""

    key: str
    path: Path
    authority: str = ""

    @property
    def format(self):
        """The format that reads it."""
        return ACCEPTED[self.key].format

    @property
    def room(self):
        """The room that takes its rows in."""
        return ACCEPTED[self.key].room


@contextmanager
def source(path: str):
    """The file at `path` (UK food hygiene XML), or without one a made-up ratings-csv of 100,000 rows."""
    if path:
        yield Source("fhrs-xml", Path(path))
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made-up.csv"
        _write(made, MADE_UP)
        yield Source("ratings-csv", made, "bench")


def _write(path: Path, rows: int) -> None:
    chance = Random(1)
    names = [" ".join(words) for words in product(FIRST, SECOND, KINDS)]
    columns = (
        "establishment_id", "name", "business_type", "address_1", "address_2", "postcode", "latitude",
        "longitude", "scheme", "inspection_id", "inspected_on",
        "score_hygiene", "score_structural", "score_confidence",
    )  # fmt: skip
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for number in range(rows):
            writer.writerow(
                (
                    f"E{number}", f"{chance.choice(names)} {number % 977}", "Restaurant/Cafe/Canteen",
                    f"{chance.randint(1, 200)} {chance.choice(FIRST)} Street", f"{chance.choice(SECOND)}ton",
                    f"QX{chance.randint(1, 99)} {chance.randint(1, 9)}AB",
                    f"{chance.uniform(50, 51):.6f}", f"{chance.uniform(-30, -29):.6f}", "uk-fhrs",
                    f"I{number}",
                    f"20{chance.randint(22, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
                    *chance.choices((0, 5, 10, 15), k=2), chance.choice((0, 5, 10, 20)),
                )
            )  # fmt: skip
