"""The places of the county and their histories, and what each authority's register says on a given day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from records.demo import found, places, table, visits, words
from records.intake.rows import Row

SEED = "Placard demo, first edition"
FIRST_STATUS = {
    "uk-fhrs": "AwaitingInspection",
    "us-nyc": "not_yet_inspected",
    "dk-smiley": "not_yet_inspected",
}
# kinds of place that Harrowmere gives a letter; the others get a face
LETTERED = ("restaurant", "takeaway", "pub", "hotel", "caterer", "mobile")


@dataclass
class Place:
    """An establishment with all that happened to it; `as_of` says what its register knew on a day."""

    row: Row
    shown: list[visits.Shown] = field(default_factory=list)
    opened_on: date = date.min
    closed_on: date = date.max
    status: str = ""
    was_called: str = ""
    renamed_on: date = date.min
    away: tuple[date, date] = (date.max, date.max)
    published: str = ""
    reply: str = ""

    def as_of(self, day: date) -> Row | None:
        """The row of that day's file, or None where the file does not have the place."""
        if day < self.opened_on or self.away[0] <= day < self.away[1]:
            return None
        known = [one for one in self.shown if one.shown_on <= day < one.until]
        waiting = any(one.on <= day < one.shown_on for one in self.shown) and bool(known)
        standing, rated_on = self._standing(known)
        return self.row._replace(
            name=self.was_called if self.was_called and day < self.renamed_on else self.row.name,
            visits=tuple(one.visit for one in known),
            standing=standing,
            rated_on=rated_on,
            pending=waiting,
            opened_on="" if self.opened_on == date.min else self.opened_on.isoformat(),
            closed_on=self.closed_on.isoformat() if self.closed_on <= day else "",
            reply=self.reply if known else "",
        )

    def _standing(self, known: list[visits.Shown]) -> tuple[str, str]:
        """The published word and its date; '' where it simply follows from the newest visit."""
        if self.status:
            return self.status, ""
        if not known:
            return FIRST_STATUS[self.row.scheme], ""
        newest = known[-1]
        if self.published:
            return self.published, newest.on.isoformat()
        if newest.visit.scores.get("hearing") == "pending":
            return "Grade Pending", newest.on.isoformat()
        return "", ""


