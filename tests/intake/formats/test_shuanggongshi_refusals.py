"""What the double publicity form does not take in, and what it says about it without repeating it."""

import pytest

from records.intake.formats.shuanggongshi import FORMAT
from tests.intake.formats.test_shuanggongshi import SAMPLE, cells, earlier, with_values, written
from tests.intake.reading import read_bytes


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"CF_WSH": ""}, "CF_WSH", "empty"),
        ({"CF_XDR_MC": " "}, "CF_XDR_MC", "empty"),
        ({"CF_CFLB": "2"}, "CF_CFLB", "codes of categories differ"),
        ({"CF_CFLB": "罚款、9"}, "CF_CFLB", "codes of categories differ"),
        ({"CF_CFLB": "罚金"}, "CF_CFLB", "not known"),
        ({"CF_CFLB": "暂扣或者吊销许可证", "CF_NR": "见决定书"}, "CF_CFLB", "suspended or taken away"),
        ({"CF_CFLB": "警告"}, "CF_NR_FK", "does not fit"),
        ({"CF_CFLB": "罚款"}, "CF_NR_WFFF", "does not fit"),
        ({"CF_NR_FK": "二千元"}, "CF_NR_FK", "万元"),
        ({"CF_JDRQ": "2026/02/30"}, "CF_JDRQ", "not a date"),
        ({"CF_JDRQ": "/"}, "CF_JDRQ", "empty"),
        ({"CF_XDR_LB": "1"}, "CF_XDR_LB", "自然人"),
        ({"CF_XDR_SHXYM": "9.11100E+17"}, "CF_XDR_SHXYM", "rounded"),
    ],
)
def test_a_line_that_cannot_be_taken_says_what_to_do(values, field, words):
    found = read_bytes(FORMAT, with_values(**values))
    assert not found.decisions
    (problem,) = found.problems
    assert (problem.where, problem.field) == ("line 2", field) and words in problem.message


def test_what_the_source_does_not_publish_is_refused():
    header, first, *_ = cells()
    for scope, count in (("公示", 1), ("0", 1), ("1", 0), ("仅政府部门内部共享", 0)):
        data = written([[*header, "信息使用范围"], [*first, scope]]).encode()
        assert len(read_bytes(FORMAT, data).decisions) == count


def test_the_number_of_a_person_in_place_of_a_code_is_refused_and_not_repeated():
    number = "11010519491231002X"
    found = read_bytes(FORMAT, with_values(CF_XDR_SHXYM=number))
    assert [problem.field for problem in found.problems] == ["CF_XDR_SHXYM"]
    assert number not in repr(found)


def test_a_decision_that_stands_twice_is_read_once():
    lines = SAMPLE.read_text().splitlines()
    found = read_bytes(FORMAT, "\n".join([*lines, lines[1]]).encode())
    assert len(found.decisions) == 3
    (problem,) = found.problems
    assert (problem.where, problem.field) == ("line 5", "CF_WSH") and "line 2" in problem.message


def test_a_state_that_is_not_explained_is_refused():
    assert [problem.field for problem in read_bytes(FORMAT, earlier(CF_ZT="3")).problems] == ["CF_ZT"]


def test_a_column_that_the_form_does_not_know_is_named():
    header, *body = cells()
    data = written([[*header, "罚款金额"], *[[*line, "2000"] for line in body]]).encode()
    assert [problem.value for problem in read_bytes(FORMAT, data).problems] == ["罚款金额"]
