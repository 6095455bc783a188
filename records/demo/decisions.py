"""Decisions of the two authorities: most of them public, one in each other state, entered by two people."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from django.contrib.auth import get_user_model
from django.db import transaction

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.demo import charged, county, laws, people, words
from records.laws.models import ViolationType
from records.penalties import ending
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from records.penalties.parting import Parts
from records.penalties.parts import PenaltyCitation, PenaltySanction, PenaltyViolation
from records.publication.documents import Document

COUNT = 30
"""Public decisions of each authority; those in other states come beside them."""

YEARS = 4 * 365
NUMBERS = {"demo-harrowmere": "HB/EH/{year}/{number:04d}", "demo-aberwyrn": "CSA-{year}-{number:03d}"}


class Desk:
    """The people of an authority who make, check and publish decisions, and what they work with."""

    def __init__(self, authority: Authority, today: date):
        users = get_user_model().objects
        self.authority, self.today = authority, today
        for role in ("clerk", "checker", "publisher", "adjudicator", "registrar"):
            setattr(self, role, users.get(username=people.account(role, authority)))
        self.types = {v.code: v for v in ViolationType.objects.filter(catalogue=laws.CATALOGUE)}
        self.places = _places(authority)

    def draft(self, number: int, days_ago: int | None = None, **facts) -> Penalty:
        """A decision as a clerk enters it; the same for the same number."""
        rng = Random(f"{county.SEED}, decision {number} of {self.authority.code}")
        day = self.today - timedelta(days=days_ago or int(30 + (YEARS - 30) * rng.random() ** 1.3))
        codes = rng.sample(sorted(self.types), rng.choice((1, 1, 1, 2)))
        place = self.places[number % len(self.places)] if rng.random() < 0.75 else None
        found = " ".join(rng.choice(charged.FACTS[code]) for code in codes)
        content = self._who(rng, place) | {
            "decision_number": NUMBERS[self.authority.code].format(year=day.year, number=number),
            "decided_on": day, "facts": found, "law": self.types[codes[0]].provision.law,
            "legal_basis": _basis([self.types[code].provision for code in codes]),
            "served_on": day + timedelta(days=2), "notice_served_on": day + timedelta(days=2),
            "secrecy_checked_on": day + timedelta(days=3), "secrecy_checked_by": self.clerk,
            "remedy": charged.REMEDY, "remedy_until": day + timedelta(days=30), "domain": "food-safety",
            "document": Document.objects.create(
                title=f"Notice of {day:%d %B %Y}",
                url=f"{self.authority.website}notices/{day.year}-{number:04d}.pdf",
            ),
            "language": "en", "procedure": "ordinary", "entered_by": self.clerk,
        }  # fmt: skip
        made = Penalty.objects.create(authority=self.authority, **content | facts)
        _parts(rng, codes, self.types).save(made.pk, 1)
        made.refresh_from_db()
        return made

    def _who(self, rng: Random, place: Establishment | None) -> dict:
        if place is not None and place.business_id and place.business.kind == "organisation":
            return {"respondent": place.business.name, "business": place.business, "establishment": place}
        if place is not None and rng.random() < 0.3:
            trader = f"{rng.choice('ABCDEFGHJK')}. {rng.choice(charged.SURNAMES)}"
            where = ", ".join(filter(None, [place.name, *place.address.split("\n")[:2]]))
            return {
                "respondent": trader,
                "respondent_kind": "sole_trader",
                "premises": where,
                "establishment": place,
            }
        name, brand = words.company(rng, self.authority.code == "demo-aberwyrn")
        return {"respondent": name, "premises": place.name if place else brand, "establishment": place}

    def live(self, penalty: Penalty, number: int) -> None:
        """Check and publish it, and let happen what happened to its fine."""
        penalty.submit(self.clerk)
        penalty.approve(self.checker)
        if not penalty.is_due():
            return
        penalty.publish(self.publisher)
        fine = penalty.imposed
        if fine is None:
            return
        for kind, after, share in charged.LIVES[number % len(charged.LIVES)]:
            on = penalty.decided_on + timedelta(days=after)
            if on <= self.today:
                ending.confirm_event(self._event(penalty, kind, on, fine, share), self.checker)

    def _event(self, penalty, kind, on, fine, share) -> PenaltyEvent:
        amount = None if share is None else (fine * Decimal(str(share))).quantize(Decimal(1))
        return PenaltyEvent.objects.create(
            penalty=penalty, kind=kind, on=on, amount=amount, currency="" if amount is None else "GBP",
            note=charged.NOTES.get(kind, ""), entered_by=self.clerk,
        )  # fmt: skip


def enter(authority: Authority, today: date) -> int:
    """The decisions of an authority, one after the other, as its people would; how many."""
    desk = Desk(authority, today)
    with transaction.atomic():
        for number in range(1, COUNT + 1):
            desk.live(desk.draft(number), number)
    with transaction.atomic():
        _others(desk)
    return Penalty.objects.filter(authority=authority).count()


def _others(desk: Desk) -> None:
    """One decision in each state that the desk can show."""
    number = COUNT + 1
    desk.draft(number, 3)
    returned, reviewed, refused, waiting, corrected, withdrawn, hidden, contested = (
        desk.draft(number + at, days) for at, days in enumerate((4, 5, 9, 6, 200, 160, 120, 90), 1)
    )
    for penalty in (returned, reviewed, refused, waiting):
        penalty.submit(desk.clerk)
    returned.give_back(desk.checker, "The second sentence does not say where. Name the room, please.")
    refused.refuse(desk.checker, "The company was not the operator on that day.")
    waiting.approve(desk.checker)
    for penalty in (corrected, withdrawn, hidden, contested):
        desk.live(penalty, 9)
    _correct(desk, corrected)
    document = Document.objects.create(
        title="Order of the First-tier Tribunal (made up)", url=f"{desk.authority.website}orders/1.pdf"
    )
    withdrawn.withdraw(
        desk.checker, "The tribunal set the decision aside: it named the wrong company.", "annulled", document
    )
    hidden.suspend(
        desk.registrar, "The respondent says that the premises belong to somebody else.", "accuracy_dispute",
        desk.today + timedelta(days=21),
    )  # fmt: skip
    hidden.propose("resume", desk.adjudicator, "The land register confirms the respondent.")
    PenaltyEvent.objects.create(penalty=contested, kind="contested", on=desk.today, entered_by=desk.clerk)


def _correct(desk: Desk, penalty: Penalty) -> None:
    correction = penalty.correct(desk.clerk)
    correction.facts = f"{penalty.facts} The officer noted this in the kitchen, not in the bar."
    correction.save()
    correction.submit(desk.clerk, "It did not say in which room this was found.")
    correction.apply(desk.checker)


def _places(authority: Authority) -> list[Establishment]:
    """Open places, those that a company runs first; the same each time."""
    rows = Establishment.objects.filter(
        authority=authority, closed_on__isnull=True, left_source_at__isnull=True, address_visibility="shown"
    ).select_related("business")  # fmt: skip
    return [*rows.filter(business__isnull=False).order_by("source_id")[:24], *rows.order_by("source_id")[:24]]


def _basis(provisions) -> str:
    cited = " and ".join(f"{p.law.title}, {p.article}" for p in provisions)
    return f"Violated: {cited}. Imposed under: Demonstration Food Act 2009, s. 40."


def _parts(rng: Random, codes: list[str], types: dict) -> Parts:
    parts = Parts(violations=[PenaltyViolation(violation=types[code]) for code in codes])
    for code in codes:
        provision = types[code].provision
        parts.citations.append(
            PenaltyCitation(role="violated", law=provision.law, provision=provision, text=provision.article)
        )
    act = next(p for p in (types[code].provision for code in types) if p.law.key == laws.ACT).law
    penalties = act.provisions.get(article="s. 40")
    parts.citations.append(PenaltyCitation(role="applied", law=act, provision=penalties, text="s. 40"))
    for kind in dict.fromkeys(kind for code in codes for kind in charged.SANCTIONS[code]):
        amount = sum(charged.amount(rng, code) for code in codes) if kind == "fine" else None
        text = charged.WORDS[kind].format(amount=f"{amount or 0:,}").capitalize() + "."
        currency = "" if amount is None else "GBP"
        duration = "P14D" if kind == "closure_order" else ""
        parts.sanctions.append(
            PenaltySanction(kind=kind, amount=amount, currency=currency, duration=duration, text=text)
        )
    return parts
