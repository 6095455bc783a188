"""The column type of a place on the map, for a GiST index and `near`."""

from django.db import models


class PointField(models.Field):
    """PostgreSQL's own `point`; written only by the database, read as text."""

    def db_type(self, connection):
        """The column type."""
        return "point"
