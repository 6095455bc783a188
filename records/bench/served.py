"""The site as it is served, with one address more: a page that says nothing, to measure the others beside.

The web server loads `application` from here in place of that of the site.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PLACARD_CONNECT_AS", "office")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from django.utils.module_loading import import_string

from records.bench.site import NOTHING


def nothing(request) -> HttpResponse:
    """What a page costs that asks and says nothing."""
    return HttpResponse("nothing")


site, settings.ROOT_URLCONF = settings.ROOT_URLCONF, __name__
application = get_wsgi_application()
urlpatterns = [path(NOTHING.removeprefix("/"), nothing), *import_string(f"{site}.urlpatterns")]
