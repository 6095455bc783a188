"""A journalist's visit: a half-remembered Chinese name, narrowed down, and taken home as a file."""

import csv
import io
from datetime import date

import pytest
from playwright.sync_api import expect

from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2026, 3, 2)


@pytest.fixture
def register():
    """Five decisions against a company, of which two are of 2026 and under one article; and other ones."""
    law = make.law(key="cn-food", title="中华人民共和国食品安全法", jurisdiction="China")
    labels, permits = make.provision(law, "第六十七条"), make.provision(law, "第三十五条")
    facts = {"respondent": "东湖区晨光食品有限公司", "law": law, "language": "zh-Hans"}
    for day, article in (
        (DAY, labels), (date(2026, 5, 6), labels), (date(2026, 6, 1), permits), (date(2025, 4, 1), labels),
        (date(2025, 5, 1), permits),
    ):  # fmt: skip
        make.published_penalty(decided_on=day, served_on=day, notice_served_on=day, cited=(article,), **facts)
    make.published_penalty(respondent="金桥商贸有限公司", law=law, cited=(labels,))
    make.published_penalty(respondent="Morning Light Foods Ltd")


@pytest.mark.usefixtures("register")
def test_a_decision_is_found_by_half_a_chinese_name_narrowed_and_taken_home(browser, live_server):
    page = browser.new_page()
    page.goto(f"{live_server.url}/penalties/")
    page.get_by_role("searchbox").first.fill("晨光食品")
    page.get_by_role("button", name="Search").first.click()
    expect(page.get_by_role("status")).to_contain_text("5 decisions")
    page.get_by_role("group").filter(has_text="Article").get_by_text("Article", exact=True).click()
    page.get_by_role("link", name="第六十七条").click()
    expect(page.get_by_role("status")).to_contain_text("3 decisions")
    page.get_by_role("link", name="2026").first.click()
    expect(page.get_by_role("status")).to_contain_text("2 decisions")
    with page.expect_download() as download:
        page.get_by_role("link", name="table (CSV)").click()
    text = download.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert download.value.suggested_filename == "decisions.csv"
    assert [row["decided_on"] for row in rows] == ["2026-05-06", "2026-03-02"]
    assert {row["respondent"] for row in rows} == {"东湖区晨光食品有限公司"}
    assert {row["applied"] for row in rows} == {"cn-food 第六十七条"}
    page.close()
