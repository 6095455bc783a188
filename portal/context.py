"""What every template knows about the site."""

from django.conf import settings

from portal.languages import alternates, of_office


def site(request) -> dict:
    """`site_name`: the name that the authority gave its portal; `languages`: the page in each language;
    `office_languages`: code and name of those that the back office can be had in."""
    return {
        "site_name": settings.PLACARD_NAME,
        "languages": alternates(request),
        "office_languages": of_office(),
    }
