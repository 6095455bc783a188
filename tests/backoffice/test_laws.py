"""Laws in the back office: every member reads them, those who keep them write them, nobody deletes them."""

from datetime import date

import pytest
from django.urls import reverse

from records.laws.models import Law, Provision, ProvisionText, ViolationType
from tests import make
from tests.backoffice import office

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:records_{name}", args=args)


@pytest.fixture
def keeper(desk, as_user):
    return as_user(office.person("reg", (desk.almond, "registrar")))


def law_data(**more):
    return {
        "title": "Food Act 2009", "short_title": "Food Act", "key": "food-act", "rank": "law",
        "jurisdiction": "GB", "number": "", "language": "en", "official_url": "",
        "in_force_from": "2010-01-01", "in_force_until": "",
    } | more  # fmt: skip


def texts(*rows, initial=0):
    sent = {"texts-TOTAL_FORMS": str(len(rows)), "texts-INITIAL_FORMS": str(initial)}
    for number, (text, first, last) in enumerate(rows):
        sent |= {f"texts-{number}-text": text, f"texts-{number}-in_force_from": first,
                 f"texts-{number}-in_force_until": last, f"texts-{number}-id": ""}  # fmt: skip
    return sent


def article(law, **more):
    return {"law": law.pk, "article": "s. 17(1)", "heading": "Cold food", "official_url": ""} | more


def test_a_law_its_article_and_a_type_of_violation_are_entered(desk, keeper):
    assert keeper.post(url("law_add"), law_data()).status_code == 302
    law = Law.objects.get()
    page = keeper.post(url("provision_add"), article(law) | texts(("Keep it cold.", "2010-01-01", "")))
    assert page.status_code == 302, page.context["errors"]
    made = Provision.objects.get()
    assert (made.key, made.text_on(date(2026, 1, 1)).text) == ("17-1", "Keep it cold.")
    page = keeper.post(url("violationtype_add"), {
        "catalogue": "almond-food", "code": "F1", "title": "Too warm", "domain": "food-safety",
        "provision": made.pk, "seriousness": "ordinary", "in_force_from": "", "in_force_until": "",
    })  # fmt: skip
    assert page.status_code == 302 and ViolationType.objects.get().provision == made
    listed = keeper.get(url("law_changelist")).content.decode()
    assert f'href="{url("provision_changelist")}?law__id__exact={law.pk}"' in listed
    for name, typed in (("provision", "food 17"), ("law", "food act"), ("violationtype", "f1")):
        assert "1 " in keeper.get(url(f"{name}_changelist"), {"q": typed}).content.decode()
        assert keeper.get(url(f"{name}_changelist"), {"q": "\0((("}).status_code == 200


@pytest.mark.parametrize("who", ["clerk", "checker", "auditor"])
def test_members_read_and_do_not_write(desk, as_user, who):
    made = make.violation()
    client = as_user(getattr(desk, who))
    kinds = (("law", made.provision.law), ("provision", made.provision), ("violationtype", made))
    for name, row in kinds:
        assert client.get(url(f"{name}_changelist")).status_code == 200
        assert client.get(url(f"{name}_change", row.pk)).status_code == 200
        assert client.post(url(f"{name}_change", row.pk), {"title": "x"}).status_code == 403
        assert client.get(url(f"{name}_add")).status_code == 403


def test_nobody_deletes_a_law(desk, keeper, as_user):
    made = make.violation()
    for client in (keeper, as_user(desk.registrar)):
        for name, row in (
            ("law", made.provision.law),
            ("provision", made.provision),
            ("violationtype", made),
        ):
            assert client.post(url(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("One", "2010-01-01", ""), ("Two", "2012-01-01", "")), "holds on the same days"),
        ((("One", "", "2010-12-31"), ("Two", "2010-12-31", "")), "holds on the same days"),
        ((("One", "2012-01-01", "2011-01-01"),), "lies before the first"),
    ],
)
def test_two_texts_of_one_day_are_refused_in_words(keeper, rows, words):
    page = keeper.post(url("provision_add"), article(make.law()) | texts(*rows))
    assert page.status_code == 200 and words in page.content.decode()
    assert not ProvisionText.objects.exists()


def test_texts_that_follow_each_other_are_taken(keeper):
    rows = (("One", "", "2010-12-31"), ("Two", "2011-01-01", ""))
    assert keeper.post(url("provision_add"), article(make.law()) | texts(*rows)).status_code == 302
    assert ProvisionText.objects.count() == 2


def test_an_article_is_there_once_and_stays_what_it_was(keeper):
    held = make.provision(article="s. 17(1)")
    page = keeper.post(url("provision_add"), article(held.law, article="Section 17 (1)") | texts())
    assert "already has this article: s. 17(1)" in page.content.decode()
    page = keeper.post(url("provision_add"), article(held.law, article="§") | texts())
    assert "as it is cited" in page.content.decode()
    own = held.texts.get()
    kept = texts((own.text, "", ""), initial=1) | {
        "texts-0-id": str(own.pk),
        "texts-0-provision": str(held.pk),
    }
    page = keeper.post(url("provision_change", held.pk), article(held.law, article="s. 18") | kept)
    assert "would be another article" in page.content.decode()
    page = keeper.post(url("provision_change", held.pk), article(held.law, article="section 17(1)") | kept)
    assert page.status_code == 302 and Provision.objects.get().article == "section 17(1)"


def test_what_decisions_rest_on_keeps_its_rank(desk, keeper):
    made = make.penalty(authority=desk.almond)
    page = keeper.get(url("law_change", made.law.pk)).content.decode()
    assert 'name="rank"' not in page and 'name="title"' in page
    free = make.law()
    assert 'name="rank"' in keeper.get(url("law_change", free.pk)).content.decode()
    page = keeper.post(url("law_change", free.pk), law_data(in_force_until="2000-01-01"))
    assert "lies before the first" in page.content.decode()
