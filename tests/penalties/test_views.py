"""The pages of decisions as a reader, a search engine and a cache meet them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from records.publication import documents
from tests import make
from tests.penalties.test_persons import TRADER
from tests.penalties.test_shown import corrected, happened

pytestmark = pytest.mark.django_db
PERSONAL = "noindex, noarchive"


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def gone(client, address):
    """The response, after it was seen that it is gone, names nobody and is kept by nobody."""
    response = client.get(address)
    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    return response


# -- the page of a decision


def test_the_page_says_who_what_how_much_and_why(client):
    article = make.provision(make.law(short_title="Food Act"), "s. 17(1)", "Keep food at 8 degrees.")
    penalty = make.published_penalty(cited=(article,), respondent="Copper Kettle Ltd", law=article.law)
    happened(penalty, "varied", 1, 400)
    response = client.get(penalty.get_absolute_url())
    told = text(response)
    for words in (
        f"Decision {penalty.decision_number} of {penalty.authority.name} Copper Kettle Ltd",
        "Imposed 5,000 GBP Now owed 400 GBP", "Cooked rice was kept at 21 degrees for two hours.",
        "s. 17(1)", "Keep food at 8 degrees.", "Changed on appeal or review", "Something wrong?",
        "Why is this public?", "Placard&#x27;s own rules", "Appeal to the tribunal within 28 days.",
    ):  # fmt: skip
        assert words in told, words
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert "X-Robots-Tag" not in response.headers
    html = response.content.decode()
    assert 'data-status="published"' in html and 'name="record-status" content="published"' in html
    assert f'rel="canonical" href="http://testserver{penalty.get_absolute_url()}"' in html


def test_a_page_about_a_person_is_kept_out_of_search_engines_from_the_first_day(client):
    penalty = make.published_penalty(**TRADER)
    response = client.get(penalty.get_absolute_url())
    assert response.headers["X-Robots-Tag"] == PERSONAL
    assert f'<meta name="robots" content="{PERSONAL}">' in response.content.decode()
    assert "Ann Example" not in response.content.decode() and "The Corner Café" in text(response)
    assert "The document names a person" in text(response)


def test_an_open_appeal_stands_under_the_amounts(client):
    penalty = make.published_penalty()
    happened(penalty, "contested", 2)
    assert "It has been under appeal since" in text(client.get(penalty.get_absolute_url()))


def test_a_misread_reference_leads_to_the_decision(client):
    penalty = make.published_penalty()
    response = client.get(f"/penalties/{penalty.reference.upper()}/")
    if penalty.reference.upper() == penalty.reference:
        return
    assert (response.status_code, response["Location"]) == (301, penalty.get_absolute_url())


def test_what_was_never_public_is_a_404(client):
    draft = make.penalty()
    refused = make.penalty()
    refused.submit(refused.entered_by)
    refused.refuse(make.user("checker", refused.authority), "Somebody else did it.")
    for penalty in (draft, refused):
        for rest in ("", "v/1/", "v/1/record.json", "document/1/"):
            assert client.get(f"/penalties/{penalty.reference}/{rest}").status_code == 404
    assert client.get("/penalties/zzzzzzz/").status_code == 404


# -- versions


def test_both_versions_are_shown_with_what_changed_and_the_earlier_one_says_that_it_is_superseded(client):
    penalty = corrected(make.published_penalty(facts="Rice at 21 degrees."), facts="Rice at 12 degrees.")
    page = client.get(penalty.get_absolute_url())
    assert "<del>21</del>" in page.content.decode() and "<ins>12</ins>" in page.content.decode()
    assert f'rel="predecessor-version" href="/penalties/{penalty.reference}/v/1/"' in page.content.decode()
    old = client.get(f"/penalties/{penalty.reference}/v/1/")
    assert old.status_code == 200 and old.headers["X-Robots-Tag"] == "noindex"
    assert "This is version 1. It was replaced on" in text(old)
    assert "Corrected because: The temperature was misread." in text(old)
    assert 'data-status="superseded"' in old.content.decode()
    assert f'rel="successor-version" href="/penalties/{penalty.reference}/v/2/"' in old.content.decode()


def test_the_address_of_the_version_that_stands_leads_to_the_decision(client):
    penalty = make.published_penalty()
    response = client.get(f"/penalties/{penalty.reference}/v/1/")
    assert (response.status_code, response["Location"]) == (302, penalty.get_absolute_url())
    for number in (0, 2):
        assert client.get(f"/penalties/{penalty.reference}/v/{number}/").status_code == 404


def test_of_a_person_no_earlier_version_is_shown(client):
    before = make.published_penalty(facts="Rice at 21 degrees.", **TRADER)
    penalty = corrected(before, facts="Rice at 12 degrees.")
    response = gone(client, f"/penalties/{penalty.reference}/v/1/")
    assert "21 degrees" not in text(response) and "Corner" not in text(response)
    gone(client, f"/penalties/{penalty.reference}/v/1/record.json")
    page = client.get(penalty.get_absolute_url())
    assert "21 degrees" not in text(page)
    assert "Earlier versions of decisions about persons are not shown." in text(page)


def test_the_text_that_was_hashed_is_there_to_be_checked(client):
    import hashlib

    penalty = make.published_penalty()
    page = client.get(penalty.get_absolute_url()).content.decode()
    response = client.get(f"/penalties/{penalty.reference}/v/1/record.json")
    assert response.headers["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() in page
    trader = make.published_penalty(**TRADER)
    assert client.get(f"/penalties/{trader.reference}/v/1/record.json").headers["X-Robots-Tag"] == PERSONAL


# -- documents


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = SimpleUploadedFile("decision.pdf", b"%PDF-1.4 made up", "application/pdf")
    return documents.store(upload, "The decision")


def test_the_file_of_a_document_is_sent_as_a_file_that_can_do_nothing(client, stored):
    penalty = make.published_penalty(document=stored)
    address = f"/penalties/{penalty.reference}/document/{stored.pk}/"
    assert f'href="{address}"' in client.get(penalty.get_absolute_url()).content.decode()
    response = client.get(address)
    assert b"".join(response) == b"%PDF-1.4 made up"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="decision.pdf"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_a_document_is_reached_through_its_own_decision_only(client, stored):
    make.published_penalty(document=stored)
    other = make.published_penalty()
    assert client.get(f"/penalties/{other.reference}/document/{stored.pk}/").status_code == 404
    trader = make.published_penalty(document=stored, **TRADER)
    assert client.get(f"/penalties/{trader.reference}/document/{stored.pk}/").status_code == 404


def test_a_document_elsewhere_is_a_link_and_a_missing_file_a_404(client, stored):
    penalty = make.published_penalty()
    response = client.get(f"/penalties/{penalty.reference}/document/{penalty.document_id}/")
    assert (response.status_code, response["Location"]) == (302, penalty.document.url)
    lost = make.published_penalty(document=stored)
    stored.path.unlink()
    assert client.get(f"/penalties/{lost.reference}/document/{stored.pk}/").status_code == 404


# -- the list


def test_the_list_says_what_is_shown_how_much_and_what_absence_means(client):
    make.published_penalty(respondent="Copper Kettle Ltd")
    told = text(client.get("/penalties/?q=kettle&sanction=fine"))
    assert "Fines matching “kettle” · 1 decision" in told
    assert "1 in GBP: 5,000 GBP imposed, 5,000 GBP now owed" in told
    nothing = text(client.get("/penalties/?q=zzzzqqqq"))
    assert "Nothing found" in nothing and "No record does not mean that a business complies." in nothing


def test_the_decisions_against_one_business_are_listed_and_never_added_up(client):
    company = make.business("Copper Kettle Ltd")
    for domain in ("food-safety", "labour"):
        make.published_penalty(business=company, domain=domain, authority=make.authority(domains=[domain]))
    told = text(client.get("/penalties/", {"business": company.reference}))
    assert "2 decisions" in told
    assert "in GBP:" not in told


def test_the_list_follows_its_own_links(client):
    for _number in range(2):
        make.published_penalty()
    html = client.get("/penalties/?sort=imposed").content.decode()
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(\?[^"]*)"', html)]
    assert len(links) > 8
    for link in links:
        assert client.get(f"/penalties/{link}").status_code == 200, link


def test_a_bad_parameter_is_named_on_a_page_of_status_400(client):
    response = client.get("/penalties/?imposed=1000-")
    assert response.status_code == 400
    assert '<strong class="code">imposed</strong>' in response.content.decode()


# -- elsewhere


def test_an_establishment_shows_its_decisions_beside_its_ratings(client):
    place = make.establishment()
    facts = {"establishment": place, "authority": place.authority}
    make.published_penalty(respondent="Copper Kettle Ltd", **facts)
    make.published_penalty(**facts | TRADER)
    page = client.get(place.get_absolute_url())
    told = text(page)
    assert "Decisions here (2)" in told and "Copper Kettle Ltd" in told
    assert "1 is about a person and stands in the search only" in told
    assert "The Corner Café" not in told
    listed = text(client.get(f"/penalties/?establishment={place.reference}"))
    assert "The Corner Café" in listed and "Copper Kettle Ltd" in listed


def test_pages_that_search_engines_keep_name_no_decision_about_a_person(client):
    penalty, trader = make.published_penalty(), make.published_penalty(**TRADER)
    for address in ("/", "/sitemap-decisions-1.xml"):
        page = client.get(address).content.decode()
        assert penalty.get_absolute_url() in page and trader.get_absolute_url() not in page, address
