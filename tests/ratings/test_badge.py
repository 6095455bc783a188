"""The badge: one sentence for a screen reader, the scheme's own words, a tone that is never alone."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from records.ratings import schemes
from records.ratings.badge import Badge, example, spoken

TODAY = date(2026, 11, 23)


def badge(key, value, on=date(2026, 5, 12), country="", **facts):
    scheme = schemes.get(key)
    return Badge(scheme, scheme.entry(value), on, True, None, country, TODAY, **facts)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("uk-fhrs", "4", "Food Hygiene Rating Scheme: 4 of 5, Good, inspected 12 May 2026, 6 months ago."),
        ("us-nyc", "A", "New York City restaurant letter grades: A, inspected 12 May 2026, 6 months ago."),
        ("uk-fhis", "pass", "Food Hygiene Information Scheme: Pass, inspected 12 May 2026, 6 months ago."),
        (
            "uk-fhrs",
            "exempt",
            "Food Hygiene Rating Scheme: Exempt, inspected 12 May 2026, 6 months ago.",
        ),
    ],
)
def test_a_badge_reads_as_one_sentence(key, value, sentence):
    assert badge(key, value).sentence == sentence


def test_a_badge_without_a_date_says_so():
    assert badge("uk-fhrs", "awaiting_inspection", None).sentence.endswith(
        "Awaiting inspection, no date given."
    )


def test_a_grade_past_the_interval_of_its_scheme_is_overdue_and_says_it():
    late = badge("us-nyc", "A", date(2025, 10, 22))
    assert late.due_on == date(2026, 11, 22)
    assert late.overdue
    assert late.sentence.endswith("next inspection overdue.")
    assert not badge("us-nyc", "A", date(2025, 10, 23)).overdue


def test_nothing_is_overdue_at_a_place_that_has_closed():
    gone = badge("us-nyc", "A", date(2025, 10, 22), closed=True)
    assert not gone.overdue and not gone.stale


def test_nothing_is_overdue_where_the_scheme_states_no_interval_but_old_grades_stand_out():
    old = badge("uk-fhrs", "5", date(2019, 1, 1))
    assert old.due_on is None
    assert not old.overdue
    assert old.stale


def test_welsh_stands_beside_english_in_wales_and_nowhere_else():
    assert badge("uk-fhrs", "4", country="GB-WLS").second_word.text == "Da"
    assert badge("uk-fhrs", "4", country="GB-WLS").second_word.lang == "cy"
    assert badge("uk-fhrs", "4", country="GB-ENG").second_word is None


def test_a_text_in_another_language_than_the_page_is_marked(settings):
    from records.publication.strict import Words

    assert spoken(Words(da="Glad smiley")).lang == "da"
    assert spoken(Words(en="Happy", da="Glad smiley")).lang == ""
    assert spoken(Words(en="Happy", da="Glad smiley"), "da").lang == "da"


def test_a_score_stands_in_the_shape_where_the_scheme_shows_one():
    assert example(schemes.get("us-la-county"), "score_only").mark == "68"


@pytest.mark.parametrize("scheme", schemes.all_versions(), ids=str)
def test_every_grade_and_status_of_every_scheme_is_drawn_with_its_word(scheme):
    for entry in (*scheme.values, *scheme.statuses):
        made = example(scheme, entry.key, date(2026, 1, 1))
        html = render_to_string("components/grade.html", {"badge": made})
        assert f"tone-{entry.tone}" in html
        assert (made.word.text if made.says_word else made.mark) in html
        assert "style=" not in html
