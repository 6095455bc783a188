"""The one word that decides where a query reads: `public()`."""

from django.db import models


class DisclosedQuerySet(models.QuerySet):
    """A queryset of a table that has a view of the same name in the schema `disclosed`."""

    def public(self):
        """What the public may see: read as the public role, from the disclosed views and nothing else."""
        return self.using("public")
