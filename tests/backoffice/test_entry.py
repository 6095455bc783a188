"""Entering an inspection as a plain form: nothing is lost, every error says what is allowed."""

from datetime import date

import pytest
from django.urls import reverse

from records.ratings.models import Finding, Inspection, Rating
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:records_inspection_{name}", args=args)


def data(scores=("5", "5", "5"), findings=(), **more):
    """What the form sends; `findings` are texts."""
    sent = {"scheme": "uk-fhrs", "inspected_on": "2026-11-02", "kind": "routine", "outcome": ""}
    sent |= dict(zip(("score_hygiene", "score_structural", "score_confidence"), scores, strict=True))
    sent |= {"findings-TOTAL_FORMS": str(max(3, len(findings))), "findings-INITIAL_FORMS": "0"}
    for number, text in enumerate(findings):
        sent |= {f"findings-{number}-text": text, f"findings-{number}-code": f"H{number}"}
    return sent | more


def enter(client, place, **sent):
    return client.post(f"{url('add')}?establishment={place.pk}", sent)


def test_the_whole_way_without_a_script(desk, as_user, client):
    clerk, checker = as_user(desk.clerk), as_user(desk.checker)
    desk.almond.country = "GB-ENG"
    desk.almond.save()
    assert b"Enter an inspection" in clerk.get(reverse("admin:index")).content
    found = clerk.get(url("add"), {"q": "copper"}).content.decode()
    link = f"{url('add')}?establishment={desk.kettle.pk}"
    assert f'href="{link}"' in found
    page = clerk.get(link)
    for words in (
        "Hygienic food handling",
        "Generally satisfactory",
        "How food is prepared",
        "Earlier inspections",
    ):
        assert words in page.content.decode()
    page = clerk.post(link, data(("10", "5", "0"), _grade="1"))
    assert b"The three scores add up to 15" in page.content and b"grade-bar" in page.content
    assert not Inspection.objects.exists()
    page = clerk.post(link, data(("0", "5", "0"), ["No soap at the basin."], _next="1"), follow=True)
    assert b"Submitted: The Copper Kettle, 5, Very good" in page.content
    assert b"Which establishment was inspected?" in page.content
    made = Inspection.objects.get()
    assert (made.state, made.entered_by, made.grade, made.findings.get().text) == (
        "in_review", desk.clerk, "5", "No soap at the basin."
    )  # fmt: skip
    assert b"The Copper Kettle" in checker.get(reverse("admin:index")).content
    page = checker.get(url("change", made.pk))
    assert b"No soap at the basin." in page.content and b"Approve" in page.content
    checker.post(url("step", made.pk, "approve"))
    assert Rating.objects.public().get().value == "5"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (data(("7", "5", "5")), "“7” is not allowed. Choose one of: 0 Very good, 5 Good"),
        (data(("", "5", "5")), "This is missing. Choose one of: 0 Very good"),
        (data(inspected_on=""), "Enter the date of the inspection"),
        (data(inspected_on="soon"), "Write it as year-month-day"),
        (data(inspected_on="2999-01-01"), "lies in the future"),
        (data(inspected_on="1950-01-01"), "not in force on that day"),
        (data(findings=["x"]) | {"findings-0-points": "many"}, "Points are a number"),
        (data() | {"findings-1-code": "H2"}, "Say what was found"),
    ],
)
def test_an_error_says_what_is_allowed_and_loses_nothing(desk, as_user, sent, words):
    page = enter(as_user(desk.clerk), desk.kettle, **sent, _next="1")
    text = page.content.decode()
    assert page.status_code == 422 and words in text
    assert 'value="routine"' in text
    if sent["score_structural"] == "5":
        assert 'name="score_structural" value="5" ' in text and "checked" in text
    assert not Inspection.objects.exists()


def test_a_draft_may_be_incomplete_and_comes_back_as_it_was(desk, as_user):
    client = as_user(desk.clerk)
    page = enter(client, desk.kettle, **data(("10", "", ""), ["Half a sentence"]), _save="1")
    made = Inspection.objects.get()
    assert page["Location"] == url("change", made.pk)
    assert (made.state, made.scores) == ("draft", None)
    text = client.get(page["Location"]).content.decode()
    assert "Its scores are not complete yet" in text and "Half a sentence" in text
    assert 'name="score_hygiene" value="10"' in text and text.count("checked") == 1
    page = client.post(page["Location"], data(("10", "5", "5"), ["A whole sentence"], _submit="1"))
    made.refresh_from_db()
    assert (made.state, made.grade, made.findings.get().text) == ("in_review", "4", "A whole sentence")


