"""What stands in place of a decision that is no longer shown, and how long anybody keeps its page."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from records.penalties import ending
from tests import make
from tests.penalties.test_views import gone, text

pytestmark = pytest.mark.django_db


def end_at(penalty, instant):
    """Let it end at that instant, as no verb can: by the owner, past the triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE records_penalty DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE records_penalty SET publish_at = now() - interval '1 day', hide_at = %s WHERE id = %s",
            [instant, penalty.pk],
        )
        cursor.execute("ALTER TABLE records_penalty ENABLE TRIGGER USER")
        cursor.execute("SELECT records_index(%s)", [[penalty.pk]])


def test_a_withdrawn_decision_leaves_number_authority_date_and_reason_and_no_name(client):
    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    penalty.withdraw(
        make.user("checker", penalty.authority), "It names somebody else.", "wrong_subject", make.document()
    )
    response = client.get(penalty.get_absolute_url())
    told = text(response)
    assert response.status_code == 200 and response.headers["X-Robots-Tag"] == "noindex"
    for words in (
        penalty.decision_number,
        penalty.authority.name,
        "It names somebody else.",
        "wrong respondent",
    ):
        assert words in told, words
    assert "Copper Kettle" not in told and "5,000" not in told and "21 degrees" not in told
    gone(client, f"/penalties/{penalty.reference}/v/1/")
    gone(client, f"/penalties/{penalty.reference}/v/1/record.json")
    gone(client, f"/penalties/{penalty.reference}/document/{penalty.document_id}/")


def test_a_withdrawn_decision_names_the_respondent_where_that_was_asked_for(client):
    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    checker = make.user("checker", penalty.authority)
    penalty.withdraw(checker, "Annulled.", "annulled", make.document(), name_on_notice=True)
    assert "Copper Kettle Ltd named here at its own request" in text(client.get(penalty.get_absolute_url()))


def test_a_hidden_decision_is_a_stub_without_name_and_number(client):
    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    registrar = make.user("registrar", penalty.authority)
    review = timezone.localdate() + timedelta(days=30)
    penalty.suspend(registrar, "A court stayed it, says Jane Doe.", "court_stay", review)
    response = client.get(penalty.get_absolute_url())
    assert response.status_code == 200 and response.headers["X-Robots-Tag"] == "noindex"
    told = text(response)
    assert "hidden for the time being" in told and penalty.authority.name in told
    for words in ("Copper Kettle", penalty.decision_number, "Jane Doe"):
        assert words not in told
    gone(client, f"/penalties/{penalty.reference}/v/1/")


def test_what_is_over_is_gone_although_no_clock_has_run(client):
    penalty = make.published_penalty(respondent="Copper Kettle Ltd")
    end_at(penalty, timezone.now() - timedelta(hours=1))
    response = gone(client, penalty.get_absolute_url())
    told = text(response)
    for words in ("Copper Kettle", penalty.decision_number, penalty.authority.name, "21 degrees"):
        assert words not in told
    assert penalty.reference in told
    gone(client, f"/penalties/{penalty.reference}/v/1/")


def test_a_sealed_decision_is_gone(client):
    penalty = make.published_penalty()
    checker, dpo = make.team(penalty.authority, "checker", "dpo")
    penalty.withdraw(checker, "Annulled.", "annulled", make.document())
    ending.decide(penalty.propose("seal", dpo, "Retention is over."), checker, True)
    assert penalty.decision_number not in text(gone(client, penalty.get_absolute_url()))


def test_no_page_is_kept_longer_than_what_it_shows_may_be_shown(client):
    place = make.establishment()
    penalty = make.published_penalty(establishment=place, authority=place.authority)
    end_at(penalty, timezone.now() + timedelta(seconds=20))
    record = f"{penalty.get_absolute_url()}v/1/record.json"
    addresses = (
        penalty.get_absolute_url(), record, "/penalties/", "/", place.get_absolute_url(),
        "/sitemap-decisions-1.xml",
    )  # fmt: skip
    for address in addresses:
        kept = re.search(r"max-age=(\d+)", client.get(address).headers["Cache-Control"])
        assert int(kept[1]) <= 20, address
