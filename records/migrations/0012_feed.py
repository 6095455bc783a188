"""What is new on the site is found by an index, for feeds."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0011_orders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="penalty",
            index=models.Index(
                models.F("published_at"),
                models.F("id"),
                condition=models.Q(("state", "published")),
                name="penalty_shown_since",
            ),
        ),
    ]