def test_a_draft_needs_its_date_and_whole_findings(desk, as_user):
    for wrong in (data(inspected_on=""), data() | {"findings-0-code": "H2"}):
        assert enter(as_user(desk.clerk), desk.kettle, **wrong, _save="1").status_code == 422
    assert not Inspection.objects.exists()


def test_more_rows_come_by_a_button_with_what_was_typed(desk, as_user):
    page = enter(as_user(desk.clerk), desk.kettle, **data(findings=["One", "Two", "Three"]), _more="1")
    text = page.content.decode()
    assert "findings-5-text" in text and "Three" in text and page.status_code == 200
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("number", ["x", "-1", "100000", ""])
def test_a_forged_number_of_rows_is_an_error_and_no_crash(desk, as_user, number):
    client = as_user(desk.clerk)
    for button in ("_next", "_more", "_grade"):
        page = enter(client, desk.kettle, **data() | {"findings-TOTAL_FORMS": number, button: "1"})
        assert page.status_code in (200, 302, 422)
    assert not Finding.objects.exists()


@pytest.mark.parametrize("value", ["abc", "0", "9" * 40, "1 OR 1=1", "-1"])
def test_a_typed_establishment_that_is_none_is_not_found(desk, as_user, value):
    assert as_user(desk.clerk).get(url("add"), {"establishment": value}).status_code == 404
    assert as_user(desk.clerk).post(url("grade"), {"establishment": value}).status_code == 404


@pytest.mark.parametrize("typed", ["\0", "kettle\0", "\0\0 -"])
def test_a_nul_in_what_is_typed_finds_what_it_can_and_breaks_nothing(desk, as_user, typed):
    client = as_user(desk.clerk)
    assert client.get(url("add"), {"q": typed}).status_code == 200
    assert client.get(url("suggest"), {"q": typed}).status_code == 200


def test_the_scheme_decides_which_fields_there_are(desk, as_user):
    client = as_user(desk.clerk)
    page = client.get(
        url("add"), {"establishment": desk.kettle.pk, "scheme": "us-nyc", "inspected_on": "2026-11-02"}
    )
    text = page.content.decode()
    assert 'name="score_inspection"' in text and 'name="score_hygiene"' not in text
    assert 'value="2026-11-02"' in text
    sent = {
        "scheme": "us-nyc",
        "score_inspection": "initial",
        "score_score": "12",
        "inspected_on": "2026-11-02",
    }
    sent |= {"findings-TOTAL_FORMS": "0", "findings-INITIAL_FORMS": "0", "_submit": "1"}
    page = client.post(f"{url('add')}?establishment={desk.kettle.pk}", sent)
    assert page.status_code == 302 and Inspection.objects.get().grade == "A"


def test_components_about_the_past_are_worked_out_from_it(desk, as_user):
    office.published(
        desk.kettle,
        desk.clerk,
        desk.checker,
        {"inspection": "initial", "score": 20},
        date(2026, 10, 30),
        key="us-nyc",
    )
    client = as_user(desk.clerk)
    sent = {"scheme": "us-nyc", "score_inspection": "re", "score_score": "12", "inspected_on": "2026-11-02"}
    sent |= {"findings-TOTAL_FORMS": "0", "findings-INITIAL_FORMS": "0"}
    page = client.post(f"{url('add')}?establishment={desk.kettle.pk}", sent | {"_submit": "1"})
    assert page.status_code == 422 and b"no sooner than 7 days" in page.content
    client.post(
        f"{url('add')}?establishment={desk.kettle.pk}", sent | {"_submit": "1", "inspected_on": "2026-11-09"}
    )
    assert Inspection.objects.get(state="in_review").scores["days_since_initial"] == 10


def test_the_grade_while_scoring_is_a_fragment_and_saves_nothing(desk, as_user):
    client = as_user(desk.clerk)
    page = client.post(url("grade"), data(("25", "5", "5")) | {"establishment": desk.kettle.pk})
    assert b"<html" not in page.content and b"the worst of them is 25" in page.content
    page = client.post(url("grade"), data(("5", "", "")) | {"establishment": desk.kettle.pk})
    assert b"as soon as the scores make one" in page.content
    assert client.get(url("grade")).status_code == 403
    assert as_user(desk.auditor).post(url("grade"), data()).status_code == 403
    assert not Inspection.objects.exists()


