"""Numbers of persons are found in any text, and other numbers are left alone."""

import pytest

from records.publication.personal import RESIDENT, US_PERSON, number_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("110000189001010006", RESIDENT),
        ("负责人（110000189001010006）", RESIDENT),
        ("１１００００１８９００１０１０００６", RESIDENT),
        ("110000 18900101 0006", RESIDENT),
        ("110000-18900101-0006", RESIDENT),
        ("110000\u200b18900101\u200b0006", RESIDENT),
        ("身份证ID110000189001010006男", RESIDENT),
        ("SSN 123-45-6789.", US_PERSON),
        ("911-14-4442", US_PERSON),
        ("123 45 6789", US_PERSON),
        ("123–45–6789", US_PERSON),
        ("110000189001010001", ""),
        ("1110000189001010006", ""),
        ("110000189013010003", ""),
        ("91350100M000100Y43", ""),
        ("12-3456789", ""),
        ("555-555-0100", ""),
        ("2026-17-0001-22", ""),
        ("The Sample Kettle, 1 Example Street", ""),
        ("", ""),
    ],
)
def test_a_number_of_a_person_is_found(text, found):
    assert number_in(text) == found
