"""The double publicity form: both lists, both ways of naming columns, and what is never read from it."""

import csv
import io

import pytest

from records.intake.formats import shuanggongshi_words as words
from records.intake.formats.shuanggongshi import FORMAT
from records.intake.rows import CitationRow, EventRow, SanctionRow, ViolationRow
from tests.intake.reading import SAMPLES, read, read_bytes
from tests.intake.xlsx import Day, workbook

SAMPLE = SAMPLES / "shuanggongshi.csv"
CHINESE = {
    "CF_XDR_MC": "行政相对人名称*",
    "CF_XDR_LB": "行政相对人类别 *",
    "CF_XDR_SHXYM": "行政相对人代码_1 (统一社会信用代码)",
    "CF_XDR_GSZC": "行政相对人代码_3（工商注册号）",
    "CF_XDR_ZZJG": "行政相对人代码_2（组织机构代码）",
    "CF_XDR_SWDJ": "行政相对人代码_4（税务登记号）",
    "CF_XDR_SYDW": "行政相对人代码_5（事业单位证书号）",
    "CF_XDR_SHZZ": "行政相对人代码_6（社会组织登记证号）",
    "CF_FRDB": "法定代表人",
    "CF_FR_ZJLX": "法定代表人证件类型",
    "CF_FR_ZJHM": "法定代表人证件号码",
    "CF_XDR_ZJLX": "证件类型",
    "CF_XDR_ZJHM": "证件号码",
    "CF_WSH": "行政处罚决定书文号＊",
    "CF_WFXW": "违法行为类型*",
    "CF_SY": "违法事实*",
    "CF_YJ": "处罚依据*",
    "CF_CFLB": "处罚类别*",
    "CF_NR": "处罚内容*",
    "CF_NR_FK": "罚款金额（万元）",
    "CF_NR_WFFF": "没收违法所得、没收非法财物的金额（万元）",
    "CF_NR_ZKDX": "暂扣或吊销证照名称及编号",
    "CF_JDRQ": "处罚决定日期(必填)",
    "CF_YXQ": "处罚有效期*",
    "CF_GSJZQ": "公示截止期",
    "CF_CFJG": "处罚机关*",
    "CF_CFJGDM": "处罚机关统一社会信用代码*",
    "CF_SJLY": "数据来源单位*",
    "CF_SJLYDM": "数据来源单位统一社会信用代码*",
    "BZ": "备注",
}
SECRETS = ("SECRET", "INTERNAL", "某甲", "某乙")
EARLIER = (
    "CF_WSH,CF_CFMC,CF_CFLB1,CF_CFLB2,CF_SY,CF_YJ,CF_XDR_MC,CF_XDR_SHXYM,CF_XDR_ZDM,CF_XDR_GSDJ,CF_XDR_SWDJ,"
    "CF_XDR_SFZ,CF_FR,CF_JG,CF_JDRQ,CF_XZJG,CF_ZT,DFBM,SJC,BZ"
)


def cells() -> list[list[str]]:
    """The sample as rows of cells."""
    return list(csv.reader(io.StringIO(SAMPLE.read_text())))


