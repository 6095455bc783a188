"""What the public reads about ratings that are no longer shown: rows of a disclosed view alone."""

from django.db import models

from records.businesses.models import Establishment
from records.publication.querysets import DisclosedQuerySet


class RatingNotice(models.Model):
    """What is said of a rating that was shown and is not any more, to who has its code.

    `state` is withdrawn, or merged where its establishment was found to be another one; `establishment` is
    the one that stands. What the rating said is not told.
    """

    scheme_id = models.BigIntegerField()
    establishment = models.ForeignKey(Establishment, models.DO_NOTHING, related_name="+")
    state = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects = DisclosedQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "records_ratingnotice"

    def __str__(self):
        return f"{self.pk} {self.state}"
