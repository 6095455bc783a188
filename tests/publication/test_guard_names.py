"""The name of a person who is not named is found in a text however it is written, and nobody else's is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.publication import guard


def places(text, name):
    return [text[found.start : found.end] for found in guard.names_in(text, name)]


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("Jane Sample", "Jane Sample sold it.", ["Jane Sample"]),
        ("Jane Sample", "JANE  SAMPLE sold it.", ["JANE  SAMPLE"]),
        ("Jane Sample", "jane\nsample sold it.", ["jane\nsample"]),
        ("Jane Sample", "Sample, Jane", ["Sample, Jane"]),
        ("Jane Sample", "Jane Sample’s shop", ["Jane Sample"]),
        ("Jane Sample", "J. Sample and J Sample", ["J. Sample", "J Sample"]),
        ("Jane Sample", "Jane Q. Sample", ["Jane Q. Sample"]),
        ("Jane Sample", "JaneSample", ["JaneSample"]),
        ("Jane Sample", "Ms Sample said", ["Sample"]),
        ("Jane Sample", "then Mr. Sample said, and Miss Jane said", ["Sample", "Jane"]),
        ("Jane Mary Sample", "Jane Sample", ["Jane Sample"]),
        ("José García López", "JOSE GARCIA LOPEZ", ["JOSE GARCIA LOPEZ"]),
        ("José García López", "García López, José", ["García López, José"]),
        ("Jose Garcia", "Jose\u0301 Garci\u0301a\u0301.", ["Jose\u0301 Garci\u0301a\u0301"]),
        ("Zoë O’Sample", "zoe o'sample", ["zoe o'sample"]),
        ("Søren Łódź", "Soren Lodz", ["Soren Lodz"]),
        ("Jürgen Groß", "Jurgen Gross", ["Jurgen Gross"]),
        ("Anna-Lena Muster", "Anna Lena Muster", ["Anna Lena Muster"]),
        ("张三", "当事人张三于", ["张三"]),
        ("张三", "当事人张　三、张 三于", ["张　三", "张 三"]),
        ("张三", "当事人张\u200b三", ["张\u200b三"]),
        ("张 三", "张三丰", ["张三"]),
        ("买买提·样本", "买买提•样本和买买提样本", ["买买提•样本", "买买提样本"]),
        ("张三 (Zhang San)", "张三, ZHANG San", ["张三", "ZHANG San"]),
        ("Jane Sample", "由Jane Sample出具", ["Jane Sample"]),
        ("Иван Примеров", "иван примеров", ["иван примеров"]),
    ],
)
def test_a_name_is_found_however_it_is_written(name, text, written):
    assert places(text, name) == written


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jane Sample", "A sample was taken by June Samples."),
        ("Jane Sample", "Jane sold it to the Samplers."),
        ("Jane Sample", "The Sample Kettle, 1 Sample Street"),
        ("Ann Lee", "the lee of the annex"),
        ("Li Na", "a linament, on line"),
        ("Ludwig van Muster", "by Van, to Van Sample"),
        ("张三", "当事人张某、张某三、李三"),
        ("***", "***有限公司"),
        ("张某", "张某"),
        ("", "Jane Sample"),
        ("J", "J Sample"),
        ("张", "张三"),
        ("Jane Sample", ""),
    ],
)
def test_nobody_else_is_found(name, text):
    assert places(text, name) == []


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("Jane Sample", "then Sample's sister took a sample", ["Sample"]),
        ("José García López", "García and López", ["García", "López"]),
        ("Ludwig van Muster", "Ludwig, by Van, to Muster", ["Muster"]),
        ("Ann Lee", "by the Lee", []),
        ("张三", "张某", []),
    ],
)
def test_a_family_name_alone_is_found_where_it_is_asked_for(name, text, written):
    assert [text[found.start : found.end] for found in guard.names_in(text, name, alone=True)] == written
    assert guard.names_in(text, name) == []


def test_what_is_found_tells_no_name():
    text = "They fined Jane Sample, of Sampleton."
    found = guard.names_in(text, "Jane Sample")
    assert (found[0].kind, str(found[0].words)) == ("name", "name of the person")
    assert "Sample" not in repr(found[0])
    assert guard.masked(text, found) == "They fined ███, of Sampleton."
    assert guard.hint(text, found[0], found) == "They fined ███, of Sampleton."


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30), st.text(max_size=12))
def test_any_name_is_looked_for_in_any_text(text, name):
    assert all(0 <= one.start < one.end <= len(text) for one in guard.names_in(text, name))


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=8), st.text(st.characters(categories=["L"]), min_size=2, max_size=8), st.text(max_size=8)
)
def test_a_name_among_other_words_is_always_found(before, name, after):
    assert guard.names_in(f"{before} {name} {after}", name)
