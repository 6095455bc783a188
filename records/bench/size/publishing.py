"""One clerk enters a decision, others check and publish it: what that takes, until the search finds it."""

from datetime import timedelta
from time import perf_counter

from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.utils import timezone

from records.authorities.models import Authority, Membership
from records.bench.size import lines
from records.bench.size.cleaning import PEOPLE, take_back
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import Spread, in_database, whole
from records.laws.models import ViolationType
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.parts import PenaltyCitation, PenaltySanction, PenaltyViolation
from records.penalties.search import PenaltySearch
from records.publication.documents import Document

GROUP = "Changes"
TIMES = 40
ROLES = ("clerk", "checker", "publisher")
_STEPS = ("entered", "submitted", "approved", "published", "found by the search")


def measure(ground: Ground) -> list[Line]:
    """Each step in the database, and all of it until it is found; beside a row written to a bare table."""
    people = _people()
    times = {step: [] for step in (*_STEPS, "all")}
    bare = []
    for turn in range(min(TIMES, ground.count)):
        begun = perf_counter()
        for step, spent in _life(people, turn):
            times[step].append(spent)
        times["all"].append(1000 * (perf_counter() - begun))
        bare.append(whole(lambda: Document.objects.create(title="Bench", url="https://example.org/")))
    take_back(ground.plan)
    beside = lines.beside("one row written and committed", Spread(tuple(bare), len(bare)))
    return [
        *(
            lines.spread(GROUP, f"a decision is {step}: statements", Spread(tuple(found), len(found)), beside)
            for step, found in times.items() if step != "all"
        ),
        lines.spread(GROUP, "from the first word until it is found: as a whole",
                     Spread(tuple(times["all"]), len(bare)), beside),
    ]  # fmt: skip


def _people() -> dict:
    """Somebody for each role, and where they work."""
    authority = Authority.objects.filter(country="").exclude(parent=None).order_by("pk").first()
    found = {"authority": authority}
    for role in ROLES:
        locked = {"password": "!", "is_active": False}
        user, _new = get_user_model().objects.get_or_create(locked, username=f"{PEOPLE}{role}")
        Membership.objects.get_or_create(user=user, authority=authority, role=role)
        found[role] = user
    return found


def _life(people: dict, turn: int):
    """(step, milliseconds of its statements) from the draft to the search."""
    word = f"benchword{turn}{timezone.now():%H%M%S%f}"
    made = []
    steps = (
        lambda: made.append(_draft(people, turn, word)),
        lambda: made[0].submit(people["clerk"]),
        lambda: made[0].approve(people["checker"]),
        lambda: made[0].publish(people["publisher"]),
        lambda: _find(word, made[0]),
    )
    for step, work in zip(_STEPS, steps, strict=True):
        with in_database("default", "public") as spent:
            work()
        yield step, 1000 * sum(spent)


def _find(word: str, made: Penalty) -> None:
    """Ask until it is there: what is published is found by the next search."""
    for _ in range(100):
        page = PenaltySearch(QueryDict(f"q={word}")).page
        if made.pk in [row.pk for row in page.rows]:
            return
    raise AssertionError(f"The decision {made.reference} was published and is not found.")


def _draft(people: dict, turn: int, word: str) -> Penalty:
    violation = ViolationType.objects.select_related("provision__law").order_by("pk").first()
    day, law = timezone.localdate() - timedelta(days=30), violation.provision.law
    made = Penalty.objects.create(
        authority=people["authority"], decision_number=f"BENCH/{word}", decided_on=day,
        respondent=f"Bench Foods {turn} Ltd", respondent_kind="organisation", domain="food-safety", law=law,
        legal_basis=f"{law.title}, section 1", facts=f"Cooked rice was kept at 21 degrees, {word}.",
        served_on=day, notice_served_on=day, secrecy_checked_on=day, secrecy_checked_by=people["clerk"],
        remedy="Appeal to the tribunal within 28 days.", entered_by=people["clerk"],
        document=Document.objects.create(title="Bench", url="https://decisions.example.org/bench.pdf"),
    )  # fmt: skip
    Parts(
        [PenaltySanction(kind="fine", amount=5000, currency="EUR")],
        [PenaltyCitation(role="applied", law=law, provision=violation.provision, text="s. 1")],
        [PenaltyViolation(violation=violation)],
    ).save(made.pk, 1)
    made.refresh_from_db()
    return made
