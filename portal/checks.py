"""System checks of the settings: each configuration here works, and would not do what its operator thinks."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


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