def test_a_returned_draft_shows_the_reason_and_goes_on(desk, as_user):
    made = office.draft(desk.kettle, desk.clerk)
    made.submit(by=desk.clerk)
    checker = as_user(desk.checker)
    page = checker.post(url("step", made.pk, "give_back"), {"reason": " "})
    assert page.status_code == 422 and b"Write down why" in page.content
    checker.post(url("step", made.pk, "give_back"), {"reason": "Look at the date again"})
    clerk = as_user(desk.clerk)
    first = clerk.get(reverse("admin:index")).content.decode()
    assert "Returned to me" in first and "Look at the date again" in first
    assert b"Look at the date again" in clerk.get(url("change", made.pk)).content


def test_a_correction_at_the_desk_asks_why_and_shows_the_difference(desk, as_user):
    wrong = office.published(desk.kettle, desk.clerk, desk.checker, office.THREE)
    clerk = as_user(desk.clerk)
    assert b"Correct" in clerk.get(url("change", wrong.pk)).content
    page = clerk.post(url("correct", wrong.pk))
    draft = Inspection.objects.get(state="draft")
    assert page["Location"] == url("change", draft.pk)
    page = clerk.post(page["Location"], data(("5", "5", "5"), _submit="1"))
    assert page.status_code == 422 and b"Say what was wrong" in page.content
    page = clerk.post(url("change", draft.pk), data(correction_reason="Scores of the neighbour", _submit="1"))
    assert page.status_code == 302
    page = as_user(desk.checker).get(url("change", draft.pk)).content.decode()
    assert "What the correction changes" in page and "10 Generally satisfactory" in page and "5 Good" in page
    assert "Scores of the neighbour" in page


def test_a_draft_is_deleted_by_its_owner_only_while_it_is_one(desk, as_user):
    made = office.draft(desk.kettle, desk.clerk)
    as_user(desk.clerk).post(url("discard", made.pk))
    assert not Inspection.objects.exists()
    made = office.draft(desk.kettle, desk.clerk)
    made.submit(by=desk.clerk)
    as_user(desk.clerk).post(url("discard", made.pk))
    assert Inspection.objects.exists()


def test_first_screens_are_in_words_when_nothing_waits(desk, as_user):
    text = as_user(desk.clerk).get(reverse("admin:index")).content.decode()
    assert "You have no drafts" in text and "Nothing has been imported yet" in text
    assert "Nothing waits to be checked" in as_user(desk.checker).get(reverse("admin:index")).content.decode()


def test_lists_answer_in_few_queries_and_find_by_words(desk, as_user, django_assert_max_num_queries):
    for number in range(20):
        office.draft(office.establishment(desk.almond, f"Kitchen {number}"), desk.clerk)
    client = as_user(desk.clerk)
    with django_assert_max_num_queries(20):
        page = client.get(url("changelist"))
    assert b"Kitchen 19" in page.content
    page = client.get(url("changelist"), {"q": "kitchen 19"})
    assert b"Kitchen 19" in page.content and b"Kitchen 12" not in page.content
    assert client.get(url("changelist"), {"q": "((('\x00"}).status_code == 200
    assert (
        b"Kitchen 3" in client.get(url("changelist"), {"state__exact": "draft", "scheme": "uk-fhrs"}).content
    )


def test_the_web_role_enters_checks_and_publishes(desk, as_user, web_role):
    web_role()
    enter(as_user(desk.clerk), desk.kettle, **data(findings=["x"]), _next="1")
    made = Inspection.objects.get()
    as_user(desk.checker).post(url("step", made.pk, "approve"))
    made.refresh_from_db()
    assert made.state == "approved"
    Inspection.objects.filter(pk=made.pk).update(publish_at=made.recorded_at)
    as_user(desk.checker).post(url("step", made.pk, "publish"))
    made.refresh_from_db()
    assert made.state == "published"
    as_user(desk.checker).post(url("step", made.pk, "withdraw"), {"reason": "Wrong place"})
    made.refresh_from_db()
    assert made.state == "withdrawn"
