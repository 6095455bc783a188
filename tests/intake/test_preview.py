"""The preview says what a file would do; expectations say when somebody has to look at it first."""

import pytest

from records.intake.models import Batch
from records.intake.preview import Preview
from records.intake.words import Nouns


@pytest.mark.parametrize(
    ("preview", "stops"),
    [
        (Preview(new=500), False),
        (Preview(new=500, held={"A": (100, 0)}), False),
        (Preview(vanished=5, held={"A": (100, 5)}), False),
        (Preview(vanished=6, held={"A": (100, 6)}), True),
        (Preview(changed=25, held={"A": (100, 0)}), False),
        (Preview(changed=26, held={"A": (100, 0)}), True),
        (Preview(vanished=6, held={"A": (10, 5), "B": (1000, 1)}), False),
        (Preview(vanished=7, held={"A": (10, 6), "B": (1000, 1)}), True),
        (Preview(vanished=1, held={"A": (1, 1), "B": (1000, 0)}), True),
        (Preview(vanished=0, changed=0, held={}), False),
    ],
)
def test_more_than_expected_needs_a_confirmation(preview, stops):
    assert bool(preview.surprises()) == stops


def test_the_expectations_are_the_installations_own(settings):
    settings.PLACARD_MOST_VANISHED, settings.PLACARD_MOST_CHANGED = 0.5, 0.01
    assert not Preview(vanished=50, held={"A": (100, 50)}).surprises()
    (reason,) = Preview(changed=2, held={"A": (100, 0)}, nouns=Nouns(things="decisions")).surprises()
    assert reason == "2 of 100 decisions (2.0 %) would change; more than 1 % needs a confirmation."


def test_the_counts_are_written_into_the_batch_with_kinds_and_examples():
    batch = Batch()
    preview = Preview(1, 2, 3, 4, 5, kinds={"name": 2}, examples={"name": ["A | B"]})
    preview.describe(batch)
    assert batch.summary == preview.summary == "1 new, 2 changed, 3 unchanged, 4 vanished, 5 refused"
    assert batch.details == {"kinds": {"name": 2}, "examples": {"name": ["A | B"]}, "notes": []}


def test_the_kinds_of_change_are_counted_each(register_with_forty):
    register, rows = register_with_forty
    changed = {
        "1": {"postcode": "QA9 9ZZ"}, "2": {"pending": True}, "3": {"kind": "Takeaway"},
        "4": {"latitude": "51.0", "longitude": "-6.0"}, "5": {"closed_on": "2026-05-05"},
        "6": {"address": ("9 New Street",)}, "7": {"name": "Renamed"}, "8": {"name": "Renamed too"},
    }  # fmt: skip
    preview = register.take(*(row._replace(**changed.get(row.source_id, {})) for row in rows), dry_run=True)
    assert preview.kinds == {
        "rating": 0, "rated_on": 0, "pending": 1, "name": 2, "address": 1, "postcode": 1, "place": 1,
        "kind": 1, "dates": 1, "returned": 0,
    }  # fmt: skip
    assert len(preview.examples["name"]) == 2


def test_examples_are_few_and_name_what_is_new_and_what_has_vanished(register_with_forty):
    from tests.importing import place

    register, rows = register_with_forty
    preview = register.take(*rows[9:], *(place(f"n{number}") for number in range(9)), dry_run=True)
    assert len(preview.examples["new"]) == len(preview.examples["vanished"]) == 5
    assert preview.examples["new"][0] == "Sample Place n0 | 5"
    assert preview.examples["vanished"][0] == "Sample Place 1"


@pytest.fixture
def register_with_forty(register):
    """A register that holds forty places, and their rows."""
    from tests.importing import place

    rows = [place(str(number)) for number in range(1, 41)]
    register.take(*rows)
    return register, rows
