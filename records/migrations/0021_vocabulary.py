"""The texts that a search learns from say what they are of and which import brought them; the day of a count."""

from importlib import import_module

from django.db import migrations, models

WITHOUT_BATCH = import_module("records.migrations.0014_index_cards").TEXT

# The texts whose words a search may suggest, those that are long in lots by chance.
TEXT = """
SELECT 'establishment' AS of, name AS text, NULL::integer AS lot, batch_id AS batch
    FROM disclosed.records_establishment
UNION ALL SELECT 'establishment', replace(address, E'\\n', ' '), NULL, batch_id
    FROM disclosed.records_establishment WHERE address <> ''
UNION ALL SELECT 'penalty', concat_ws(' ', respondent, premises), NULL, batch_id FROM disclosed.records_penalty
UNION ALL SELECT 'law', title, NULL, NULL FROM disclosed.records_law
UNION ALL SELECT 'penalty', facts, ((id * 2654435761 & 4294967295) >> 22)::integer, batch_id
    FROM disclosed.records_penalty
"""

AGAIN = """
DROP VIEW disclosed.records_text;
CREATE VIEW disclosed.records_text AS {text};
GRANT SELECT ON disclosed.records_text TO placard_public, placard_office;
"""

GRANT = "GRANT SELECT, INSERT, UPDATE ON public.records_vocabulary TO placard_office;"


class Migration(migrations.Migration):
    """The view `records_text` with two columns more, and a table of one row."""

    dependencies = (("records", "0020_figures"),)
    operations = (
        migrations.RunSQL(AGAIN.format(text=TEXT), AGAIN.format(text=WITHOUT_BATCH)),
        migrations.CreateModel(
            name="Vocabulary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_at", models.DateTimeField()),
                ("seconds", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(name="vocabulary_is_one", condition=models.Q(("pk", 1))),
                ],
            },
        ),
        migrations.RunSQL(GRANT, migrations.RunSQL.noop),
    )
