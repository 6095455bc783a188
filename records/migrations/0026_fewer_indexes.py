"""Two indexes fewer that every imported decision would go into: nothing asks them.

Kinds of sanctions are found by tokens of the index cards; of the violations of a decision the unique index
knows as much as one of the decision alone. At ten million decisions they were 720 MB.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """They are dropped."""

    dependencies = (("records", "0025_returned_with_a_reason"),)
    operations = (
        migrations.RemoveIndex("penaltysanction", "penaltysanction_kind"),
        migrations.AlterField(
            "penaltyviolation", "penalty",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="violations", to="records.penalty",
                db_index=False,
            ),
        ),
    )  # fmt: skip
