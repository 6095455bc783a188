"""Amounts and lengths of time as a clerk types them, exactly or not at all."""

from decimal import Decimal

import pytest

from records.penalties.desk import typed


@pytest.mark.parametrize(
    ("text", "amount", "currency", "printed"),
    [
        ("12,000.50", "12000.50", "GBP", ""),
        ("12 000", "12000", "GBP", ""),
        ("12.000,50", "12000.5", "GBP", ""),
        ("12,5", "12.5", "GBP", ""),
        ("£2,500", "2500", "GBP", ""),
        ("2500 eur", "2500", "EUR", ""),
        ("USD 3", "3", "USD", ""),
        ("１２，０００", "12000", "GBP", ""),
        ("1.5万元", "15000", "CNY", "1.5万元"),
        ("人民币500元整", "500", "CNY", "人民币500元整"),
        ("0", "0", "GBP", ""),
    ],
)
def test_an_amount_is_read(text, amount, currency, printed):
    assert typed.money(text, "GBP") == typed.Money(Decimal(amount), currency, printed)


@pytest.mark.parametrize("text", ["abc", "12.000", "1e5", "9" * 20, "1.2345", "$5", "12,00,0", "-5", "5 GB"])
def test_what_is_no_amount_or_could_be_two_is_refused_and_not_repeated(text):
    with pytest.raises(ValueError) as refused:
        typed.money(text, "GBP")
    assert text not in str(refused.value) or len(text) < 3


def test_nothing_is_no_amount_and_dollars_need_a_country_of_dollars():
    assert typed.money(" ", "GBP") is None
    assert typed.money("$5", "CAD") == (5, "CAD", "")


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("6 months", "P6M"), ("1 year 6 months", "P1Y6M"), ("1 year and 6 months", "P1Y6M"),
        ("10 days", "P10D"), ("2 weeks", "P14D"), ("P1Y", "P1Y"), ("p6m", "P6M"), ("六个月", "P6M"),
        ("1年6个月", "P1Y6M"), ("", ""),
    ],
)  # fmt: skip
def test_a_length_of_time_is_read(text, duration):
    assert typed.duration(text) == duration


@pytest.mark.parametrize("text", ["6", "soon", "P", "ten days", "6 moons", "6 months or so", "0 days"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(ValueError):
        typed.duration(text)


@pytest.mark.parametrize(
    ("country", "currency"), [("GB-WLS", "GBP"), ("US-NY", "USD"), ("CN", "CNY"), ("", "")]
)
def test_a_country_fines_in_its_currency(country, currency):
    assert typed.currency_of(country) == currency
