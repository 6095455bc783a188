"""What is not public stands nowhere on the site: every private place holds a word that no page may show."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.intake.models import Batch, BatchState, ImportProblem
from records.ratings.intake.room import RatingIntake
from records.ratings.models import Inspection, Rating, Reply
from tests import make
from tests.addresses import crawl, public_addresses

WORD = "Zanzibarquokka"
LATITUDE = 51.2876543
NEAR = "?near=51.29,-6.35"
QUERIES = (
    "", "?q=zanzib", "?q=zanzibarquokkb", "?q=Innocent", "?q=Secret+Bakery", NEAR, "?sort=date",
    "?sort=name", "?page=2",
)  # fmt: skip


def secret(label: str) -> str:
    """The word with a label that tells where it leaked from."""
    return f"{WORD}{label}"


def _hidden_places(authority, now) -> list[Establishment]:
    periods = {"n": {"publish_at": None}, "l": {"publish_at": now + timedelta(days=1)}}
    periods["g"] = {"publish_at": now - timedelta(days=9), "hide_at": now - timedelta(days=1)}
    business = make.business(secret("biz"), identifiers={"made-up": secret("num")})
    return [
        make.establishment(
            authority=authority, name=secret(f"name{key}"), address=secret("adr"), postcode=secret(key),
            business=business, phone=secret("tel"), local_id=secret("loc"), source_id=secret(f"src{key}"),
            kind_published=secret("kind"), **period,
        )
        for key, period in periods.items()
    ]  # fmt: skip


def _homes(authority) -> list[Establishment]:
    """One whose address is withheld and was not always, and one of which only the area is shown."""
    facts = {
        "authority": authority,
        "address": secret("home"),
        "phone": secret("call"),
        "latitude": LATITUDE,
        "longitude": -6.3456789,
    }
    withheld = make.establishment(name="Secret Bakery", postcode=secret("pc"), **facts)
    Establishment.objects.filter(pk=withheld.pk).update(
        address_visibility="withheld", name="Secret Bakery At Home"
    )
    area = make.establishment(
        name="Secret Nursery", postcode="QA9 " + secret("p"), address_visibility="area", **facts
    )
    return [withheld, area]


def _visit(place, people, state: str, **changes) -> Inspection:
    """An inspection brought to the state step by step, with the word in everything it says."""
    steps = {"draft": [], "in_review": ["in_review"], "approved": ["in_review", "approved"]}
    steps["published"] = [*steps["approved"], "published"]
    steps["withdrawn"] = [*steps["published"], "withdrawn"]
    clerk, checker = people
    made = make.inspection(
        establishment=place, entered_by=clerk, kind=secret(f"kind{state}"), outcome=secret(f"out{state}"),
        source_id=secret(f"id{state}"), findings=(secret(f"found{state}"),),
    )  # fmt: skip
    for step in steps[state]:
        extra = {"checked_by": checker, "publish_at": timezone.now()} if step == "approved" else {}
        Inspection.objects.filter(pk=made.pk).update(state=step, **extra)
    Inspection.objects.filter(pk=made.pk).update(**changes or {"state": state})
    return made


def _innocent(authority, people, now) -> Establishment:
    """A public place that has private things in every table around it."""
    trader = make.business(secret("trader"), {"made-up": secret("no")}, kind="sole_trader")
    place = make.establishment(
        authority=authority, name="Innocent Kitchen", business=trader, postcode="QA8 8AA"
    )
    for state in ("draft", "in_review", "approved", "withdrawn"):
        _visit(place, people, state)
    _visit(place, people, "published", hide_at=now - timedelta(minutes=1))
    version = make.scheme_version()
    rating = Rating.objects.create(
        establishment=place, scheme=version.scheme, version=version, status="exempt", rated_on=now.date()
    )
    Rating.objects.filter(pk=rating.pk).update(state="withdrawn", ended_at=now, end_reason=secret("end"))
    Rating.objects.create(
        establishment=place, scheme=version.scheme, version=version, status="awaiting_inspection"
    )
    Reply.objects.create(establishment=place, text=secret("oldreply"), replaced_at=now)
    Reply.objects.create(establishment=place, text="Thank you.", text_published=secret("rawreply"))
    return place


def _papers(authority, people) -> None:
    """Users, sessions, the log of the desk, imports that wait and what was wrong with those that did not."""
    clerk, checker = people
    waiting = {"format": "ratings-csv", "sha256": "0" * 64, "size": 1, "authority_code": authority.code}
    Batch.objects.create(file_name=secret("file"), source=secret("source"), uploaded_by=clerk, **waiting)
    done = Batch.objects.create(
        file_name="done.csv", upload=secret("upload"), details={"examples": secret("details")},
        uploaded_by=clerk, confirmed_by=checker, state=BatchState.COMMITTED, committed_at=timezone.now(),
        **waiting,
    )  # fmt: skip
    ImportProblem.objects.create(
        batch=done,
        file=secret("pfile"),
        where=secret("where"),
        value=secret("value"),
        message=secret("message"),
    )
    Session.objects.create(session_key=secret("key"), session_data=secret("data"), expire_date=timezone.now())
    LogEntry.objects.create(user=clerk, object_repr=secret("log"), action_flag=ADDITION, change_message="")


@pytest.fixture
def references(world):
    """The references of all places, after the word was put wherever it must not be seen."""
    now = timezone.now()
    authority = Authority.objects.get(code="ALM")
    names = {"first_name": secret("first"), "last_name": secret("last")}
    people = [
        make.user(role, authority, username=secret(role), email=f"{secret('mail')}@example.org", **names)
        for role in ("clerk", "checker")
    ]
    places = [*_hidden_places(authority, now), *_homes(authority), _innocent(authority, people, now)]
    _papers(authority, people)
    RatingIntake().settle(Batch(new=1))  # what the search learns, it learns from what is public
    known = (
        "copper_kettle",
        "closed",
        "with_reply",
        "renamed",
        "welsh",
        "letter",
        "face",
        "plate",
        "chinese",
    )
    return [place.reference for place in (*places, *(getattr(world, name) for name in known))]


@pytest.mark.django_db
def test_no_page_shows_what_is_not_public(client, references):
    starts = public_addresses(references, Authority.objects.values_list("slug", flat=True))
    starts += [f"/ratings/{query}" for query in QUERIES]
    seen = {}
    for address, response in crawl(client, starts, most=300):
        text = b"".join(response) if response.streaming else response.content
        shown = unquote(text.decode("utf-8", "replace")) + str(response.headers)
        assert WORD.lower() not in shown.lower(), f"{address} shows it"
        assert str(LATITUDE)[:7] not in shown, f"{address} shows where somebody lives"
        assert response.status_code in (200, 301, 400, 404), address
        assert not response.cookies, f"{address} sets a cookie"
        seen[address] = shown
    assert len(seen) > 100
    assert "Secret Bakery" not in seen[f"/ratings/{NEAR}"]
    # the crawl does see what is public
    for public in (
        "Innocent Kitchen",
        "Secret Bakery At Home",
        "Secret Nursery",
        "The Copper Kettle",
        "Thank you.",
    ):
        assert any(public in text for text in seen.values()), public


@pytest.mark.django_db
def test_the_back_office_shows_strangers_nothing(client, references):
    user = get_user_model().objects.get(username=secret("clerk"))
    for address in ("", "login/", "records/inspection/", f"auth/user/{user.pk}/change/"):
        response = client.get(f"/backoffice/{address}", follow=True)
        assert response.redirect_chain or address == "login/"
        assert WORD.lower() not in response.text.lower()
