"""Drafts save themselves, two windows never overwrite each other, nobody reaches what is not theirs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.penalties.models import Penalty
from tests import make
from tests.backoffice import office
from tests.backoffice.penalty_form import ROWS, mark, only, sent, url, words

pytestmark = pytest.mark.django_db


# -- saved while one goes on


def test_a_draft_saves_itself_and_says_when_and_where(held, clerk):
    answer = clerk.post(url("add"), ROWS | {"respondent": "Copper", "_auto": "1", "_in": "facts"}).json()
    made = only()
    assert answer["url"] == url("change", made.pk) and answer["record"] == f"penalty-{made.pk}"
    assert answer["saved"] and answer["mark"] == mark(clerk, answer["url"])
    given = ROWS | {"respondent": "Copper Kettle Ltd", "_auto": "1", "mark": answer["mark"]}
    again = clerk.post(answer["url"], given).json()
    assert only().respondent == "Copper Kettle Ltd" and again["mark"] != answer["mark"]
    assert "sanctions" not in again["beside"] and again["problems"] == 0


def test_a_refused_file_is_told_even_while_the_clerk_stands_in_its_field(held, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("decision.pdf", b"nothing of the kind")
    answer = clerk.post(
        url("add"), ROWS | {"facts": "Rice.", "_auto": "1", "_in": "file", "file": file}
    ).json()
    assert "Export the document again" in answer["beside"]["id_file"]


def test_what_is_found_comes_with_the_saving_and_a_mask_in_place(held, clerk):
    given = ROWS | {"facts": "Call 07700 900123.", "_auto": "1"}
    answer = clerk.post(url("add"), given).json()
    assert "found at" in answer["beside"]["id_facts"] and answer["seen"]
    given |= {"mark": answer["mark"], "_mask": "facts:5:17:phone"}
    answer = clerk.post(answer["url"], given).json()
    assert answer["masked"] == ["facts", "Call ███."] and answer["seen"] == ""
    assert only().facts == "Call ███."


def test_a_picker_is_not_settled_while_somebody_is_typing_in_it(held, clerk):
    answer = clerk.post(url("add"), ROWS | {"facts": "x", "violations_q": "F02", "_auto": "1"}).json()
    assert not only().violations.exists() and answer["problems"] == 0
    given = ROWS | {"facts": "x", "violations_q": "F02", "mark": answer["mark"], "_save": "1"}
    assert clerk.post(answer["url"], given).status_code == 302
    assert only().violations.get().violation == held.cold


def test_what_is_typed_and_means_several_things_is_asked_about(held, clerk):
    page = clerk.post(url("add"), sent(held, _save="1", applied_q="food 17"))
    assert page.status_code == 422 and "Choose one of these" in words(page) and "s. 17(2)" in words(page)
    page = clerk.post(url("add"), sent(held, decision_number="E/2", _save="1", applied_q="nothing such"))
    assert page.status_code == 422 and "Nothing in the register matches" in words(page)


# -- two windows


def test_of_two_windows_neither_overwrites_the_other_unseen(held, clerk):
    clerk.post(url("add"), sent(held, _save="1"))
    address = url("change", only().pk)
    first = second = mark(clerk, address)
    assert clerk.post(address, sent(held, facts="From the first.", mark=first, _save="1")).status_code == 302
    answer = clerk.post(address, sent(held, facts="From the second.", mark=second, _auto="1"))
    assert answer.status_code == 409 and "another window" in answer.json()["conflict"]
    page = clerk.post(address, sent(held, facts="From the second.", mark=second, _submit="1"))
    text = words(page)
    assert page.status_code == 409 and only().facts == "From the first." and only().state == "draft"
    assert (
        "From the second." in text
        and ("Facts", "From the first.", "From the second.") in page.context["conflict"]
    )
    page = clerk.post(address, sent(held, facts="From the second.", mark=page.context["mark"], _save="1"))
    assert page.status_code == 302 and only().facts == "From the second."


def test_a_change_of_a_sanction_or_an_event_is_a_conflict_too(held, clerk):
    clerk.post(url("add"), sent(held, _save="1"))
    address = url("change", only().pk)
    old = mark(clerk, address)
    clerk.post(address, sent(held, mark=old, _save="1") | {"sanctions-0-amount": "300"})
    assert clerk.post(address, sent(held, mark=old, _save="1")).status_code == 409
    assert only().sanctions.get().amount == 300


def test_what_was_handed_on_in_another_window_is_not_written_and_not_lost(held, clerk):
    clerk.post(url("add"), sent(held, _save="1"))
    address = url("change", only().pk)
    old = mark(clerk, address)
    only().submit(only().entered_by)
    page = clerk.post(address, sent(held, facts="Too late.", mark=old, _save="1"))
    assert page.status_code in (302, 403, 405, 409) and only().facts.startswith("Cooked rice")


# -- whose


@pytest.fixture
def theirs(desk):
    return make.penalty(authority=desk.birch, entered_by=desk.stranger, decision_number="BD/1")


def test_a_foreign_draft_does_not_exist(desk, held, clerk, theirs):
    for key in (
        f"penalty-{theirs.pk}",
        "penalty-999999",
        "correction-1",
        "penalty-x",
        "law-1",
        "penalty-" + "9" * 30,
    ):
        for name in ("check", "preview"):
            ask = clerk.get if name == "check" else clerk.post
            assert ask(url(name), ROWS | {"record": key, "number": "BD/1"}).status_code == 404, key
    assert clerk.get(url("change", theirs.pk)).status_code == 404
    assert clerk.post(url("change", theirs.pk), sent(held, _save="1")).status_code == 404
    theirs.refresh_from_db()
    assert theirs.decision_number == "BD/1"


@pytest.mark.parametrize("asked", ["birch", "0", "x", "9" * 30, "-1"])
def test_a_foreign_authority_is_refused(desk, held, clerk, asked):
    key = str(desk.birch.pk) if asked == "birch" else asked
    assert clerk.get(url("add"), {"authority": key}).status_code == 404
    assert clerk.post(f"{url('add')}?authority={key}", sent(held, _save="1")).status_code == 404
    for name in ("suggest", "check"):
        args = ["law"] if name == "suggest" else []
        assert clerk.get(url(name, *args), {"authority": key, "q": "food"}).status_code == 404
    assert clerk.post(url("preview"), ROWS | {"authority": key}).status_code == 404
    assert not Penalty.objects.exists()


def test_foreign_places_and_unknown_rows_are_neither_found_nor_linked(desk, held, clerk):
    assert clerk.get(url("suggest", "establishment"), {"q": "birch bark"}).json() == {"found": []}
    wrong = {
        "establishment": [str(desk.theirs.pk)], "business": ["999999"], "violations": ["x", "9" * 40],
        "law": ["0"], "violated": ["p0|s. 1", "z1|x", "|", "p" + "9" * 40], "applied": [],
    }  # fmt: skip
    page = clerk.post(url("add"), sent(held, _save="1") | wrong)
    assert page.status_code == 422 and "not yours" in words(page)
    made = only()
    assert made.establishment is None and made.business is None and made.law is None
    assert not made.violations.exists() and not made.citations.exists()


def test_a_sole_trader_is_found_by_the_authority_of_the_place_alone(desk, held, clerk, as_user):
    trader = make.business("Anna Sample", kind="sole_trader")
    desk.theirs.business = trader
    desk.theirs.save()
    for what in ("business", "respondent"):
        assert clerk.get(url("suggest", what), {"q": "anna sample"}).json() == {"found": []}
        found = as_user(desk.stranger).get(url("suggest", what), {"q": "anna sam"}).json()["found"]
        assert found and found[0]["label"] == "Anna Sample"


def test_another_clerks_draft_is_not_a_form(desk, held, clerk, as_user):
    clerk.post(url("add"), sent(held, _save="1"))
    other = office.person("olu", (desk.almond, "clerk"))
    page = as_user(other).post(url("change", only().pk), sent(held, facts="Mine now.", _save="1"))
    assert page.status_code in (302, 403, 404, 405) and only().facts.startswith("Cooked rice")
    answer = as_user(other).post(url("preview"), ROWS | {"record": f"penalty-{only().pk}"})
    assert answer.status_code == 404


# -- what nobody's browser sends


@pytest.mark.parametrize("number", ["x", "-1", "100000", "", "1e3", "9" * 40])
@pytest.mark.parametrize("prefix", ["sanctions", "events"])
def test_a_forged_number_of_rows_is_an_error_and_changes_nothing(held, clerk, number, prefix):
    clerk.post(url("add"), sent(held, _save="1"))
    address = url("change", only().pk)
    for button in ("_save", "_submit", "_preview", "_auto", "_more", "_mask", "_find"):
        given = sent(held, mark=mark(clerk, address), facts="Forged.")
        page = clerk.post(address, given | {f"{prefix}-TOTAL_FORMS": number, button: prefix})
        assert page.status_code in (200, 422), button
        assert only().facts != "Forged." and only().sanctions.count() == 1
    page = clerk.post(url("preview"), ROWS | {f"{prefix}-TOTAL_FORMS": number})
    assert page.status_code == 200


def test_rows_come_by_a_button_with_what_was_typed(held, clerk):
    page = clerk.post(url("add"), sent(held, _more="sanctions"))
    assert 'name="sanctions-1-kind"' in words(page) and 'value="2,500"' in words(page)
    page = clerk.post(url("change", only().pk), sent(held, _more="events", mark=page.context["mark"]))
    assert 'name="events-0-kind"' in words(page)


@pytest.mark.parametrize(
    "typed", ["\0", "copper\0", "x" * 5000, "((('", "\u202e", "第", "%", "\\", "1" * 300]
)
def test_whatever_is_typed_is_answered(held, clerk, typed):
    for what in (
        "respondent",
        "business",
        "establishment",
        "violations",
        "violated",
        "applied",
        "law",
        "inspection",
    ):
        answer = clerk.get(url("suggest", what), {"q": typed, "decided_on": typed, "domain": typed})
        assert answer.status_code == 200 and "found" in answer.json()
    assert clerk.get(url("suggest", "nothing"), {"q": "x"}).status_code == 404
    assert clerk.get(url("check"), {"number": typed}).json()["taken"] is False
    sending = {name: typed for name in sent() if not name.endswith("FORMS")}
    sending |= dict.fromkeys(
        ("violations_q", "law_q", "inspection", "seriousness", "language", "mark", "seen"), typed
    )
    for button in ("_save", "_submit", "_auto"):
        page = clerk.post(url("add"), ROWS | sending | {button: "1"})
        assert page.status_code in (200, 302, 422)
        assert "\0" not in words(page)
    assert clerk.post(url("preview"), ROWS | sending).status_code == 200


def test_only_a_form_is_previewed_and_nothing_is_saved_by_it(held, clerk):
    assert clerk.get(url("preview")).status_code == 403
    page = clerk.post(url("preview"), sent(held))
    text = words(page)
    assert "<html" not in text and "gates passed" in text and "Ready to be submitted" in text
    assert "2,500" in text and "Cooked rice" in text and "Public from" in text
    assert not Penalty.objects.exists()


def test_a_draft_is_deleted_by_its_owner_alone_and_only_while_it_is_one(desk, held, clerk, as_user, theirs):
    clerk.post(url("add"), sent(held, _save="1"))
    made = Penalty.objects.get(authority=desk.almond)
    assert url("discard", made.pk) in words(clerk.get(url("change", made.pk)))
    assert clerk.get(url("discard", made.pk)).status_code == 403
    for key in (theirs.pk, 999_999):
        assert clerk.post(url("discard", key)).status_code == 404
    assert as_user(desk.stranger).post(url("discard", made.pk)).status_code == 404
    assert clerk.post(url("discard", made.pk), follow=True).status_code == 200
    assert not Penalty.objects.filter(pk=made.pk).exists()
    clerk.post(url("add"), sent(held, _submit="1"))
    handed_in = Penalty.objects.get(authority=desk.almond)
    assert clerk.post(url("discard", handed_in.pk)).status_code == 404
