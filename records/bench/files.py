"""What is measured: a real country where its file is given, else a made-up one; and made-up decisions."""

import csv
import tempfile
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from django.contrib.auth import get_user_model

from records.authorities.models import Authority
from records.bench import decisions
from records.catalogue import ACCEPTED
from records.intake.models import Batch
from records.laws.models import Law, Provision, ViolationType

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
    """A file to import, with its format and, where it names none, the authority; `things` in its words."""

    key: str
    path: Path
    authority: str = ""
    things: str = "rows"

    @property
    def format(self):
        """The format that reads it."""
        return ACCEPTED[self.key].format

    @property
    def room(self):
        """The room that takes its rows in."""
        return ACCEPTED[self.key].room

    def batch(self) -> Batch:
        """A new batch, with the people that the room asks for."""
        people = {}
        if self.room.two_people:
            users = get_user_model().objects
            by, other = (users.get_or_create(username=f"bench-{name}")[0] for name in ("clerk", "checker"))
            people = {"uploaded_by": by, "confirmed_by": other}
        return Batch(
            format=self.key, file_name=self.path.name, sha256="", size=0, source=self.path.name, **people
        )  # fmt: skip

    def prepare(self) -> None:
        """What the register must hold before the file goes in."""
        if not self.authority:
            return
        Authority.objects.create(
            code=self.authority, slug=self.authority, name="Bench", domains=["food-safety"],
            rule_sets=["us.open-record"],
        )  # fmt: skip
        if self.room.two_people:
            law = Law.objects.create(key="bench", title=decisions.LAW, rank="law", jurisdiction="GB")
            articles = [Provision(law=law, key=one, article=f"s. {one}") for one in decisions.ARTICLES]
            Provision.objects.bulk_create(articles)
            ViolationType.objects.bulk_create(
                ViolationType(
                    catalogue=decisions.CATALOGUE, code=code, title=title, domain="food-safety",
                    provision=article,
                )
                for (code, title), article in zip(decisions.OFFENCES.items(), articles, strict=True)
            )  # fmt: skip


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


@contextmanager
def made_up_decisions(count: int = MADE_UP, begin: int = 0, changed: bool = False):
    """A penalties-csv of so many decisions, numbered from `begin`; `changed` as its source has it later."""
    with tempfile.TemporaryDirectory() as folder:
        made = decisions.write(Path(folder) / "decisions.csv", count, begin, changed)
        yield Source("penalties-csv", made, decisions.AUTHORITY, "decisions")


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
