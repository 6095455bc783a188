#!/usr/bin/env python3
"""Runs the commands of the portal, with the embedded PostgreSQL at hand when DATABASE_URL is unset."""

import os
import sys
from contextlib import nullcontext


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line

        from portal import embedded
    except ImportError as error:
        sys.exit(f"placard: {error}. Run `make` first, then .venv/bin/python manage.py.")
    try:
        here = embedded.place(settings.VAR) if settings.EMBEDDED else None
    except ImproperlyConfigured as problem:
        sys.exit(f"placard: {problem}")
    try:
        with embedded.server(here) if here else nullcontext():
            execute_from_command_line(sys.argv)
    except embedded.EmbeddedError as problem:
        sys.exit(f"placard: {problem}")


if __name__ == "__main__":
    main()
