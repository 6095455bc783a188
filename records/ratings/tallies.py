"""The counts of a large register, kept in tables, so that no process has to count before its first page."""

from django.db import models

from records.publication.querysets import DisclosedQuerySet


class Tally(models.Model):
    """What `statistics.count` found last, how long that took, and the state of the register it is of."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    cells = models.JSONField()
    repeated = models.JSONField()
    state = models.JSONField()
    seconds = models.FloatField()
    at = models.DateTimeField()

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="tally_one"),)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class Figure(models.Model):
    """What one count over the whole register came to, as rows, and how long it took: see `counted.py`."""

    name = models.CharField(max_length=40, primary_key=True)
    rows = models.JSONField()
    seconds = models.FloatField()
    at = models.DateTimeField()

    objects = DisclosedQuerySet.as_manager()

    def __str__(self):
        return self.name
