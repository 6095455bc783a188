"""Decisions with document, parts and events, block by block."""

from typing import NamedTuple

from records.bench.load import premises
from records.bench.load.chance import source, wheel
from records.bench.load.fines import fine
from records.bench.load.plan import CHINESE
from records.bench.load.rulebook import Statute, authority_of
from records.bench.load.tables import CONSTANTS, KINDS, NULL, money

_SANCTIONS = (
    (57, ("fine",)), (12, ("fine", "improvement_order")), (9, ("warning",)), (5, ("warning", "fine")),
    (5, ("fine", "confiscation_gains")), (4, ("fine", "confiscation_goods")), (3, ("improvement_order",)),
    (2, ("fine", "licence_suspension")), (1, ("closure_order",)), (1, ("fine", "suspension_of_business")),
    (0.6, ("licence_revocation",)), (0.4, ("activity_restriction",)),
)  # fmt: skip
_WHEEL = wheel([kinds for _weight, kinds in _SANCTIONS], [weight for weight, _kinds in _SANCTIONS])
_DURATIONS = {
    "improvement_order": "P30D", "licence_suspension": "P3M", "suspension_of_business": "P14D",
    "closure_order": "P1M", "activity_restriction": "P1Y",
}  # fmt: skip
_PROCEDURES = wheel(("ordinary", "hearing", "settlement", "summary"), (80, 8, 7, 5))
_SHOWN_FOR = {"minor": 5475, "ordinary": 7300, "serious": 10950}
"""Days of display from the decision by class: no more than the rule set's thirty years, beyond the load."""

_REMEDY = "Appeal to the tribunal within 28 days of service."
_REMEDY_CHINESE = "如不服本决定，可在六十日内申请行政复议。"
ROOM = 8
"""So many numbers are kept for the parts and events of a decision."""


class Case(NamedTuple):
    """What is drawn first, and what the rest follows from."""

    number: int
    chinese: bool
    day: int
    field: str
    authority: int
    statute: Statute
    kinds: tuple[str, ...]
    serious: str


def rows(world, block: int) -> dict[str, list[str]]:
    """The lines of a block."""
    chance = source("penalties", block)
    found = {table: [] for table in KINDS["penalties"]}
    for number in world.plan.numbers("penalties", block):
        case, town = _case(world, number, chance.random)
        _write(world, case, town, chance, found)
    return found


def _write(world, case: Case, town: int, chance, found) -> None:
    """The lines of one decision in every table."""
    number, day, random = case.number, world.day, chance.random
    cited = _parts(case, chance, found)
    sums = _sums(world, case, chance, found)
    where, establishment = _premises(world, case, town, random)
    name, kind, business = _respondent(world, case, random)
    decision, told = _number(world, case, town), day(case.day + 4)
    title = "处罚决定书" if case.chinese else "Text of the decision"
    url = f"https://decisions.example.org/{number}.pdf"
    found["records_document"].append(f"{number}\t{title}\t\t\t\t{url}\t{told}")
    statute, procedure = case.statute, _PROCEDURES[int(random() * len(_PROCEDURES))]
    remedy, language = (_REMEDY_CHINESE, "zh-hans") if case.chinese else (_REMEDY, "en")
    found["records_penalty"].append(
        f"{number}\t{world.plan.reference('penalties', number)}\t{decision}\t{day(case.day)}\t{name}\t"
        f"{kind}\t{where}\t{case.field}\t{statute.number}\t{statute.rank}\t{_basis(case, cited)}\t"
        f"{_facts(world, case, random)}\t{{{','.join(sorted(case.kinds))}}}\t{procedure}\t{case.serious}\t"
        f"{day(case.day + 3)}\t{day(case.day - 20)}\t{day(case.day)}\t{remedy}\t{language}\t"
        f"{case.authority}\t{business}\t{establishment or NULL}\t{number}\t"
        f"{day(case.day + _SHOWN_FOR[case.serious])}\t{told}\t{told}\t{told}\t{told}\t{told}\t{sums}"
        f"{world.penalty_batch}\t{world.rule}\t{CONSTANTS}"
    )


def _case(world, number: int, random) -> tuple[Case, int]:
    chinese = not number % CHINESE
    fields, book = world.rulebook.fields, world.rulebook
    field = fields[int(random() * len(fields))]
    town = world.places.at(number, random())
    spokes = (book.chinese if chinese else book.english)[field]
    drawn = random()
    day = max(0, min(world.plan.day(number), world.latest - 5) - int(30 * random() ** 3))
    case = Case(
        number, chinese, day, field, authority_of(chinese, town, random()),
        spokes[int(random() * len(spokes))], _WHEEL[int(random() * len(_WHEEL))],
        "ordinary" if drawn < 0.6 else "minor" if drawn < 0.88 else "serious",
    )  # fmt: skip
    return case, town


