"""What the frame of every page asks."""

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def site_stylesheets():
    """The stylesheets of every page: as one file where static files were collected, else each by itself."""
    return getattr(staticfiles_storage, "stylesheets", settings.SITE_STYLESHEETS)
