"""The records as a Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def bring_rules(sender, using, plan=(), **kwargs):
    """After migrate: what is written in files into the database, as Django itself does with permissions."""
    from records.catalogue import sync

    if using == "default" and not any(backwards for _migration, backwards in plan):
        sync(using)


class RecordsConfig(AppConfig):
    """The one application: rooms and plumbing."""

    name = "records"
    verbose_name = _("Records")

    def ready(self):
        """Schemes, rule sets and the like follow the migrations."""
        post_migrate.connect(bring_rules, sender=self)