def _parts(case: Case, chance, found) -> list[str]:
    """Write provisions and violations; the articles cited, as printed."""
    random, statute, first = chance.random, case.statute, case.number * ROOM
    chosen = {statute.offences[int(random() * len(statute.offences))]}
    if random() < 0.25:
        chosen.add(statute.offences[int(random() * len(statute.offences))])
    names, cited = statute.articles, []
    for at, (offence, provision) in enumerate(sorted(chosen)):
        found["records_penaltyviolation"].append(f"{first + at}\t{case.number}\t1\t{at}\t{offence}")
        cited.append((provision, "violated"))
    cited.append((statute.last - int(random() * 5), "applied"))
    for at, (provision, role) in enumerate(cited):
        found["records_penaltycitation"].append(
            f"{first + at}\t{case.number}\t1\t{at}\t{role}\t{statute.number}\t{provision}\t{names[provision]}"
        )
    return [names[provision] for provision, _role in cited]


def _sums(world, case: Case, chance, found) -> str:
    """Write sanctions and events; the columns that say what is owed."""
    random, first = chance.random, case.number * ROOM
    currency = "CNY" if case.chinese else "GBP" if case.authority % 10 < 3 else "EUR"
    cents = 0
    for at, kind in enumerate(case.kinds):
        amount = NULL
        if kind in ("fine", "confiscation_gains", "confiscation_goods"):
            drawn = int(chance.lognormvariate(8.2 if case.chinese else 7.4, 1.5))
            drawn = max(50, drawn - drawn % 50 if random() < 0.8 else drawn) * 100
            amount, cents = money(drawn), drawn if kind == "fine" else cents
        found["records_penaltysanction"].append(
            f"{first + at}\t{case.number}\t1\t{at}\t{kind}\t{amount}\t"
            f"{'' if amount == NULL else currency}\t\t{_DURATIONS.get(kind, '')}\t\t"
        )
    if not cents:
        return f"{NULL}\t{NULL}\t\t\t\t{NULL}\t"
    sums = fine(random, case.day, world.latest - 1, cents)
    for at, (kind, day, amount) in enumerate(sums.events):
        on, of = world.day(day), "" if amount is None else currency
        found["records_penaltyevent"].append(
            f"{first + at}\t{case.number}\t{kind}\t{on}\t{money(amount)}\t{of}\t\t"
            f"{world.penalty_batch}\t{on}\t{on}"
        )
    columns = f"{money(sums.imposed)}\t{money(sums.owed)}\t{currency}\t{sums.state}\t{sums.appeal}"
    return f"{columns}\t{world.day(sums.due)}\t"


def _premises(world, case: Case, town: int, random) -> tuple[str, int]:
    """Where it happened, and the establishment where that is in the register."""
    if case.field == "food-safety" and random() < 0.5 and world.plan.establishments >= CHINESE:
        number = 1 + int(world.plan.establishments * random())
        number = max(CHINESE, number - number % CHINESE) if case.chinese else number
        if case.chinese or number % CHINESE:
            place = premises.place(world, number)
            return f"{place.name}, {place.street}, {premises.town_of(world, place).name}", number
    if case.chinese:
        side, house = "东西南北中"[int(random() * 5)], 1 + int(random() * 300)
        return f"{world.places.cities[town].name}{side}山路{house}号", 0
    return f"{world.names.street(int(random() * (1 << 40)))}, {world.places.towns[town].name}", 0


def _respondent(world, case: Case, random) -> tuple[str, str, int | str]:
    """Name, kind and number of the business; a few businesses are penalised again and again."""
    if not case.chinese and random() < 0.03:
        return world.names.person(int(random() * (1 << 30))), "sole_trader", NULL
    number = world.business(int(world.plan.businesses * random() ** 2), case.chinese)
    name = world.names.company(number)
    if random() < 0.2:
        return (name if case.chinese else name.upper()), "organisation", NULL
    return name, "organisation", number


def _number(world, case: Case, town: int) -> str:
    year = world.day(case.day)[:4]
    if case.chinese:
        return f"{world.places.cities[town].name[:2]}市监罚〔{year}〕{case.number}号"
    return f"D{case.authority:03}/{year}/{case.number:08}"


def _basis(case: Case, cited: list[str]) -> str:
    if case.chinese:
        return f"《{case.statute.title}》{'、'.join(cited)}"
    return f"{case.statute.title}, {', '.join(cited[:-1])} and {cited[-1]}"


def _facts(world, case: Case, random) -> str:
    """Phrases of one subject of the field, and at times a word that has nothing to do with it."""
    subjects = (world.phrases.chinese if case.chinese else world.phrases.english)[case.field]
    phrases = subjects[int(random() ** 1.5 * len(subjects))]
    many = len(phrases)
    drawn = [phrases[int(random() ** 1.7 * many)] for _ in range(3 + int(random() * 6))]
    if case.chinese:
        return f"{'，'.join(drawn)}，共计{2 + int(random() * 500)}元。"
    if random() < 0.5:
        drawn.append(f"{world.phrases.rare.word(random())} {2 + int(random() * 90)}")
    middle = len(drawn) // 2
    sentences = (", ".join(drawn[:middle]).capitalize(), ", ".join(drawn[middle:]).capitalize())
    return ". ".join((*sentences, "")).rstrip()
