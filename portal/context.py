"""What every template knows about the site."""

from django.conf import settings


def site(request) -> dict:
    """`site_name`: the name that the authority gave its portal (PLACARD_NAME)."""
    return {"site_name": settings.PLACARD_NAME}
