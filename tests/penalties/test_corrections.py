"""The list of corrections and withdrawals: page, feed and file name nobody and say no more than they may."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection, transaction
from django.utils import timezone

from records.penalties import corrections
from records.publication.roles import acting_as_clock
from tests import make

pytestmark = pytest.mark.django_db
ADDRESSES = ("/penalties/corrections/", "/penalties/corrections.atom", "/penalties/removals.json")
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies and "max-age" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    return b"".join(response).decode()


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def line(client, penalty) -> str:
    """The words of the only line about the decision."""
    cards = re.findall(r'<li class="card".*?</li>', read(client, ADDRESSES[0]), re.S)
    return text(next(card for card in cards if penalty.reference in card))


def removed(client):
    return {row["reference"]: row for row in json.loads(read(client, ADDRESSES[2]))["removals"]}


def corrected(**facts):
    penalty = make.published_penalty(**facts)
    clerk, checker = make.team(penalty.authority, "clerk", "checker")
    correction = penalty.correct(clerk)
    correction.facts = "The fridge stood at 12 degrees."
    correction.save()
    correction.submit(clerk, "A spelling mistake.")
    correction.apply(checker)
    penalty.refresh_from_db()
    return penalty


def withdrawn(**facts):
    penalty = make.published_penalty(**facts)
    checker = make.user("checker", penalty.authority)
    penalty.withdraw(checker, "The tribunal annulled it.", "annulled", make.document(), name_on_notice=True)
    return penalty


def hidden(**facts):
    penalty = make.published_penalty(**facts)
    registrar = make.user("registrar", penalty.authority)
    until = timezone.localdate() + timedelta(days=30)
    penalty.suspend(registrar, "A court stayed it.", "court_stay", until)
    return penalty


@pytest.fixture
def over():
    """A decision whose time is over, which nobody has written down yet."""
    penalty, now = make.published_penalty(), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE records_penalty SET publish_at = %s, hide_at = %s WHERE id = %s",
            [now - timedelta(days=2), now - timedelta(days=1), penalty.pk],
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
    return penalty


@pytest.fixture
def gone(over):
    """The same, once the clock has passed."""
    with transaction.atomic(), acting_as_clock(), connection.cursor() as cursor:
        cursor.execute("UPDATE records_penalty SET state = 'expired' WHERE id = %s", [over.pk])
    return over


def test_without_changes_the_list_says_so(client):
    assert "Nothing was corrected, withdrawn or hidden yet." in read(client, ADDRESSES[0])
    ElementTree.fromstring(read(client, ADDRESSES[1]))
    assert removed(client) == {}


def test_a_correction_says_what_changed_when_and_why(client):
    penalty = corrected()
    words = line(client, penalty)
    assert f"{penalty.decision_number} : corrected to version 2" in words
    assert "A spelling mistake." in words and penalty.authority.name in words
    assert penalty.reference not in removed(client)


def test_a_withdrawal_shows_its_number_and_reason(client):
    penalty = withdrawn()
    words = line(client, penalty)
    assert f"{penalty.decision_number} : withdrawn" in words
    assert "The decision was annulled. The tribunal annulled it." in words
    assert removed(client)[penalty.reference]["kind"] == "withdrawn"


def test_of_what_is_hidden_only_reference_and_day_are_told(client):
    penalty = hidden()
    day = timezone.localdate().isoformat()
    assert removed(client) == {
        penalty.reference: {"reference": penalty.reference, "kind": "hidden", "on": day}
    }
    words = line(client, penalty)
    assert f"{penalty.reference} : hidden for the time being" in words
    for address in ADDRESSES:
        said = read(client, address)
        for secret in (penalty.decision_number, penalty.authority.name, "court", penalty.respondent):
            assert secret not in text(said)


def test_of_what_is_gone_only_reference_and_day_are_told(client, gone):
    assert removed(client)[gone.reference]["kind"] == "gone"
    words = line(client, gone)
    assert f"{gone.reference} : no longer shown" in words
    for address in ADDRESSES:
        for secret in (gone.decision_number, gone.authority.name, gone.respondent):
            assert secret not in text(read(client, address))


def test_what_is_over_is_removed_before_the_clock_has_written_it_down(client, over):
    assert removed(client) == {over.reference: {"reference": over.reference, "kind": "gone", "on": None}}


def test_nobody_is_named_anywhere(client):
    made = [make_one(respondent="Copper Kettle Ltd") for make_one in (corrected, withdrawn, hidden)]
    for address in ADDRESSES:
        assert "Copper Kettle" not in read(client, address)
    assert all(penalty.reference in read(client, ADDRESSES[1]) for penalty in made)


def test_the_feed_is_xml_with_ids_that_stay(client):
    corrected(), withdrawn(), hidden()
    tree = ElementTree.fromstring(read(client, ADDRESSES[1]))
    ids = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 3
    assert all(re.fullmatch(r"tag:testserver,2026:penalties/change/[cwt]\d+", one) for one in ids)
    assert tree.findtext(f"{ATOM}id") == "tag:testserver,2026:penalties/corrections"
    for entry in tree.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}updated") and entry.findtext(f"{ATOM}title")
    hidden()
    again = ElementTree.fromstring(read(client, ADDRESSES[1]))
    assert set(ids) < {entry.findtext(f"{ATOM}id") for entry in again.iter(f"{ATOM}entry")}


def test_the_page_leads_to_the_feed_and_the_file(client):
    html = read(client, ADDRESSES[0])
    assert '<link rel="alternate" type="application/atom+xml"' in html
    assert 'href="/penalties/removals.json"' in html


def test_the_list_has_numbered_pages(client, monkeypatch):
    monkeypatch.setattr(corrections, "SIZE", 1)
    first, second = corrected(), hidden()
    assert second.reference in read(client, ADDRESSES[0])
    html = read(client, f"{ADDRESSES[0]}?page=2")
    assert first.reference in html and second.reference not in html
    for wrong in ("?page=9", "?page=x", "?who=1"):
        assert client.get(ADDRESSES[0] + wrong).status_code == 400


def test_they_are_not_asked_for_twice_where_nothing_changed(client):
    hidden()
    for address in ADDRESSES:
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
