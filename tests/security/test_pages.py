"""What every public page keeps to, and where uploaded files lie."""

import pytest
from django.conf import settings
from lxml import html

from tests import make
from tests.addresses import crawl, public_addresses

# -- pages


@pytest.mark.django_db
def test_pages_have_no_inline_script_or_style_no_cookie_and_nothing_from_elsewhere(client, world):
    references = [world.copper_kettle.reference, world.private_home.reference, world.letter.reference]
    references += _decisions()
    starts = public_addresses(references, ["almond-borough", "pinehaven"])
    seen = 0
    for address, response in crawl(client, starts, most=140):
        assert not response.cookies and "Cookie" not in response.get("Vary", ""), address
        assert "default-src 'none'" in response["Content-Security-Policy"], address
        if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content:
            continue
        seen += 1
        page = html.fromstring(response.content)
        assert not page.xpath("//style | //@style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"), (
            address
        )
        loaded = page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href | //form/@action")
        assert all(source.startswith("/") or not source for source in loaded), address
    assert seen > 70


def _decisions() -> list[str]:
    """A decision that is shown, one of a sole trader, and one that was withdrawn."""
    trader = {"respondent": "Ann Example", "respondent_kind": "sole_trader", "premises": "A café, Testham"}
    shown, person, withdrawn = (make.published_penalty(**facts) for facts in ({}, trader, {}))
    withdrawn.withdraw(make.user("checker", withdrawn.authority), "Void.", "void", make.document())
    return [penalty.reference for penalty in (shown, person, withdrawn)]


# -- uploads


@pytest.mark.django_db
def test_uploaded_files_lie_outside_what_is_served_and_are_readable_by_their_owner_alone(
    client, settings, tmp_path
):
    assert settings.FILE_UPLOAD_PERMISSIONS == 0o600
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "register.csv").write_text("a secret")
    for address in (
        "/media/register.csv",
        "/uploads/register.csv",
        "/static/../uploads/register.csv",
        "/register.csv",
    ):
        assert client.get(address).status_code == 404


def test_the_folder_of_uploads_is_not_among_the_static_files():
    served = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    assert not any(settings.MEDIA_ROOT.is_relative_to(folder) for folder in served)
