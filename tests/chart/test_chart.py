"""Charts as numbers: places are shares of the picture, scales are round, and labels leave each other room."""

from datetime import date

from django.template.loader import render_to_string

from records.chart import Bar, Bars, Column, Columns, Stand, Steps
from records.chart.scale import labels, ticks


def columns(**more):
    found = [Column("2024", 10, "2024: 10"), Column("2025", 0, "2025: 0"), Column("2026", 5, "2026: 5")]
    rows = [(column.label, str(column.value)) for column in found]
    return Columns("test", "Decisions", "At most 10 in 2024.", found, ("Year", "Decisions"), rows, **more)


def test_a_scale_has_round_numbers_up_to_the_first_that_holds_everything():
    assert [said for _value, said in ticks(0)] == ["0", "1"]
    assert [said for _value, said in ticks(3)] == ["0", "1", "2", "3"]
    assert [said for _value, said in ticks(37)] == ["0", "10", "20", "30", "40"]
    assert [said for _value, said in ticks(2_600_000)] == ["0", "1 M", "2 M", "3 M"]


def test_columns_stand_on_the_line_in_proportion():
    chart = columns(expected=5)
    assert [bar["height"] for bar in chart.bars] == ["100.00%", "0.00%", "50.00%"]
    assert [bar["y"] for bar in chart.bars] == ["0.00%", "100.00%", "50.00%"]
    assert chart.expected_at == "50.00%" and chart.top == 10


def test_a_few_labels_stay_on_a_phone_and_no_two_of_them_meet():
    made = labels([str(number) for number in range(60)])
    shown = [label for label in made if label["text"]]
    assert len(shown) <= 13 and sum(not label["wide"] for label in shown) <= 5
    assert made[0] == {"x": "0.83%", "text": "0", "wide": False}


def test_steps_run_from_day_to_day_in_the_order_of_the_levels():
    stands = [Stand(2, date(2024, 1, 1), "C"), Stand(0, date(2025, 1, 1), "A")]
    chart = Steps("s", "", "From C to A.", ("A", "B", "C"), stands, date(2026, 1, 1), ("Date", "Grade"), [])
    assert [(line["x1"], line["x2"], line["y"]) for line in chart.held] == [
        ("0.00%", "50.07%", "83.33%"), ("50.07%", "100.00%", "16.67%"),
    ]  # fmt: skip
    assert chart.changes == [{"x": "50.07%", "y1": "83.33%", "y2": "16.67%"}]
    assert [label["text"] for label in chart.labels] == ["2025", "2026"]


def test_every_chart_has_its_sentence_its_table_and_nothing_inline():
    bars = Bars("b", "", "One of two.", [Bar("Upheld", 1, "1")], ("What", "How many"), [("Upheld", "1")], 2)
    for chart in (columns(), bars):
        html = render_to_string("components/chart.html", {"chart": chart})
        assert 'role="img" aria-labelledby="chart-' in html and chart.sentence in html
        assert html.count('<th scope="row">') == len(chart.rows)
        assert " style=" not in html
    assert 'width="50.00%"' in html
