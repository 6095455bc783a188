"""Dates of tables and spreadsheets become ISO text, or are refused where they could be two days."""

import pytest

from records.intake.dates import cn_date, table_date


@pytest.mark.parametrize(
    "raw",
    ["2026-01-02", "2026/1/2", "2.1.2026", "02.01.2026", "20260102", "2026年1月2日", " 2026-01-02T00:00 "],
)
def test_one_day_is_read_in_many_styles(raw):
    assert table_date(raw) == "2026-01-02"


@pytest.mark.parametrize("raw", ["01/02/2026", "2026-02-30", "2026", "46024", "soon", "2026-13-01", "2.1.26"])
def test_what_is_no_day_or_could_be_two_is_refused(raw):
    with pytest.raises(ValueError):
        table_date(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "2026/01/02",
        "2026-1-2",
        "20260102",
        "2026年1月2日",
        "46024",
        "46024.0",
        "2026/1/2 00:00:00",
        "２０２６-１-２",
    ],
)
def test_chinese_tables_write_a_day_in_many_styles(raw):
    assert cn_date(raw) == "2026-01-02"


def test_no_date_stays_none():
    assert (table_date(" "), cn_date("")) == ("", "")


@pytest.mark.parametrize("raw", ["2026年2月30日", "99999", "长期", "2026年"])
def test_what_is_no_day_in_a_chinese_table_is_refused(raw):
    with pytest.raises(ValueError):
        cn_date(raw)
