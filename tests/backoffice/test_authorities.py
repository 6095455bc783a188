"""The form of an authority: under which rules it publishes and when it works; a registrar fills it in."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from records.authorities.models import Authority

pytestmark = pytest.mark.django_db


def sent(authority, **more) -> dict:
    """The form as a browser sends it."""
    data = {
        "name": authority.name, "slug": authority.slug, "domains": authority.domains,
        "country": authority.country, "time_zone": authority.time_zone,
        "rule_sets": ["cn.ndrc36", "cn.shanghai"], "weekend": ["5", "6"], "holidays": "",
    }  # fmt: skip
    for prefix in ("identifiers", "memberships"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return data | more


def save(client, authority, **more):
    url = reverse("admin:records_authority_change", args=[authority.pk])
    answer = client.post(url, sent(authority, **more))
    authority.refresh_from_db()
    return answer


def test_a_registrar_says_under_which_rules_it_publishes_and_when_it_works(desk, as_user, web_role):
    web_role()
    days = "2026-12-26 Boxing Day\n2026-12-25\n\n2026-12-25\n"
    answer = save(as_user(desk.registrar), desk.almond, holidays=days)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert desk.almond.rule_sets == ["cn.ndrc36", "cn.shanghai"]
    assert desk.almond.weekend == [5, 6]
    assert desk.almond.holidays == [date(2026, 12, 25), date(2026, 12, 26)]
    assert desk.almond.calendar.add(date(2026, 12, 23), 2) == date(2026, 12, 27)


def test_a_line_without_a_date_is_named(desk, as_user):
    answer = save(as_user(desk.registrar), desk.almond, holidays="2026-12-25\nBoxing Day\n")
    assert "Line 2 holds no date." in answer.content.decode()
    assert desk.almond.holidays == []


def test_a_rule_set_that_does_not_exist_cannot_be_chosen(desk, as_user):
    answer = save(as_user(desk.registrar), desk.almond, rule_sets=["no.such"])
    assert answer.status_code == 200 and desk.almond.rule_sets == []


def test_the_form_shows_what_is_held(desk, as_user):
    desk.almond.holidays = [date(2026, 12, 25)]
    desk.almond.rule_sets = ["cn.ndrc36"]
    desk.almond.save()
    page = as_user(desk.registrar).get(reverse("admin:records_authority_change", args=[desk.almond.pk]))
    form = page.context["adminform"].form
    assert form["holidays"].value() == "2026-12-25"
    assert 'value="cn.ndrc36"' in page.content.decode()


def test_a_clerk_reads_and_cannot_change_it(desk, as_user):
    answer = save(as_user(desk.clerk), desk.almond)
    assert answer.status_code == 403 and desk.almond.rule_sets == []


def test_the_command_takes_rule_sets_too():
    call_command("add_authority", "elm", "Elm", "--rules", "neutral", stdout=StringIO())
    assert Authority.objects.get(code="elm").rule_sets == ["neutral"]
