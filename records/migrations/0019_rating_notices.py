"""What the public may know of a rating that is no longer shown: that it was withdrawn or merged, and when.

Of a rating whose display has ended by time there is no row. Its establishment has been public, and the one
that stands is.
"""

import django.db.models.deletion
from django.db import migrations, models

NOTICE = """
CREATE VIEW disclosed.records_ratingnotice AS
SELECT r.id, r.scheme_id, s.id AS establishment_id,
    CASE r.state WHEN 'withdrawn' THEN 'withdrawn' ELSE 'merged' END::varchar AS state,
    CASE r.state WHEN 'withdrawn' THEN r.ended_at ELSE a.merged_at END AS at
FROM public.records_rating r
JOIN public.records_establishment e ON e.id = r.establishment_id AND e.publish_at <= now()
LEFT JOIN public.records_establishmentalias a ON a.reference = e.reference
JOIN disclosed.records_establishment s ON s.id = coalesce(a.establishment_id, e.id)
WHERE (r.state = 'withdrawn' OR a.id IS NOT NULL) AND r.publish_at <= now() AND (r.hide_at IS NULL OR now() < r.hide_at);
GRANT SELECT ON disclosed.records_ratingnotice TO placard_public, placard_office;
"""


class Migration(migrations.Migration):
    """A view without a table."""

    dependencies = (("records", "0018_spot_samples"),)
    operations = (
        migrations.CreateModel(
            name="RatingNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme_id", models.BigIntegerField()),
                ("state", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                (
                    "establishment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="records.establishment",
                    ),
                ),
            ],
            options={"db_table": "records_ratingnotice", "managed": False},
        ),
        migrations.RunSQL(NOTICE, "DROP VIEW disclosed.records_ratingnotice"),
    )
