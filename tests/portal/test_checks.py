import pytest

from portal import checks


def test_the_settings_of_the_tests_pass_the_checks():
    assert checks.public_site_is_a_role_of_its_own(None) == []
    assert checks.public_site_reads_the_views(None) == []


@pytest.mark.parametrize("role", ["placard_office", "the_owner"])
def test_a_public_site_that_connects_as_a_stronger_role_is_an_error(settings, monkeypatch, role):
    settings.OWNER_DATABASE = settings.OWNER_DATABASE | {"USER": "the_owner"}
    monkeypatch.setitem(settings.DATABASES["public"], "USER", role)
    [error] = checks.public_site_is_a_role_of_its_own(None)
    assert error.id == "portal.E001"
    assert role in error.msg


@pytest.mark.parametrize("options", ["", "-c search_path=disclosed -c search_path=public"])
def test_a_public_site_that_leaves_the_disclosed_schema_is_an_error(settings, monkeypatch, options):
    monkeypatch.setitem(settings.DATABASES["public"], "OPTIONS", {"options": options})
    assert [error.id for error in checks.public_site_reads_the_views(None)] == ["portal.E002"]


def test_an_installation_is_told_when_it_has_no_database_or_name_of_its_own(settings):
    settings.EMBEDDED, settings.PLACARD_NAME = True, "Placard"
    found = [*checks.installation_has_its_own_database(None), *checks.installation_has_a_name(None)]
    assert [warning.id for warning in found] == ["portal.W003", "portal.W004"]
    settings.EMBEDDED, settings.PLACARD_NAME = False, "Ratings of Example County"
    assert not checks.installation_has_its_own_database(None) + checks.installation_has_a_name(None)


@pytest.mark.parametrize(
    ("tiles", "attribution", "reason"),
    [
        ("http://tiles.example.org/{z}/{x}/{y}.png", "Example", "https://"),
        ("//tiles.example.org/{z}/{x}/{y}.png", "Example", "https://"),
        ("tiles/{z}/{x}/{y}.png", "Example", "https://"),
        ("https://{s}.example.org/{z}/{x}/{y}.png", "Example", "{s}"),
        ("https://user:word@example.org/{z}/{x}/{y}.png", "Example", "password"),
        ("https://tiles.example.org/{z}/{x}.png", "Example", "{y}"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "", "PLACARD_TILES_ATTRIBUTION"),
    ],
)
def test_tiles_that_could_not_be_shown_are_an_error(settings, tiles, attribution, reason):
    settings.PLACARD_TILES, settings.PLACARD_TILES_ATTRIBUTION = tiles, attribution
    [error] = checks.tiles_have_an_address_and_an_attribution(None)
    assert error.id == "portal.E005" and reason in error.msg


@pytest.mark.parametrize(
    "tiles", ["", "/tiles/{z}/{x}/{y}.png", "https://t.example.org:8443/{z}/{x}/{y}?k=1"]
)
def test_tiles_of_this_site_or_another_or_none_pass(settings, tiles):
    settings.PLACARD_TILES, settings.PLACARD_TILES_ATTRIBUTION = tiles, "Example"
    assert checks.tiles_have_an_address_and_an_attribution(None) == []
