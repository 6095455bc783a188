"""Three years of inspections of one place: what was scored and found, and from which day it was public."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from records.demo import found
from records.intake.rows import Finding, Visit
from records.ratings import schemes

YEARS = timedelta(days=3 * 365)


@dataclass(frozen=True)
class Shown:
    """A visit as the authority publishes it from one day until another."""

    visit: Visit
    on: date
    value: str
    shown_on: date
    until: date = date.max


def weekday(day: date) -> date:
    """That day, or the Friday before a weekend: nobody inspects on a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _shown(
    key: str, day: date, number: int, kind: str, scores: dict, findings=(), outcome="", wait=5
) -> Shown:
    """The visit with its grade; public after so many days."""
    texts = {name: str(value) for name, value in scores.items()}
    scheme = schemes.get(key, day)
    grade = scheme.grade(scheme.read(texts))
    visit = Visit(f"{day:%y%m}-{number}", kind, day.isoformat(), texts, "", outcome, tuple(findings))
    return Shown(visit, day, grade.value or "", day + timedelta(days=wait))


def fhrs(rng: Random, first: date, last: date, care: float, welsh: bool, new: bool) -> list[Shown]:
    """Visits under uk-fhrs. England and Wales wait for the time to appeal; a 5 is shown at once."""
    months = {"5": 22, "4": 17, "3": 14, "2": 8, "1": 5, "0": 3}
    day, made, kind = weekday(first), [], "First inspection" if new else "Routine"
    while day <= last:
        scores, findings = _fhrs_scores(rng, care, welsh)
        one = _shown("uk-fhrs", day, len(made) + 1, kind, scores, findings)
        one = Shown(one.visit, day, one.value, day + timedelta(days=5 if one.value == "5" else 28))
        if int(one.visit.scores["confidence"]) > 10 and rng.random() < 0.15:
            made.extend(_after_appeal(rng, one))
        else:
            made.append(one)
        care = min(0.97, care + (0.25 if one.value in "012" else rng.gauss(0.02, 0.06)))
        kind = "Follow-up" if one.value in "01" else "Routine"
        day = weekday(day + timedelta(days=int(30.4 * months[one.value] * rng.uniform(0.85, 1.35))))
    return made


def _fhrs_scores(rng: Random, care: float, welsh: bool):
    scores, findings = {}, []
    for component, (letter, small, serious) in found.FHRS.items():
        steps = schemes.get("uk-fhrs").component(component).allowed
        worry = 1.1 - care + rng.gauss(0, 0.13)
        at = sum(worry > limit for limit in (0.13, 0.40, 0.62, 0.76, 0.90)[: len(steps) - 1])
        scores[component] = int(steps[at])
        taken = rng.sample(small, min(at, 2)) + rng.sample(serious, min(max(0, at - 2), 2))
        findings += [
            Finding(
                f"{letter}{(*small, *serious).index(texts) + 1}",
                texts[welsh],
                "critical" if texts in serious else "not_critical",
            )
            for texts in taken
        ]
    return scores, findings


def _after_appeal(rng: Random, one: Shown) -> list[Shown]:
    """The visit as first published, and as published again with a lower score after the appeal."""
    decided = one.shown_on + timedelta(days=rng.randint(15, 45))
    scores = one.visit.scores | {"confidence": "10"}
    texts = one.visit._replace(scores=scores, outcome="Scores changed after an appeal.")
    scheme = schemes.get("uk-fhrs", one.on)
    value = scheme.grade(scheme.read(scores)).value
    return [
        Shown(one.visit, one.on, one.value, one.shown_on, decided),
        Shown(texts, one.on, value, decided),
    ]


