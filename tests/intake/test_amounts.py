"""Amounts become plain decimals exactly, or are refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.intake import amounts


@pytest.mark.parametrize(
    ("raw", "comma", "expected"),
    [
        ("", False, ""),
        (" 1234.5 ", False, "1234.5"),
        ("1,234.50", False, "1234.50"),
        ("1,234", False, "1234"),
        ("1.234", False, "1.234"),
        ("1.234,50", True, "1234.50"),
        ("1.234.567", True, "1234567"),
        ("1 234,50", True, "1234.50"),
        ("1\u202f234,50", True, "1234.50"),
        ("1'234.50", True, "1234.50"),
        ("1234,5", True, "1234.5"),
        ("1234.50", True, "1234.50"),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_its_country(raw, comma, expected):
    assert amounts.amount(raw, comma) == expected


@pytest.mark.parametrize(
    ("raw", "comma"),
    [
        ("1,234", True),  # one thousand or one
        ("1.234", True),
        ("1.234,50", False),
        ("1234,5", False),
        ("12,34.50", False),
        ("1,23,456", False),
        ("-5", False),
        ("1e5", False),
        ("NaN", False),
        ("$5", False),
        ("\uff11", False),
        ("five", False),
        ("9" * 16, False),
    ],
)
def test_what_could_mean_two_amounts_or_none_is_refused(raw, comma):
    with pytest.raises(ValueError):
        amounts.amount(raw, comma)


def test_ten_thousands_of_yuan_are_converted_exactly():
    assert [amounts.wan(raw) for raw in ("0.2", "49.370242", "0", "１.５", "")] == [
        "2000",
        "493702.42",
        "0",
        "15000",
        "",
    ]


@given(st.integers(0, 10**14))
def test_a_number_of_ten_thousands_is_the_same_amount_of_yuan(millionths):
    number = Decimal(millionths).scaleb(-6)
    assert Decimal(amounts.wan(format(number, "f"))) == number * 10_000


def test_an_amount_with_its_unit_is_converted():
    raw = ("28000元", "49.370242万元", "85000.00元", "1.5亿元", "人民币300元整", "30 万元", "")
    assert [amounts.chinese(text) for text in raw] == [
        "28000",
        "493702.42",
        "85000",
        "150000000",
        "300",
        "300000",
        "",
    ]
    with pytest.raises(ValueError):
        amounts.chinese("约3万元")


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("壹万贰仟元整", "12000"),
        ("人民币壹萬伍仟圓正", "15000"),
        ("一万二千", "12000"),
        ("十五万元", "150000"),
        ("两千零五十元", "2050"),
        ("贰拾万零伍仟元", "205000"),
        ("贰拾万伍仟元", "205000"),
        ("一亿元", "100000000"),
        ("二十亿零一万元", "2000010000"),
        ("叁佰元零伍分", "300.05"),
        ("三元五角二分", "3.52"),
        ("五角", "0.5"),
    ],
)
def test_an_amount_in_chinese_words_is_read_as_decisions_write_it(words, yuan):
    assert amounts.chinese(words) == yuan


@pytest.mark.parametrize(
    "words",
    [
        "一万二",
        "一百二元",
        "一万二百元",
        "一二三元",
        "一万零二千元",
        "二万万元",
        "百元",
        "零元",
        "一万零元",
        "元",
        "一千百元",
    ],
)
def test_an_amount_in_words_that_is_not_written_out_is_refused(words):
    with pytest.raises(ValueError):
        amounts.chinese(words)


@given(st.integers(1, 10**12 - 1))
def test_every_number_in_words_is_itself(number):
    written, gap = "", False
    for place in range(11, -1, -1):
        digit = number // 10**place % 10
        if digit:
            written += (
                "零" * (gap and bool(written))
                + "零一二三四五六七八九"[digit]
                + ["", "十", "百", "千"][place % 4]
            )
            gap = False
        else:
            gap = True
        if place in (4, 8) and number // 10**place % 10_000:
            written += "万" if place == 4 else "亿"
    assert amounts.chinese(written + "元") == str(number)


def test_the_noise_of_binary_fractions_is_taken_away_and_nothing_else():
    assert amounts.places("8404.130000000001", 2) == "8404.13"
    assert amounts.places("1116.8899999999999", 2) == "1116.89"
    assert amounts.places("500", 2) == "500.00"
    with pytest.raises(ValueError):
        amounts.places("1.005", 2)
