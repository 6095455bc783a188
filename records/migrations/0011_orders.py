"""Orders by amount are walked backward: currency, amount and key in one index for what was imposed and is owed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The index on amounts gets the key, which decides among equals; what is owed gets one as well."""

    dependencies = (("records", "0010_personal_numbers"),)
    operations = (
        migrations.RemoveIndex("penalty", "penalty_imposed"),
        migrations.AddIndex(
            "penalty",
            models.Index(
                "currency", "imposed", "id", name="penalty_imposed",
                condition=models.Q(state="published", imposed__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "penalty",
            models.Index(
                "currency", "owed", "id", name="penalty_owed",
                condition=models.Q(state="published", owed__isnull=False),
            ),
        ),
    )  # fmt: skip
