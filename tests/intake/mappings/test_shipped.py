"""The mappings that come along, on small made-up files: what each column becomes, and what is refused."""

import pickle

import pytest

from records.intake import sources
from records.intake.formats import DECISION_FORMATS, FORMATS, decision_formats, get
from records.intake.mappings import mappings
from records.intake.rows import CitationRow, EventRow, SanctionRow, ViolationRow
from tests.intake.reading import SAMPLES, read

FOLDER = SAMPLES / "mappings"


def sample(key: str):
    """What the mapping makes of its sample."""
    format = get(key)
    return read(format, FOLDER / f"{key}.{format.mapping.file}")


@pytest.fixture(scope="module")
def massachusetts():
    return sample("us-ma-ago")


@pytest.fixture(scope="module")
def china():
    return sample("cn-samr-decisions")


def told(found) -> list[tuple[str, str]]:
    """Where the problems stand, and in which column."""
    return [(problem.where, problem.field) for problem in found.problems]


def test_every_mapping_is_a_format_of_decisions_and_has_a_sample():
    keys = [mapped.key for mapped in mappings()]
    assert keys == ["cn-samr-decisions", "us-fda-letters", "us-ma-ago", "us-ofac"]
    assert decision_formats() == (*DECISION_FORMATS, *mappings())
    assert {file.stem for file in FOLDER.iterdir()} == set(keys)


@pytest.mark.parametrize("format", decision_formats(), ids=lambda format: format.key)
def test_every_format_of_decisions_says_what_the_room_needs(format):
    assert get(format.key) is format
    assert pickle.loads(pickle.dumps(format)) == format
    assert all(law.rank in sources.RANKS and law.title and law.jurisdiction for law in format.laws)
    assert all(law.link.startswith("https://") for law in format.laws)
    assert len({law.key for law in format.laws}) == len(format.laws)
    assert format.catalogue.seriousness in ("", *sources.SERIOUSNESS)
    assert not format.authority.code or format.authority.code.startswith(format.authority_prefix)
    assert not {format.key} & {entry.key for entry in FORMATS}


@pytest.mark.parametrize("mapped", mappings(), ids=lambda mapped: mapped.key)
def test_every_decision_of_a_sample_cites_laws_of_its_mapping_or_by_title(mapped):
    keys = {law.key for law in mapped.laws}
    found = sample(mapped.key)
    cited = {one.law for row in found.decisions for one in (*row.violated, *row.applied)}
    assert cited & keys
    assert not any(law.isascii() for law in cited - keys)
    assert all(row.language == mapped.mapping.language for row in found.decisions)


def test_massachusetts_is_read_column_by_column(massachusetts):
    row = massachusetts.decision("99-01-00001-001")
    assert (row.where, row.authority, row.decided_on) == ("line 2", "us-ma-ago", "2020-01-15")
    assert (row.respondent, row.respondent_kind) == ("Sample Bakery LLC d/b/a Sample Bread", "organisation")
    assert row.premises == "Sample Bread, Exampleton, MA"
    assert row.legal_basis == "151.15, 19(3)"
    assert row.violated == (CitationRow("us-ma-mgl-151", "15"), CitationRow("us-ma-mgl-151", "19(3)"))
    assert row.applied == (CitationRow("us-ma-mgl-149", "27C"),)
    assert row.facts == "Failure to keep true and accurate payroll records. With specific intent"
    assert [(one.kind, one.amount, one.currency) for one in row.sanctions] == [("fine", "8404.13", "USD")]
    assert row.events == (EventRow("paid", amount="8404.13", currency="USD"),)


def test_massachusetts_lines_of_one_number_are_one_citation(massachusetts):
    row = massachusetts.decision("99-01-00002-001")
    assert [violation.title for violation in row.violations] == ["Non-Payment of Wages", "Overtime"]
    assert [sanction.amount for sanction in row.sanctions] == ["1000.00", "2000.00"]
    assert row.legal_basis == "149.148; 151.1B"
    assert row.events == (
        EventRow("contested"),
        EventRow("settled"),
        EventRow("lien"),
        EventRow("paid_in_part", "", "2000.00", "USD", "1 of 2 lines of the source"),
    )


def test_massachusetts_tells_the_life_of_a_fine(massachusetts):
    kinds = {row.decision_number[6:11]: [one.kind for one in row.events] for row in massachusetts.decisions}
    assert kinds["00003"] == ["contested", "annulled"]
    assert kinds["00004"] == ["contested", "contest_withdrawn"]
    assert kinds["00008"] == []


