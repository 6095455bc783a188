"""Real files of decisions go in through the gates, twice; what is refused is explained, file by file.

docs/penalties-import.md has the same numbers in a table. The authorities are made here, with the rule set
that the format suggests: for the United States everything is open for thirty years, for the Chinese market
regulators their own order in force.
"""

import csv
import gzip
from collections import Counter
from datetime import date
from typing import NamedTuple

import pytest

from records.catalogue import accepted
from records.intake.models import Batch
from records.intake.pipeline import run
from records.penalties.models import Penalty
from records.penalties.parts import PenaltySanction
from records.publication.documents import Document
from tests import make
from tests.deciding import CATALOGUE, settle
from tests.importing import Told, counts

pytestmark = [pytest.mark.django_db, pytest.mark.country]


class Real(NamedTuple):
    """A file: how many decisions go in, and how many problems are told, by field and words of the message."""

    name: str
    format: str
    codes: tuple[str, ...]
    domains: tuple[str, ...]
    zone: str
    taken: int
    refused: dict[tuple[str, str], int]


MASSACHUSETTS = Real(
    "us_ma_ago_fairlabor_citations_2015-2022.csv.gz", "us-ma-ago", ("us-ma-ago",), ("labour",),
    "America/New_York", 3739,
    {
        ("Citation #", "It is empty"): 21,
        ("Citation #", "It repeats line"): 1,
        ("Employer", "marks this line as deleted"): 2,
        ("Employer", "It differs from line"): 3,
        ("events", "says something else about them"): 2,
        ("sanctions", "It names no sanction"): 1,
        ("respondent", "longer than 300 characters"): 1,
        ("premises", "Give the trading name and premises"): 5,
        ("premises", "The sole trader's name stands in"): 3,
        ("event", "The decision was annulled"): 5,
        ("incomplete", "Still missing: the facts"): 1,
    },
)  # fmt: skip
OFAC = Real(
    "us_ofac_penalties_2003-2018.csv.gz", "us-ofac", ("us-ofac",), ("finance",), "America/New_York", 715,
    {
        ("aggregate_count", "counts no penalty here"): 5,
        ("respondent_kind", "A natural person is not shown"): 224,
    },
)  # fmt: skip
FDA = Real(
    "us_fda_warning_letters.csv.gz", "us-fda-letters", ("us-fda",), ("product-safety",), "America/New_York",
    3251,
    {
        ("url", "holds no number of the case"): 65,
        ("decision_number", "stood in line"): 8,
        ("respondent_kind", "A natural person is not shown"): 1,
    },
)  # fmt: skip
CHINA = Real(
    "cn_samr_decisions_14.jsonl", "cn-samr-decisions", ("cn-gd-amr", "cn-sc-luzhou-amr"),
    ("food-safety", "product-safety", "consumer-protection"), "Asia/Shanghai", 0,
    {
        ("sanctions", "It names no sanction"): 5,
        ("notice_served_on", "not yet told of the publication"): 7,
        ("incomplete", "Still missing: the domain"): 2,
    },
)  # fmt: skip
OSHA = "us_osha_illumination_citations_no_names.csv.gz"


@pytest.fixture
def bring(shared_folder):
    """Import a real file on the word of two people; the preview."""

    def work(name: str, key: str, codes, domains, zone: str):
        entry = accepted(key)
        people = []
        for code in codes:
            authority = make.authority(
                code=code, slug=code, domains=list(domains), time_zone=zone,
                rule_sets=[entry.format.rule_set],
                website=entry.format.authority.website or "https://amr.example.cn/",
            )  # fmt: skip
            people = make.team(authority, "clerk", "checker")

        def again():
            batch = Batch(
                format=key, file_name=name, authority_code="", uploaded_by=people[0], confirmed_by=people[1]
            )
            try:
                return run(entry.room, entry.format, shared_folder / "data" / name, batch=batch)[1]
            finally:
                settle()

        return again

    return work


def explained(preview, wanted: dict) -> Counter:
    """How many problems each of the explanations fits; one that fits none stands as it is."""
    found = Counter()
    for problem in preview.problems:
        fits = [key for key in wanted if key[0] == problem.field and key[1] in problem.message]
        found[fits[0] if fits else (problem.field, problem.message)] += 1
    return found


