"""What happens to decisions at the desk: each step by the people it belongs to, and by nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from records.penalties.desk import actions
from records.penalties.happenings import PenaltyEvent
from records.penalties.models import Penalty
from tests import make

pytestmark = pytest.mark.django_db

ROLES = ("clerk", "checker", "publisher", "adjudicator", "registrar", "dpo", "auditor")
# step -> who may take it, of the roles above
WHO = {
    "approve": {"checker"}, "give_back": {"checker"}, "refuse": {"checker"}, "publish": {"publisher"},
    "reopen": {"checker"}, "correct": {"clerk"}, "event": {"clerk"},
    "suspend": {"adjudicator", "registrar", "dpo"}, "withdraw": {"checker", "registrar"},
    "resume": {"adjudicator"}, "repair": {"adjudicator"}, "extend": {"adjudicator"}, "seal": {"dpo"},
}  # fmt: skip
WHY = {"reason": "Because it is so."}
PAPER = {"address": "https://court.example.org/order.pdf", "title": "Order"}


@pytest.fixture
def office():
    """An authority with one person for each role, and a second clerk whose decisions they deal with."""
    authority = make.authority()
    people = dict(zip(ROLES, make.team(authority, *ROLES), strict=True))
    people["maker"] = make.user("clerk", authority)
    people["authority"] = authority
    return people


def draft(office, **facts) -> Penalty:
    return make.penalty(authority=office["authority"], entered_by=office["maker"], **facts)


def reviewed(office, **facts) -> Penalty:
    penalty = draft(office, **facts)
    penalty.submit(office["maker"])
    return penalty


def published(office, **facts) -> Penalty:
    penalty = reviewed(office, **facts)
    penalty.approve(office["checker"])
    penalty.publish(office["publisher"])
    return penalty


def do(client, person, penalty, key, **data):
    client.force_login(person)
    response = client.post(reverse("admin:records_penalty_do", args=[penalty.pk, key]), data)
    penalty.refresh_from_db()
    return response


def page(client, person, penalty) -> str:
    client.force_login(person)
    return client.get(reverse("admin:records_penalty_change", args=[penalty.pk])).content.decode()


def test_each_step_is_offered_to_its_people_and_to_nobody_else(office, client):
    approved = reviewed(office)
    approved.approve(office["checker"])
    suspended = published(office)
    suspended.suspend(office["dpo"], "x", "personal_data", timezone.localdate() + timedelta(days=3))
    refused = reviewed(office)
    refused.refuse(office["checker"], "x")
    records = (reviewed(office), approved, published(office), suspended, refused)
    seen = {}
    for record in records:
        for role in ROLES:
            for action, _why in actions.offered(record, office[role]):
                seen.setdefault(action.key, set()).add(role)
    assert seen == WHO
    for role in ROLES:
        client.force_login(office[role])  # once: it is the dearest part of a request
        for record in records:
            offered = {action.key for action, _why in actions.offered(record, office[role])}
            for key in set(WHO) - offered:
                address = reverse("admin:records_penalty_do", args=[record.pk, key])
                late = role in WHO[key]  # theirs, but not in this state: they are led back to the record
                assert client.post(address, WHY).status_code == (302 if late else 403), (key, role)
    assert [type(record).objects.get(pk=record.pk).state for record in records] == [
        record.state for record in records
    ]


def test_a_decision_goes_from_review_to_the_public_by_two_more_people(office, client):
    penalty = reviewed(office)
    assert "Nothing stands against it" in page(client, office["checker"], penalty)
    assert do(client, office["checker"], penalty, "approve").status_code == 302
    assert penalty.state == "approved" and penalty.checked_by == office["checker"]
    assert do(client, office["publisher"], penalty, "publish").status_code == 302
    assert Penalty.objects.public().filter(pk=penalty.pk).exists()
    told = page(client, office["auditor"], penalty)
    assert "approved" in told and office["publisher"].username in told


def test_who_checks_and_publishes_does_both_in_one_press(office, client):
    make.membership(office["checker"], "publisher", office["authority"])
    penalty = reviewed(office)
    assert do(client, office["checker"], penalty, "approve_and_publish").status_code == 302
    assert penalty.state == "published" and penalty.published_by == office["checker"]


def test_nobody_approves_their_own_whatever_their_roles(office, client):
    make.membership(office["maker"], "checker", office["authority"])
    penalty = reviewed(office)
    assert "another person checks it" in page(client, office["maker"], penalty)
    response = do(client, office["maker"], penalty, "approve")
    assert response.status_code == 422 and penalty.state == "in_review"


def test_a_gate_that_refuses_shuts_the_button_and_says_why(office, client):
    penalty = reviewed(office)
    Penalty.objects.filter(pk=penalty.pk)
    office["authority"].rule_sets = ["cn.ndrc58"]
    office["authority"].save()
    told = page(client, office["checker"], penalty)
    assert "None of the rule sets of the authority is in force" in told
    assert do(client, office["checker"], penalty, "approve").status_code == 422
    assert do(client, office["checker"], penalty, "refuse", gate="no_rule", **WHY).status_code == 302
    assert (penalty.state, penalty.refused_gate) == ("refused", "no_rule")


def test_a_reason_that_is_missing_is_asked_for_and_nothing_happens(office, client):
    penalty = reviewed(office)
    response = do(client, office["checker"], penalty, "give_back", reason=" ")
    assert response.status_code == 422 and penalty.state == "in_review"
    assert "This field is required" in response.content.decode()
    assert do(client, office["checker"], penalty, "give_back", **WHY).status_code == 302
    assert penalty.state == "draft"


def test_a_registrar_hides_at_once_and_two_others_show_it_again(office, client):
    penalty = published(office)
    form = {"hidden_because": "court_stay", "review_on": timezone.localdate() + timedelta(days=9)}
    assert do(client, office["registrar"], penalty, "suspend", **form, **WHY).status_code == 302
    assert penalty.state == "suspended" and not Penalty.objects.public().filter(pk=penalty.pk).exists()
    assert do(client, office["adjudicator"], penalty, "resume", **WHY).status_code == 302
    proposal = penalty.proposals.get()
    assert "Agree" not in page(client, office["adjudicator"], penalty)
    address = reverse("admin:records_penalty_proposal", args=[penalty.pk, proposal.pk])
    client.force_login(office["publisher"])
    assert client.post(address, {"agree": "1"}).status_code == 403
    client.force_login(office["checker"])
    assert client.post(address, {"agree": "1"}).status_code == 302
    penalty.refresh_from_db()
    assert penalty.state == "published"


def test_the_registrar_of_the_installation_hides_too_and_writes_nothing(office, client):
    penalty = published(office)
    registrar = make.user("registrar")
    assert {a.key for a, _why in actions.offered(penalty, registrar)} == {"suspend"}


def test_a_withdrawal_asks_for_its_document_and_tells_its_three_working_days(office, client):
    penalty = published(office)
    event = PenaltyEvent.objects.create(
        penalty=penalty, kind="annulled", on=office["authority"].today(), entered_by=office["clerk"]
    )
    client.force_login(office["checker"])
    confirm = reverse("admin:records_penalty_event", args=[penalty.pk, event.pk, "confirm"])
    assert client.post(confirm).status_code == 302
    assert "The decision was annulled. Withdraw it by" in page(client, office["checker"], penalty)
    form = {"withdrawn_because": "annulled", "caused_on": office["authority"].today()}
    response = do(client, office["checker"], penalty, "withdraw", **form, **WHY)
    assert response.status_code == 422 and "Name the document" in response.content.decode()
    assert do(client, office["checker"], penalty, "withdraw", **form, **WHY, **PAPER).status_code == 302
    assert penalty.state == "withdrawn"
    assert penalty.withdrawal.document.url == PAPER["address"]


def test_an_event_counts_when_another_person_has_confirmed_it(office, client):
    penalty = published(office, sanctions=(("fine", 12000),))
    form = {"event": "varied", "event_on": office["authority"].today(), "amount": "4000", "currency": "GBP"}
    assert do(client, office["clerk"], penalty, "event", **form).status_code == 302
    event = penalty.events.waiting().get()
    assert penalty.owed == 12000
    address = reverse("admin:records_penalty_event", args=[penalty.pk, event.pk, "confirm"])
    assert client.post(address).status_code == 403  # the clerk's own
    client.force_login(office["checker"])
    assert client.post(address).status_code == 302
    penalty.refresh_from_db()
    assert (penalty.imposed, penalty.owed) == (12000, 4000)


def test_an_amount_without_currency_or_a_day_to_come_is_told_at_the_field(office, client):
    penalty = published(office)
    tomorrow = office["authority"].today() + timedelta(days=1)
    form = {"event": "paid", "event_on": tomorrow, "amount": "10", "currency": ""}
    told = do(client, office["clerk"], penalty, "event", **form).content.decode()
    assert "An amount needs its currency." in told and "The date lies in the future." in told
    assert not penalty.events.waiting().exists()


def test_a_correction_is_begun_checked_with_its_difference_and_applied(office, client):
    penalty = published(office, facts="The fridge stood at 12 degres.")
    response = do(client, office["clerk"], penalty, "correct")
    correction = penalty.corrections.get()
    assert response.url == reverse("admin:records_penalty_correction", args=[correction.pk])
    assert "degres" in client.get(response.url).content.decode()
    correction.facts = "The fridge stood at 12 degrees."
    correction.save()
    correction.submit(office["clerk"], "A spelling mistake.")
    client.force_login(office["checker"])
    told = client.get(response.url).content.decode()
    assert "<del>degres" in told and "<ins>degrees" in told and "A spelling mistake." in told
    apply = reverse("admin:records_penalty_correction_do", args=[correction.pk, "apply"])
    client.force_login(office["clerk"])
    assert client.post(apply).status_code == 403
    client.force_login(office["checker"])
    assert client.post(apply).status_code == 302
    assert Penalty.objects.public().get(pk=penalty.pk).version == 2


def test_a_person_of_another_authority_finds_nothing_and_does_nothing(office, client):
    penalty, stranger = published(office), make.user("checker")
    client.force_login(stranger)
    assert client.get(reverse("admin:records_penalty_change", args=[penalty.pk])).status_code == 404
    assert do(client, stranger, penalty, "withdraw", **WHY).status_code == 404


def test_the_first_screen_says_what_waits_for_whom(office, client):
    waiting, mine, approved = reviewed(office), make.penalty(
        authority=office["authority"], entered_by=office["clerk"]
    ), reviewed(office)  # fmt: skip
    approved.approve(office["checker"])
    client.force_login(office["checker"])
    desk = client.get(reverse("admin:index")).content.decode()
    assert "Decisions to check" in desk and waiting.decision_number in desk
    assert "Approved decisions" in desk and mine.decision_number not in desk
    client.force_login(office["clerk"])
    desk = client.get(reverse("admin:index")).content.decode()
    assert "My drafts of decisions" in desk and mine.decision_number in desk and "Enter a decision" in desk
    client.force_login(office["auditor"])
    assert "Decisions to check" not in client.get(reverse("admin:index")).content.decode()


def test_a_stored_document_is_read_by_those_who_may_read_the_record(office, client, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    penalty = published(office)
    upload = SimpleUploadedFile("order.pdf", b"%PDF-1.7 an order")
    form = {"event": "contested", "event_on": office["authority"].today(), "file": upload}
    assert do(client, office["clerk"], penalty, "event", **form).status_code == 302
    document = penalty.events.waiting().get().document
    address = reverse("admin:records_penalty_document", args=[penalty.pk, document.pk])
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 an order"
    assert response["Content-Disposition"].startswith("attachment")
    client.force_login(make.user("checker"))
    assert client.get(address).status_code == 404


def test_the_desk_names_the_last_day_on_which_a_decision_is_shown(office, client):
    penalty = published(office)
    penalty.refresh_from_db()
    assert penalty.last_day < penalty.hide_at.astimezone(penalty.zone).date()
    client.force_login(office["checker"])
    page = client.get(reverse("admin:records_penalty_change", args=[penalty.pk])).content.decode()
    assert f"until {date_format(penalty.last_day, 'DATE_FORMAT')}" in page
    waits = reviewed(office)
    page = client.get(reverse("admin:records_penalty_change", args=[waits.pk])).content.decode()
    last = date_format(waits.verdict(office["checker"]).periods.last_day, "DATE_FORMAT")
    assert f"until {last}." in page