def test_massachusetts_names_without_a_legal_form_may_be_persons(massachusetts):
    row = massachusetts.decision("99-01-00004-001")
    assert (row.respondent_kind, row.premises) == ("sole_trader", "Sample Garden Care, Exampleton, MA")
    assert row.violations == (
        ViolationRow(
            "employment-of-a-minor-age-16-or-17-before-6-00-am",
            "Employment of a minor, age 16 or 17, before 6:00 AM",
        ),
        ViolationRow(
            "employment-of-a-minor-in-a-prohibited-occupation",
            "Employment of a minor in a prohibited occupation",
        ),
    )
    assert row.violated == (CitationRow("us-ma-mgl-149", "66"), CitationRow("us-ma-mgl-149", "67"))


def test_massachusetts_refuses_what_it_cannot_know(massachusetts):
    """No number, deleted at the source, an unknown word, two employers of one number, a repetition."""
    assert told(massachusetts) == [
        ("line 7", "Citation #"),
        ("line 8", "Employer"),
        ("line 9", "Paid In Full"),
        ("line 11", "Employer"),
        ("line 13", "Citation #"),
    ]
    assert massachusetts.problems[3].message.endswith("The 2 lines of this decision were not imported.")
    assert "counted once" in massachusetts.problems[4].message


@pytest.mark.parametrize(
    ("printed", "articles"),
    [
        ("149.148", [("149", "148")]),
        ("149.66, 67", [("149", "66"), ("149", "67")]),
        ("151.15 and 19(3)-(B)", [("151", "15"), ("151", "19(3)")]),
        ("151.15.19(3)", [("151", "15"), ("151", "19(3)")]),
        ("151.15, 19 (3)", [("151", "15"), ("151", "19(3)")]),
        ("149 § 148C(l)", [("149", "148C(l)")]),
        ("136.6(50); 149.148-(A)", [("136", "6(50)"), ("149", "148")]),
        ("151.1A , 151.1B", [("151", "1A"), ("151", "1B")]),
        ("15.15, 19(3)", []),
        ("149.1.48", []),
    ],
)
def test_massachusetts_citations_are_found_in_what_is_printed(printed, articles):
    rule = get("us-ma-ago").mapping.citations[0]
    cited = rule.of({"violation": (printed,)})
    assert [(one.law.removeprefix("us-ma-mgl-"), one.article) for one in cited] == articles


def test_ofac_is_read_column_by_column():
    found = sample("us-ofac")
    row = found.decisions[0]
    assert (row.decision_number, row.respondent) == ("1-2099", "Example Trading, Inc.")
    assert row.sanctions == (SanctionRow("fine", "8262.50", "USD"),)
    assert row.document_url == "https://example.org/ofac/1"
    assert [row.respondent_kind for row in found.decisions] == [
        "organisation",
        "natural_person",
        "organisation",
    ]
    assert found.decisions[1].sanctions[0].text.startswith("2 penalties or settlements")
    assert found.decisions[2].sanctions[0].kind == "other_statutory"
    assert told(found) == [("line 4", "aggregate_count")]


def test_fda_letters_are_warnings_under_the_number_of_their_case():
    found = sample("us-fda-letters")
    first, second = found.decisions
    assert (first.decision_number, first.decided_on) == ("900001/2099-01-02", "2099-01-02")
    assert first.sanctions == (SanctionRow("warning", text="Warning letter, Human Foods Program"),)
    assert first.document_url == "https://www.fda.gov/warning-letters/example-foods-inc-900001-01022099"
    assert (second.decision_number, second.respondent_kind) == ("900002/2099-01-03", "natural_person")
    assert told(found) == [("line 3", "decision_number"), ("line 5", "url")]


def test_chinese_decisions_cite_their_laws_and_leave_out_guides_to_discretion(china):
    row = china.decision("样市监罚〔2099〕1号")
    assert (row.authority, row.authority_name) == ("cn-sc-luzhou-amr", "泸州市市场监督管理局")
    assert row.applied == (CitationRow("cn-food-safety"), CitationRow("样品市食品条例"))
    assert "广东省市场监督管理局行政处罚裁量权适用规则" in row.legal_basis
    assert row.domain == "food-safety"


def test_chinese_amounts_are_converted_and_never_added_up(china):
    assert china.decision("样市监罚〔2099〕1号").sanctions == (SanctionRow("fine", "2000", "CNY", "0.2万元"),)
    assert china.decision("样市监罚〔2099〕2号").sanctions == (
        SanctionRow("fine", amount_text="91085.45元；323.4元；91408.85元"),
    )


def test_chinese_decisions_without_a_sanction_or_of_an_unknown_authority_are_refused(china):
    assert told(china) == [("line 3", "sanctions"), ("line 4", "agency")]
    assert china.decision("样市监罚〔2099〕2号").respondent_kind == "natural_person"
