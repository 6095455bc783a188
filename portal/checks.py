"""System checks of the settings: each configuration here works, and would not do what its operator thinks."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from portal import catalogs


@register(Tags.security)
def public_site_is_a_role_of_its_own(app_configs, **kwargs):
    """portal.E001: the rights of a role enforce what the public may see; sharing one switches that off."""
    public, owner = settings.DATABASES["public"], settings.OWNER_DATABASE or settings.DATABASES["default"]
    if public["USER"] in (owner["USER"], settings.OFFICE_DATABASE["USER"]):
        return [
            Error(
                f"The public site would connect to the database as {public['USER']!r}, who may read all.",
                hint="Set PUBLIC_DATABASE_URL to connect as placard_public, or unset it.",
                id="portal.E001",
            )
        ]
    return []


@register(Tags.security)
def public_site_reads_the_views(app_configs, **kwargs):
    """portal.E002: a PUBLIC_DATABASE_URL with options of its own must not undo the search path."""
    options = settings.DATABASES["public"].get("OPTIONS", {}).get("options", "")
    if "search_path=disclosed" not in options or options.count("search_path=") > 1:
        return [
            Error(
                "The public site's connection does not stay in the schema `disclosed`.",
                hint="Remove search_path from the options of PUBLIC_DATABASE_URL.",
                id="portal.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def installation_has_its_own_database(app_configs, **kwargs):
    """portal.W003: the embedded server is for trying things out."""
    if settings.EMBEDDED:
        return [
            Warning(
                "The site runs on the PostgreSQL that ships with it, which nobody backs up.",
                hint="Set DATABASE_URL to a server of yours.",
                id="portal.W003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def installation_has_a_name(app_configs, **kwargs):
    """portal.W004: readers want to know whose portal it is."""
    if settings.PLACARD_NAME == "Placard":
        return [
            Warning(
                "The portal has no name of its own.",
                hint='Set PLACARD_NAME, for example to "Ratings of Example County".',
                id="portal.W004",
            )
        ]
    return []


@register(Tags.security)
def tiles_have_an_address_and_an_attribution(app_configs, **kwargs):
    """portal.E005: a page may load pictures from the host of the tiles alone, and says whose they are."""
    tiles, problems = settings.PLACARD_TILES, []
    if not tiles:
        return []
    found = urlsplit(tiles)
    elsewhere = found.scheme == "https" and found.hostname
    if not elsewhere and (found.netloc or not tiles.startswith("/")):
        problems.append("It must begin with https:// and a host, or with / for this site.")
    if not re.fullmatch(r"[a-z0-9.\-]*(:[0-9]+)?", found.netloc):
        problems.append("Its host must be one name in small letters: no {s}, no password.")
    missing = [part for part in ("{z}", "{x}", "{y}") if part not in found.path + found.query]
    if missing:
        problems.append(f"It must hold {', '.join(missing)}.")
    if not settings.PLACARD_TILES_ATTRIBUTION:
        problems.append("PLACARD_TILES_ATTRIBUTION must say whose tiles they are.")
    example = "Set PLACARD_TILES to something like https://tiles.example.org/{z}/{x}/{y}.png, or unset it."
    return [
        Error(f"PLACARD_TILES is {tiles!r}. {problem}", hint=example, id="portal.E005")
        for problem in problems
    ]


@register(Tags.security, deploy=True)
def installation_says_who_runs_it(app_configs, **kwargs):
    """portal.W005: the pages about the portal and its accessibility have to name somebody."""
    wanted = ("PLACARD_OPERATOR", "PLACARD_CONTACT", "PLACARD_LICENCE", "PLACARD_ENFORCEMENT")
    missing = [name for name in wanted if not getattr(settings, name)]
    if missing:
        return [
            Warning(
                "Pages about this portal say that its operator has not named: " + ", ".join(missing) + ".",
                hint="Set them to words for readers, for example PLACARD_CONTACT=ratings@example.org.",
                id="portal.W005",
            )
        ]
    return []


@register(Tags.translation, deploy=True)
def languages_are_compiled(app_configs, **kwargs):
    """portal.W006: a language whose catalog was not compiled is shown in English, and nobody is told."""
    if not (late := catalogs.stale()):
        return []
    return [
        Warning(
            "Not compiled, or older than their catalog: " + ", ".join(path.parts[-3] for path in late) + ".",
            hint="Run python -m portal.catalogs after each new version.",
            id="portal.W006",
        )
    ]
