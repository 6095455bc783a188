"""Entering a decision as a plain form: each button saves, nothing is lost, every error says what to do."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from records.penalties.models import Penalty
from records.publication.documents import Document
from tests import make
from tests.backoffice import office
from tests.backoffice.penalty_form import ROWS, mark, only, sent, url, words

pytestmark = pytest.mark.django_db


def test_the_whole_way_without_a_script(desk, held, clerk, as_user):
    page = clerk.get(url("add"))
    text = words(page)
    for part in (
        "Who",
        "What was decided",
        "Law",
        "Sanctions",
        "Remedy and deadline",
        "What the public will read",
    ):
        assert part in text
    # The place is looked for, ticked, and says who runs it.
    page = clerk.post(
        url("add"), ROWS | {"establishment_q": "kettle", "_find": "establishment", "facts": "Rice."}
    )
    assert f'name="establishment" value="{desk.kettle.pk}"' in words(page) and only().facts == "Rice."
    change = url("change", only().pk)
    assert f'action="{change}"' in words(page)
    given = ROWS | {"facts": "Rice.", "establishment": [str(desk.kettle.pk)], "mark": page.context["mark"]}
    page = clerk.post(change, given | {"violations_q": "too warm", "_find": "violations"})
    assert 'value="Copper Kettle Ltd"' in words(page) and "F02 Food kept too warm" in words(page)
    assert only().business == held.company and only().respondent == "Copper Kettle Ltd"
    # A violation brings its article, the law, and the beginning of the legal basis.
    given |= {
        "violations": [str(held.cold.pk)],
        "mark": page.context["mark"],
        "respondent": "Copper Kettle Ltd",
    }
    page = clerk.post(change, given | {"_preview": "1"})
    made = only()
    assert made.law == held.law and made.legal_basis == "Food Safety Act 1990, s. 17(1)"
    assert made.domain == "food-safety" and made.parts().citations[0].provision == held.sections[0]
    assert "Still missing" in words(page) and 'href="#id_decision_number"' in words(page)
    whole = sent(held, mark=page.context["mark"], establishment=[str(desk.kettle.pk)])
    page = clerk.post(change, whole | {"_next": "1"}, follow=True)
    assert "Submitted: EHO/2026/0117. Another person checks it." in words(page)
    made = only()
    assert (made.state, made.entered_by, made.secrecy_checked_by) == ("in_review", desk.clerk, desk.clerk)
    assert made.document.url == "https://decisions.example.org/117.pdf"
    assert [(s.kind, s.amount, s.currency) for s in made.sanctions.current()] == [("fine", 2500, "GBP")]
    # The next form begins with what decisions of one day share.
    assert 'value="2026-11-02"' in words(page) and "Food Safety Act 1990" in words(page)
    assert "Appeal within 28 days." in words(page) and 'value="EHO/2026/0117"' not in words(page)
    assert only().state == "in_review"  # nothing was begun by looking
    made.approve(desk.checker)
    assert made.state == "approved" and made.imposed == Decimal(2500)


def test_one_post_enters_and_submits_a_whole_decision(held, clerk):
    page = clerk.post(url("add"), sent(held, _submit="1"))
    assert page.status_code == 302 and page["Location"] == reverse("admin:index")
    assert only().state == "in_review"


@pytest.mark.parametrize(
    "given",
    [
        {"respondent": "Somebody"},
        {"facts": "Half a sentence"},
        {"decision_number": "EHO/1"},
        {"sanctions-0-kind": "fine"},
        {"violated_q": "food 17(2)", "facts": "x"},
        {"document_url": "https://decisions.example.org/1.pdf"},
        {"legal_basis": "Food Act"},
    ],
)
def test_a_draft_may_be_any_part_of_a_decision(held, clerk, given):
    page = clerk.post(url("add"), ROWS | given | {"_save": "1"})
    assert page.status_code == 302, page.context["problems"]
    assert page["Location"] == url("change", only().pk) and only().state == "draft"
    text = words(clerk.get(page["Location"]))
    for name, value in given.items():
        if name not in ("violated_q", "sanctions-0-kind"):
            assert value in text
    page = clerk.post(
        url("change", only().pk), ROWS | given | {"_submit": "1", "mark": mark(clerk, page["Location"])}
    )
    assert page.status_code == 422 and "Still missing" in words(page) and only().state == "draft"


def test_an_empty_form_makes_no_draft(held, clerk):
    page = clerk.post(url("add"), ROWS | {"_save": "1", "domain": "food-safety"})
    assert page.status_code == 422 and "because nothing was entered" in words(page)
    assert clerk.post(url("add"), ROWS | {"_submit": "1"}).status_code == 422
    assert clerk.post(url("add"), ROWS | {"_auto": "1", "domain": "food-safety"}).json()["saved"] == ""
    assert not Penalty.objects.exists()


@pytest.mark.parametrize("number", ["EHO/2026/0117", "eho/2026/0117 ", "EHO / 2026/0117", "ＥＨＯ/2026/0117"])
def test_a_number_that_is_taken_is_said_and_the_rest_is_saved(desk, held, clerk, number):
    other = make.penalty(authority=desk.almond, decision_number="EHO/2026/0117")
    answer = clerk.get(url("check"), {"number": number}).json()
    assert answer == {"taken": True, "url": url("change", other.pk)}
    page = clerk.post(url("add"), sent(held, decision_number=number, _submit="1"))
    assert page.status_code == 422 and "already has a decision with this number" in words(page)
    made = Penalty.objects.exclude(pk=other.pk).get()
    assert (made.decision_number, made.respondent, made.state) == ("", "Copper Kettle Ltd", "draft")
    given = sent(held, decision_number="EHO/2026/0118", mark=page.context["mark"], _submit="1")
    assert clerk.post(url("change", made.pk), given).status_code == 302


def test_a_number_is_free_again_after_a_withdrawal_and_at_another_authority(desk, clerk):
    gone = make.published_penalty(authority=desk.almond, decision_number="EHO/1")
    make.penalty(authority=desk.birch, decision_number="EHO/2")
    gone.withdraw(make.user("checker", desk.almond), "Void.", "void", make.document())
    assert clerk.get(url("check"), {"number": "EHO/1"}).json() == {"taken": False, "url": ""}
    assert clerk.get(url("check"), {"number": "EHO/2"}).json()["taken"] is False
    mine = make.penalty(authority=desk.almond, entered_by=desk.clerk, decision_number="EHO/3")
    assert (
        clerk.get(url("check"), {"number": "EHO/3", "record": f"penalty-{mine.pk}"}).json()["taken"] is False
    )


def test_a_file_is_kept_with_the_draft_and_stays(held, clerk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile("decision.pdf", b"%PDF-1.7 made up")
    page = clerk.post(
        url("add"), sent(held, document_url="", _find="business", business_q="copper", file=file)
    )
    assert page.status_code == 200 and only().document.file_name == "decision.pdf"
    assert "It stays unless another one is added" in words(page)
    given = sent(held, document_url="", mark=page.context["mark"], _submit="1")
    assert clerk.post(url("change", only().pk), given).status_code == 302
    assert only().document.sha256 and Document.objects.count() == 1
    wrong = SimpleUploadedFile("decision.pdf", b"no PDF at all")
    page = clerk.post(
        url("add"), sent(held, decision_number="EHO/2", document_url="", file=wrong, _submit="1")
    )
    assert page.status_code == 422 and "Export the document again" in words(page)


def test_the_same_address_is_one_document_however_often_the_draft_is_saved(held, clerk):
    page = clerk.post(url("add"), sent(held, _preview="1"))
    for _time in range(3):
        page = clerk.post(url("change", only().pk), sent(held, mark=page.context["mark"], _preview="1"))
    assert Document.objects.count() == 1
    # A half-typed address is not kept while somebody is still in the field.
    given = sent(held, document_url="https://decisions.example.org/half", mark=page.context["mark"])
    clerk.post(url("change", only().pk), given | {"_auto": "1", "_in": "document_url"})
    assert Document.objects.count() == 1


def test_what_is_asked_depends_on_the_rule_sets_of_the_authority(desk, clerk):
    def asked(*keys):
        desk.almond.rule_sets = list(keys)
        desk.almond.save()
        text = words(clerk.get(url("add")))
        names = ("conduct_ended_on", "found_on", "final_on", "necessity_note", "harm_removed", "person_rule")
        return [name for name in names if f'name="{name}"' in text]

    assert asked() == []
    assert asked("cn.shanghai") == ["conduct_ended_on", "harm_removed"]
    assert asked("cn.zhejiang") == ["found_on", "final_on"]
    assert asked("cn.ndrc36") == ["necessity_note"]


def test_the_check_for_secrets_names_who_and_when_and_can_be_taken_back(desk, held, clerk):
    page = clerk.post(url("add"), sent(held, _save="1"), follow=True)
    assert only().secrecy_checked_on == desk.almond.today()
    assert "Recorded: Amal Clerk" in words(page)
    given = sent(held, mark=page.context["mark"], _save="1")
    clerk.post(url("change", only().pk), given | {"secrecy": ""})
    assert only().secrecy_checked_on is None and only().secrecy_checked_by is None


def test_a_returned_draft_shows_the_reason(desk, held, clerk):
    clerk.post(url("add"), sent(held, _submit="1"))
    only().give_back(desk.checker, "The date is that of the letter.")
    text = words(clerk.get(url("change", only().pk)))
    assert "Returned to you" in text and "The date is that of the letter." in text


def test_whoever_runs_the_installation_writes_no_decisions(desk, held, as_user):
    for who in (desk.registrar, desk.checker, desk.auditor):
        client = as_user(who)
        assert client.get(url("add")).status_code == 403
        assert client.post(url("add"), sent(held, _save="1")).status_code == 403
        assert client.get(url("suggest", "law"), {"q": "food"}).status_code == 403
    assert not Penalty.objects.exists()


def test_the_web_role_enters_and_submits(held, clerk, web_role):
    web_role()
    assert clerk.post(url("add"), sent(held, _next="1")).status_code == 302
    assert only().state == "in_review"


def test_a_clerk_of_two_authorities_chooses_which(desk, held, as_user):
    both = office.person("twice", (desk.almond, "clerk"), (desk.birch, "clerk"))
    client = as_user(both)
    assert "Use this authority" in words(client.get(url("add")))
    client.post(f"{url('add')}?authority={desk.birch.pk}", sent(held, _submit="1"))
    assert only().authority == desk.birch
