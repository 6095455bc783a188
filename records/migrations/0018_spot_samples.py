"""Samples of the spots: what a map of three million establishments counts in, where nobody could count them all.

One in seven, in 61 and in 509, each with the same index as all of them and a seventh, 61st and 509th of its size.
"""

from django.db import migrations

RATES = (7, 61, 509)

CREATE = "\n".join(
    f"""CREATE INDEX spot_sample_{rate} ON records_spot USING gist (location, marks tsvector_ops (siglen=256))
    WHERE location IS NOT NULL AND establishment_id % {rate} = 0;"""
    for rate in RATES
)
DROP = "\n".join(f"DROP INDEX spot_sample_{rate};" for rate in RATES)


class Migration(migrations.Migration):
    """Indexes with a condition that Django's own cannot say."""

    dependencies = (("records", "0017_faster_checks"),)
    operations = (migrations.RunSQL(CREATE, DROP),)
