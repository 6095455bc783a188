"""Figures about the whole register that the clock counts, and the view that pages read them by."""

from django.db import migrations, models

VIEW = """
CREATE TRIGGER figure_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON records_figure
    FOR EACH STATEMENT EXECUTE FUNCTION records_edition_new();
CREATE VIEW disclosed.records_figure AS SELECT * FROM public.records_figure;
GRANT SELECT ON disclosed.records_figure TO placard_public, placard_office;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.records_figure TO placard_office;
"""

VIEW_BACK = """
DROP VIEW disclosed.records_figure;
DROP TRIGGER figure_edition ON records_figure;
"""


class Migration(migrations.Migration):
    """One row for each figure, by its name."""

    dependencies = (("records", "0019_rating_notices"),)
    operations = (
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("rows", models.JSONField()),
                ("seconds", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(VIEW, VIEW_BACK),
    )
