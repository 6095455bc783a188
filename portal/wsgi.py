"""The application that the web server serves; it works as the role placard_office, never as the owner."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PLACARD_CONNECT_AS", "office")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
