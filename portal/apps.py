"""The portal as a Django app: its system checks and the command that serves the demo."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from portal import checks  # noqa: F401  (registers the checks)
