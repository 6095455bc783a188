"""Real files of authorities go in through the whole pipeline, twice: the second time nothing changes."""

import pytest

from records.authorities.models import Authority
from records.businesses.models import Establishment
from records.catalogue import accepted
from records.intake.pipeline import run
from records.ratings.models import Finding, Inspection, Rating
from tests.importing import counts, settle

pytestmark = pytest.mark.django_db
FILES = {
    "FHRS075en-GB.xml.gz": "fhrs-xml",
    "FHRS501en-GB.xml.gz": "fhrs-xml",
    "FHRS807en-GB.xml.gz": "fhrs-xml",
    "us_nyc_dohmh_sample_5000.csv.gz": "nyc-csv",
    "us_wake_county_lives_2016-05-18.zip": "lives",
}
EXPECTED = {  # establishments, refused, the fewest inspections, graded ratings and findings
    "FHRS075en-GB.xml.gz": (range(500, 5000), 0, 400, 400, 0),
    "FHRS501en-GB.xml.gz": (range(500, 5000), 0, 400, 400, 0),
    "FHRS807en-GB.xml.gz": (range(500, 5000), 0, 400, 400, 0),
    "us_nyc_dohmh_sample_5000.csv.gz": (range(3000, 5000), 20, 2500, 1000, 3000),
    "us_wake_county_lives_2016-05-18.zip": (range(2803, 2804), 1, 13_000, 2000, 120_000),
}


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_goes_in_and_a_second_time_changes_nothing(empty_register, shared_folder, name):
    entry, path = accepted(FILES[name]), shared_folder / "data" / name
    establishments, most_refused, visits, graded, findings = EXPECTED[name]
    _batch, preview = run(entry.room, entry.format, path)
    settle()
    assert preview.new in establishments and preview.new == Establishment.objects.count()
    assert preview.refused <= most_refused
    assert Inspection.objects.count() >= visits
    assert Rating.objects.current().graded().count() >= graded
    assert Finding.objects.count() >= findings
    assert Authority.objects.count() == 1
    # What the source publishes and the scheme computes differ rarely, and where they do both are kept.
    judged = Rating.objects.current().graded().exclude(computed="")
    assert judged.filter(by_source=True).count() <= judged.count() * 0.05
    _batch, again = run(entry.room, entry.format, path)
    settle()
    assert counts(again) == (0, 0, preview.new, 0, preview.refused)
