"""The newest of one grade come from an index: a register of millions is not walked for a grade that few have."""

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    """An index of the grade, or the reason why there is none, with the date; what has no date is not in it."""

    dependencies = (("records", "0021_vocabulary"),)
    operations = (
        migrations.AddIndex(
            "rating",
            models.Index(
                Coalesce("value", "status"), "rated_on", "establishment", name="rating_of_grade_by_date",
                condition=models.Q(state="published", rated_on__isnull=False),
            ),
        ),
    )  # fmt: skip
