"""What templates put together has the commas, colons and full stops of the language, and its markup."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from records.ratings import schemes

LISTED = (
    "{% load words %}{% for w in words %}<b>{{ w }}</b>{% if not forloop.last %}{% comma %}{% endif %}"
    "{% endfor %}"
)
LABELLED = "{% load words %}{% labelled label=label %}<b>{{ text }}</b>{% endlabelled %}"


def said(template, language="en", **context):
    with override(language):
        return Template(template).render(Context(context))


def test_a_list_with_markup_has_the_comma_of_the_language():
    assert said(LISTED, words="ab") == "<b>a</b>, <b>b</b>"
    assert said(LISTED, "zh-hans", words="ab") == "<b>a</b>，<b>b</b>"


def test_a_label_stands_before_markup_and_what_is_no_markup_is_escaped():
    assert said(LABELLED, label="A & B", text="<i>") == "A &amp; B: <b>&lt;i&gt;</b>"
    assert said(LABELLED, "zh-hans", label="甲", text="乙") == "甲：<b>乙</b>"
    behind = "{% load words %}{% labelled text=text %}<b>1</b>{% endlabelled %}"
    assert said(behind, text="<i>") == "<b>1</b>: &lt;i&gt;"


def test_a_sentence_ends_as_the_language_ends_it():
    assert said("{% load words %}{{ w|ended }}", w="A & B") == "A &amp; B."
    assert said("{% load words %}{{ w|ended }}", "zh-hans", w="甲") == "甲。"


@pytest.mark.parametrize(("number", "words"), [("1", "1 point"), ("7.0", "7 points"), ("2.5", "2.5 points")])
def test_points_are_counted_as_people_count_them(number, words):
    assert said("{% load words %}{{ n|points }}", n=Decimal(number)) == words


def test_the_files_of_a_list_stand_as_a_list():
    files = [("csv", "/a.csv"), ("json", "/a.json")]
    with override("zh-hans"):
        html = render_to_string("components/files.html", {"files": files})
    assert "</a>，<a" in html and "</a>," not in html


def test_the_words_of_a_scheme_in_another_language_are_marked_with_theirs():
    with override("es"):
        html = render_to_string("records/ratings/_components.html", {"scheme": schemes.get("uk-fhrs")})
    assert '<span lang="en">Urgent improvement necessary</span>' in html
