"""Two ways of citing the same article give the same key, and no text at all breaks it."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from records.laws.kinds import article_key, chinese_number


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("第一百二十三条第二款第（三）项", "123-2-3"),
        ("第123条第2款第(3)项", "123-2-3"),
        ("第十四条", "14"),
        ("第 １４ 條", "14"),
        ("第五章第三条", "3"),
        ("第一百二十条之一", "120-zhi-1"),
        ("29 CFR 1910.36(b)(6)", "29-cfr-1910-36-b-6"),
        ("1910.36(b)(6)", "1910-36-b-6"),
        ("c. 149, s. 148", "149-148"),
        ("ch. 149, § 148", "149-148"),
        ("149.148", "149-148"),
        ("s. 17(1)", "17-1"),
        ("Section 17 (1)", "17-1"),
        ("s17(1)", "17-1"),
        ("ｓ．　１７（１）", "17-1"),
        ("s. 17(c)", "17-c"),
        ("Art. 5 Abs. 2 Satz 1", "5-2-satz-1"),
        ("Annex II", "annex-ii"),
        ("", ""),
        ("§", ""),
        ("—", ""),
    ],
)
def test_an_article_has_one_key_however_it_is_cited(printed, key):
    assert article_key(printed) == key


def test_different_places_of_a_law_have_different_keys():
    cited = ("s. 17", "s. 17(1)", "s. 171", "Annex 17", "s. 17(a)", "s. 1", "s. 7")
    assert len({article_key(one) for one in cited}) == len(cited)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("一百二十三", 123),
        ("一百零五", 105),
        ("一千零一", 1001),
        ("二〇", 20),
    ],
)
def test_chinese_numbers_are_read(written, value):
    assert chinese_number(written) == value


CITED = st.text(
    st.sampled_from(
        "0123456789 .,()-§第条條款项之零一二十百千（）１Ａsscch.artİßﬀ²½①\N{COMBINING ACUTE ACCENT}"
    )
)


@given(st.one_of(st.text(), CITED))
@example("")
@example("a" * 300)
@example("1-" * 150)
@example("İ" * 80)
def test_the_key_of_a_key_is_that_key_and_short_and_fit_for_an_address(text):
    key = article_key(text)
    assert len(key) <= 80
    assert article_key(key) == key
    assert not re.search(r"[\s/_]|--|^-|-$", key)