@pytest.mark.parametrize("file", [MASSACHUSETTS, OFAC, FDA, CHINA], ids=lambda file: file.format)
def test_a_real_file_goes_in_with_every_refusal_explained_and_a_second_time_changes_nothing(bring, file):
    again = bring(*file[:5])
    preview = again()
    assert explained(preview, file.refused) == file.refused
    assert counts(preview) == (file.taken, 0, 0, 0, sum(file.refused.values()))
    assert Penalty.objects.public().count() == Penalty.objects.count() == file.taken
    assert counts(again()) == (0, 0, file.taken, 0, sum(file.refused.values()))
    assert Penalty.objects.count() == file.taken and not Penalty.objects.filter(version=2).exists()


def test_the_amounts_of_massachusetts_are_those_of_the_file(bring, shared_folder):
    bring(*MASSACHUSETTS[:5])()
    # The column holds binary noise; a citation has as many lines as violations, and one line stands twice.
    held = Penalty.objects.get(decision_number="MW150002")
    assert (held.imposed, held.owed, held.fine_state, held.currency) == (2262, 0, "paid", "USD")
    whole = sum(Penalty.objects.values_list("imposed", flat=True))
    printed = sum(
        round(float(row["Total Assessed"]), 2)
        for row in {tuple(row.items()): row for row in rows(shared_folder, MASSACHUSETTS.name)}.values()
        if Penalty.objects.filter(decision_number=" ".join(row["Citation #"].split())).exists()
    )
    assert abs(float(whole) - printed) < 1


def test_one_document_of_ofac_covers_many_penalties(bring):
    bring(*OFAC[:5])()
    assert Document.objects.count() < 300
    assert Penalty.objects.filter(imposed__isnull=False).count() > 690


def test_the_letters_of_the_fda_are_sanctions_without_money(bring):
    bring(*FDA[:5])()
    assert set(PenaltySanction.objects.values_list("kind", "amount")) == {("warning", None)}
    assert not Penalty.objects.exclude(fine_state="").exists()


def test_the_citations_of_osha_of_more_than_thirty_years_ago_are_not_taken(bring, shared_folder):
    again = bring(OSHA, "osha", ("us-osha",), ("workplace-safety",), "America/New_York")
    preview = again()
    today = Penalty.objects.select_related("authority").first().authority.today()
    over = sum(
        date.fromisoformat(row["issuance_date"]).replace(year=int(row["issuance_date"][:4]) + 30) < today
        for row in rows(shared_folder, OSHA)
        if not row["issuance_date"].endswith("02-29")
    )
    leap = sum(row["issuance_date"].endswith("02-29") for row in rows(shared_folder, OSHA))
    assert preview.problems == [] and over <= 17_622 - preview.new <= over + leap
    assert f"{17_622 - preview.new} decisions whose period is over were not taken." in preview.notes()
    assert f"{preview.new} decisions have no document of their own" in " ".join(preview.notes())
    # The amount was changed after the decision: both are kept.
    changed = Penalty.objects.filter(fine_state="varied")
    assert changed.count() > 1000 and all(p.imposed != p.owed for p in changed)
    assert counts(again()) == (0, 0, preview.new, 0, 0)


def test_with_the_day_of_notice_that_the_file_lacks_seven_chinese_decisions_are_shown(
    bring, shared_folder, tmp_path
):
    """Under the order of the market regulators; beside those it names no sanction, no domain, or a person."""
    bring(*CHINA[:5])
    format = accepted(CHINA.format).format
    (part,) = format.parts(shared_folder / "data" / CHINA.name)
    told = [
        row._replace(notice_served_on=row.decided_on) if hasattr(row, "notice_served_on") else row
        for row in format.rows(part)
    ]
    path, (clerk, checker) = tmp_path / "told", make.team(make.authority(), "clerk", "checker")
    path.touch()
    entry = accepted(CHINA.format)
    batch = Batch(format=CHINA.format, file_name="told", uploaded_by=clerk, confirmed_by=checker)
    _batch, preview = run(entry.room, Told(told, like=CHINA.format), path, batch=batch)
    settle()
    assert counts(preview) == (7, 0, 0, 0, 7)
    wan = Penalty.objects.get(decision_number__contains="深办罚〔2024〕9号")
    # A list that mixes fine, confiscation and sum: the amounts stay text.
    assert wan.imposed is None and "30万元" in wan.sanctions.get().amount_text
    assert wan.rule_version.rule_set.key == "cn.samr107" and wan.currency == ""
    assert Penalty.objects.get(decision_number__contains="13号").imposed == 2049
    assert CATALOGUE.key not in set(wan.violations.values_list("violation__catalogue", flat=True))


def rows(folder, name: str) -> list[dict]:
    """The lines of a file as they are printed."""
    with gzip.open(folder / "data" / name, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
