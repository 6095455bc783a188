"""The site as it is served, but each page is made: beside a program that keeps none, a kept one says nothing.

The web server loads `application` from here in place of that of the site.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PLACARD_CONNECT_AS", "office")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()  # before anything that needs the models

from records.publication.shelf import ALIAS  # noqa: E402

# No cache has been asked for yet.
settings.CACHES = settings.CACHES | {ALIAS: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