def written(rows, mark=",") -> str:
    """The rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


def with_values(**values) -> bytes:
    """The first line of the sample with these values instead."""
    header, first, *_ = cells()
    line = dict(zip(header, first, strict=True)) | values
    return written([header, list(line.values())]).encode()


def earlier(**values) -> bytes:
    """One line of the earlier list."""
    usual = {
        "CF_WSH": "样罚〔2016〕5号", "CF_CFMC": "超标排放案", "CF_CFLB1": "罚款", "CF_SY": "超标排放。",
        "CF_YJ": "《样品市环境条例》第五条", "CF_XDR_MC": "样品化工厂", "CF_XDR_ZDM": "00000000X",
        "CF_XDR_SFZ": "SECRET-3", "CF_FR": "某甲", "CF_JG": "罚款三千元", "CF_JDRQ": "2016/5/6",
        "CF_XZJG": "样品市环境保护局", "CF_ZT": "0", "DFBM": "110000", "SJC": "2016-05-09 10:00:00",
        "BZ": "INTERNAL",
    }  # fmt: skip
    line = [(usual | values).get(name, "") for name in EARLIER.split(",")]
    return written([EARLIER.split(","), line]).encode()


@pytest.fixture(scope="module")
def sample():
    return read(FORMAT, SAMPLE)


def test_a_line_becomes_a_decision(sample):
    assert not sample.problems
    row = sample.decisions[0]
    assert (row.decision_number, row.respondent) == ("样市监罚〔2026〕1号", "样品食品有限公司")
    assert (row.authority, row.authority_name) == ("11110000000000002X", "样品市市场监督管理局")
    assert (row.decided_on, row.publicity_end, row.language) == ("2026-01-02", "2027-01-02", "zh-hans")
    assert row.violations == (ViolationRow("", "经营超过保质期的食品"),)
    assert row.facts == "当事人经营超过保质期的食品,货值10元。"
    assert row.identifiers == (("cn-uscc", "91110000000000001X"),)


def test_amounts_are_in_ten_thousands_and_their_text_is_kept(sample):
    assert sample.decisions[0].sanctions == (
        SanctionRow("fine", "2000", "CNY", "0.2万元", text="罚款2000元；没收违法所得12.5元。"),
        SanctionRow("confiscation_gains", "12.5", "CNY", "0.00125万元"),
    )


def test_laws_and_articles_are_taken_from_the_basis_as_printed(sample):
    row = sample.decisions[0]
    assert row.legal_basis.startswith("依据《中华人民共和国食品安全法》")
    assert row.applied == (
        CitationRow("中华人民共和国食品安全法", "第一百二十四条第一款第(五)项"),
        CitationRow("中华人民共和国食品安全法", "第一百四十八条"),
        CitationRow("cn-administrative-penalties", "第三十二条"),
    )
    assert sample.decisions[1].applied == (CitationRow("样品市食品条例"),)


def test_kinds_of_respondents_follow_the_form_and_the_code(sample):
    kinds = [row.respondent_kind for row in sample.decisions]
    assert kinds == ["organisation", "sole_trader", "natural_person"]
    assert sample.decisions[2].identifiers == ()


def test_a_fine_of_nothing_is_no_fine(sample):
    assert sample.decisions[1].sanctions == (SanctionRow("warning", text="警告。"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("headings", [dict(), CHINESE], ids=["codes", "Chinese"])
def test_headings_encodings_and_delimiters_make_no_difference(encoding, mark, headings, sample):
    header, *body = cells()
    data = written([[headings.get(name, name) for name in header], *body], mark).encode(encoding)
    assert read_bytes(FORMAT, data) == sample


def test_a_workbook_with_titles_and_two_rows_of_headings_reads_alike(sample):
    header, *body = cells()
    rows = [["行政处罚双公示信息归集表"], [], [CHINESE[name] for name in header], header, *body]
    rows[4][header.index("CF_JDRQ")] = Day(46024)
    rows[4][header.index("CF_NR_FK")] = 0.2
    rows[5][header.index("CF_JDRQ")] = 20260103
    found = read_bytes(FORMAT, workbook(rows))
    assert not found.problems
    assert [row._replace(where="") for row in found.decisions] == [
        row._replace(where="") for row in sample.decisions
    ]
    assert found.decisions[0].where == "line 5"


@pytest.mark.parametrize("data", [SAMPLE.read_bytes(), earlier()], ids=["2018", "earlier"])
def test_persons_documents_and_notes_are_not_read_at_all(data):
    found = read_bytes(FORMAT, data)
    assert found.decisions and not found.problems
    assert not any(secret in repr(found) for secret in SECRETS)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.replace(b"2026/01/02", b"2026/13/02"),
        lambda data: data.replace(b"0.2,0.00125", b"0.2,0.00125,0"),
        lambda data: data.replace("某甲,".encode(), '"某"甲,'.encode()),
        lambda data: data.replace("样品食品有限公司".encode(), b"\xff\xfe\xff"),
        lambda data: data.replace(b"CF_WSH", b"CF_XXX"),
        lambda data: data.replace(b"CF_XDR_ZJHM", "身份证号".encode()),
        lambda data: data[data.index(b"\n") + 1 :],
    ],
    ids=["date", "fields", "quotes", "bytes", "header", "heading", "no header"],
)
def test_no_problem_repeats_what_stands_in_private_columns(spoil):
    found = read_bytes(FORMAT, spoil(SAMPLE.read_bytes()))
    assert found.problems or len(found.decisions) == 3
    assert not any(secret in repr(found) for secret in SECRETS)


def test_the_earlier_list_is_read(sample):
    (row,) = read_bytes(FORMAT, earlier(CF_CFLB2="警告")).decisions
    assert (row.decision_number, row.decided_on) == ("样罚〔2016〕5号", "2016-05-06")
    assert (row.authority, row.authority_name) == ("", "样品市环境保护局")
    assert row.sanctions == (SanctionRow("fine", text="罚款三千元"), SanctionRow("warning"))
    assert row.violations == (ViolationRow("", "超标排放案"),)
    assert (row.respondent_kind, row.identifiers) == ("organisation", (("cn-org", "00000000X"),))
    assert (row.extracted_on, row.events) == ("2016-05-09", ())


def test_the_earlier_list_tells_what_became_of_a_decision():
    assert read_bytes(FORMAT, earlier(CF_ZT="1")).decisions[0].events == (
        EventRow("annulled", note="数据状态：1"),
    )
    assert read_bytes(FORMAT, earlier(CF_ZT="异议")).decisions[0].events[0].kind == "contested"


def test_a_respondent_without_any_number_counts_as_a_person():
    assert read_bytes(FORMAT, earlier(CF_XDR_ZDM="")).decisions[0].respondent_kind == "natural_person"


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ({"CF_CFLB": "警告 罚款", "CF_NR_WFFF": ""}, ["warning", "fine"]),
        ({"CF_CFLB": "罚款/没收违法所得"}, ["fine", "confiscation_gains"]),
        ({"CF_CFLB": "罚款,没收违法所得、罚款"}, ["fine", "confiscation_gains"]),
        ({"CF_CFLB": "罚款;没收违法所得;其他-责令改正"}, ["fine", "confiscation_gains", "other_statutory"]),
        (
            {"CF_CFLB": "罚款，没收违法所得，吊销许可证/执照"},
            ["fine", "confiscation_gains", "licence_revocation"],
        ),
        ({"CF_CFLB": "行政拘留", "CF_NR_FK": "", "CF_NR_WFFF": ""}, ["detention"]),
        (
            {
                "CF_CFLB": "暂扣或者吊销许可证、执照",
                "CF_NR": "暂扣许可证三个月",
                "CF_NR_FK": "",
                "CF_NR_WFFF": "",
            },
            ["licence_suspension"],
        ),
    ],
)
def test_several_categories_stand_in_one_cell(values, kinds):
    (row,) = read_bytes(FORMAT, with_values(**values)).decisions
    assert [sanction.kind for sanction in row.sanctions] == kinds


def test_a_licence_stands_with_the_sanction_that_affects_it():
    data = with_values(CF_CFLB="罚款、没收违法所得、吊销许可证件", CF_NR_ZKDX="食品经营许可证 JY1")
    sanctions = read_bytes(FORMAT, data).decisions[0].sanctions
    assert [sanction.licence for sanction in sanctions] == ["", "", "食品经营许可证 JY1"]


def test_one_amount_for_two_confiscations_is_not_divided():
    data = with_values(CF_CFLB="罚款、没收违法所得、没收非法财物", CF_NR_WFFF="1.5")
    assert [
        (one.kind, one.amount, one.amount_text) for one in read_bytes(FORMAT, data).decisions[0].sanctions
    ] == [
        ("fine", "2000", "0.2万元"),
        ("confiscation_gains", "", "1.5万元"),
        ("confiscation_goods", "", "1.5万元"),
    ]


def test_the_law_of_public_security_is_known_as_such():
    (law,) = [law for law in FORMAT.laws if law.public_security]
    assert words.cited("《治安管理处罚法》第二十六条")[0].law == law.key