@dataclass(frozen=True)
class Register:
    """One authority's towns, and how it names, rates and numbers its places."""

    code: str
    prefix: str
    towns: tuple[places.Town, ...]
    count: int
    welsh: bool

    def everything(self, today: date) -> list[Place]:
        """All places, in the order of their numbers; the same for the same day."""
        chains = self._chains()
        return [self._place(number, today, chains) for number in range(1, self.count + 1)]

    def _chains(self) -> list[tuple[str, str, str]]:
        """Companies with several places: name, name over the door, a number that no register has given."""
        rng = Random(f"{SEED}, chains of {self.code}")
        first = 99_100_000 if self.welsh else 99_200_000
        return [(*words.company(rng, self.welsh), str(first + number)) for number in range(12)]

    def _place(self, number: int, today: date, chains) -> Place:
        rng = Random(f"{SEED}, {self.code}, {number}")
        kind, town = words.kind(rng), places.town(rng, self.towns)
        scheme = "uk-fhrs" if self.welsh else "us-nyc" if kind in LETTERED else "dk-smiley"
        place = Place(self._row(rng, number, kind, town, scheme, chains))
        care = min(0.97, rng.betavariate(4.5, 1.5))
        first, last = self._begin(rng, place, today), today
        if place.status:
            return place
        if place.opened_on == date.min and rng.random() < 0.06:  # nobody has come back for long
            first = last = today - timedelta(days=rng.randint(850, 1500))
        if scheme == "uk-fhrs":
            new, welsh = place.opened_on > date.min, self._speaks_welsh(place.row.name)
            place.shown = visits.fhrs(rng, first, last, care, welsh, new)
        elif scheme == "us-nyc":
            place.shown = visits.letters(rng, first, last, care, kind == "mobile")
        else:
            place.shown = visits.faces(rng, first, last, care)
        self._afterwards(rng, number, place, today)
        return place

    def _row(self, rng: Random, number: int, kind: str, town: places.Town, scheme: str, chains) -> Row:
        spot = places.spot(rng, town)
        company, brand, company_number = rng.choice(chains)
        facts = {"company": company, "company_scheme": "gb-coh", "company_id": company_number}
        visibility = "shown"
        if kind in ("restaurant", "takeaway", "shop", "supermarket") and rng.random() < 0.09:
            name = f"{brand} {town.name}"
        else:
            name, facts = self._name(rng, kind, town.name), {}
        if kind in ("mobile", "caterer", "care") and rng.random() < 0.5:
            name = words.home(rng, town.name)
            visibility = "area" if "Childminding" in name else "withheld"
        elif rng.random() < 0.08:
            facts = {"company": f"{name.split(',')[0]} {'Cyf' if self._speaks_welsh(name) else 'Ltd'}"}
        return table.row(
            f"{self.prefix}{number:05d}", name, scheme,
            authority=self.code, local_id=f"FS/{rng.randint(10000, 99999)}", kind=words.published_kind(kind),
            address=spot.lines, postcode=spot.postcode, latitude=spot.latitude, longitude=spot.longitude,
            phone=places.phone(number // 2 + 500 * self.welsh) if number % 2 else "",
            address_visibility=visibility, **facts,
        )  # fmt: skip

    def _name(self, rng: Random, kind: str, town: str) -> str:
        if kind in ("restaurant", "takeaway") and rng.random() < 0.09:
            return words.chinese(rng)
        if self.welsh and rng.random() < 0.4:
            return words.welsh(rng, kind, town)
        return words.english(rng, kind, town)

    def _speaks_welsh(self, name: str) -> bool:
        return self.welsh and any(
            name.startswith(pattern.split("{")[0])
            for patterns in words.WELSH_NAMES.values()
            for pattern in patterns
        )

    def _begin(self, rng: Random, place: Place, today: date) -> date:
        """Set when the place opened, or why it is not rated; the day of its first visit in three years."""
        scheme = place.row.scheme
        if scheme == "uk-fhrs" and rng.random() < 0.025:
            place.status = rng.choice(("Exempt", "Exempt", "Exempt", "Sensitive"))
            return today
        if rng.random() < 0.24:
            place.opened_on = today - timedelta(days=rng.randint(8, 3 * 365))
            return place.opened_on + timedelta(days=rng.randint(25, 75))
        return today - visits.YEARS + timedelta(days=rng.randint(0, 500))

    def _afterwards(self, rng: Random, number: int, place: Place, today: date) -> None:
        """What else happens to a few: closed, renamed, gone from the file, published otherwise, replied."""
        ago = timedelta(days=rng.randint(10, 60))
        if rng.random() < 0.025:
            place.closed_on = max(place.opened_on, today - timedelta(days=rng.randint(12, 700)))
            place.shown = [one for one in place.shown if one.on < place.closed_on]
        elif number % 130 == 17:
            place.was_called, place.renamed_on = (
                self._name(rng, "restaurant", place.row.address[1]),
                today - ago,
            )
        elif number % 150 == 41:
            place.away = (today - timedelta(days=40), date.max)
        elif number == 333:
            place.away = (today - timedelta(days=45), today - timedelta(days=20))
        elif number % 240 == 5 and place.shown and place.row.scheme == "uk-fhrs":
            place.published = "3" if place.shown[-1].value == "5" else "5"
        newest = place.shown[-1].value if place.shown else ""
        if newest in ("0", "1", "2", "3", "B", "C", "sour", "middle") and rng.random() < 0.14:
            place.reply = rng.choice(
                found.WELSH_REPLIES if self._speaks_welsh(place.row.name) else found.REPLIES
            )


HARROWMERE = Register("demo-harrowmere", "HB", places.HARROWMERE, 1_020, welsh=False)
ABERWYRN = Register("demo-aberwyrn", "CA", places.ABERWYRN, 1_010, welsh=True)
REGISTERS = (HARROWMERE, ABERWYRN)


def broken(register: Register, number: int) -> list[Row]:
    """Rows of that file which the import refuses, so that the list of problems has something to show."""
    wrong = table.row(
        f"{register.prefix}9000{number}", "The Unreadable Menu", "uk-fhrs", authority=register.code
    )
    faults = {
        1: {"name": "The Thirtieth of February", "opened_on": "2026-02-30"},
        2: {"standing": "Excellent"},
    }
    return [wrong._replace(**faults[number])] if number in faults else []