def letters(rng: Random, first: date, last: date, care: float, mobile: bool) -> list[Shown]:
    """Visits under us-nyc: cycles of a first visit and, with 14 points or more, a second one."""
    day, made = weekday(first), []
    while day <= last:
        scores = {"inspection": "initial"} | ({"mobile": "yes"} if mobile else {})
        one = _letter(rng, day, len(made) + 1, scores, care)
        made.append(one)
        months = 12
        if not one.value and not mobile:
            again = weekday(day + timedelta(days=rng.randint(14, 40)))
            care = min(0.95, care + rng.gauss(-0.02, 0.08))
            if again <= last:
                second, points = _second(rng, again, len(made) + 1, care)
                made.extend(second)
                months = 12 if points < 14 else 6 if points < 28 else 4
        day = weekday(day + timedelta(days=int(30.4 * months * rng.uniform(0.9, 1.12))))
    return made


def _points(rng: Random, care: float) -> list[tuple[int, bool, str]]:
    aim = max(0, rng.gauss(50 * (1 - care), 7))
    taken = []
    for one in rng.sample(found.LETTERS, len(found.LETTERS)):
        if sum(points for points, *_rest in taken) + one[0] <= aim:
            taken.append(one)
    return taken


def _letter(rng: Random, day: date, number: int, scores: dict, care: float) -> Shown:
    taken = _points(rng, care)
    findings = [
        Finding(
            f"T{found.LETTERS.index(one) + 1}",
            one[2],
            "critical" if one[1] else "not_critical",
            str(one[0]),
        )
        for one in taken
    ]
    kind = "First visit of the cycle" if scores["inspection"] == "initial" else "Second visit of the cycle"
    total = sum(points for points, *_rest in taken)
    outcome = "Violations were cited." if taken else "No violations were found."
    return _shown("us-nyc", day, number, kind, scores | {"score": total}, findings, outcome)


def _second(rng: Random, day: date, number: int, care: float) -> tuple[list[Shown], int]:
    """The second visit; with a B or C, first with the hearing open and later as the tribunal decided."""
    plain = _letter(rng, day, number, {"inspection": "re"}, care)
    points = int(plain.visit.scores["score"])
    if points < 14:
        return [plain], points
    decided = plain.shown_on + timedelta(days=rng.randint(35, 70))
    kept = max(0, points - rng.choice((0, 0, 2, 4, 7)))
    waived = rng.random() < 0.4
    after = {"hearing": "waived"} if waived else {"hearing": "decided", "score_after_hearing": kept}
    common = (day, number, plain.visit.kind)
    texts = plain.visit.scores
    open_ = _shown(
        "us-nyc", *common, texts | {"hearing": "pending"}, plain.visit.findings, plain.visit.outcome
    )
    final = _shown("us-nyc", *common, texts | after, plain.visit.findings, plain.visit.outcome)
    return [
        Shown(open_.visit, day, "", open_.shown_on, decided),
        Shown(final.visit, day, final.value, decided),
    ], points


def faces(rng: Random, first: date, last: date, care: float) -> list[Shown]:
    """Visits under dk-smiley: each area gets 1 to 4 and the worst decides."""
    day, made, kind = weekday(first), [], "Routine"
    while day <= last:
        results, findings = [], []
        for area, texts in found.FACES.items():
            worry = 1 - care + rng.gauss(0, 0.13)
            result = 1 + sum(worry > limit for limit in (0.47, 0.66, 0.78))
            results.append(str(result))
            if result > 1:
                critical = "critical" if result > 2 else "not_critical"
                findings.append(Finding(area, texts[result - 2], critical))
        worst = max(results)
        made.append(_shown("dk-smiley", day, len(made) + 1, kind, {"results": " ".join(results)}, findings))
        care = min(0.97, care + (0.2 if worst > "2" else rng.gauss(0.01, 0.05)))
        months = {"1": 12, "2": 9, "3": 4, "4": 2}[worst]
        kind = "Follow-up" if worst > "2" else "Routine"
        day = weekday(day + timedelta(days=int(30.4 * months * rng.uniform(0.85, 1.3))))
    return made
