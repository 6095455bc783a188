"""When a person was born and where a person lives, where a text says so.

A date or an address alone is not found: decisions are full of dates of acts and addresses of companies.
"""

import re

from django.utils.translation import gettext_lazy as _

from records.publication.guard.detector import Detector, Span, after, beside

_YEAR = r"(?:18|19|20)[0-9]{2}"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:{_DAY}(?: of)? {_MONTH},? {_YEAR}|{_MONTH} (?:{_DAY},? )?{_YEAR}"
    rf"|{_YEAR}[-./ ]?[0-9]{{1,2}}[-./ ]?[0-9]{{1,2}}(?![0-9])"
    rf"|[0-9]{{1,2}}[-./ ][0-9]{{1,2}}[-./ ](?:{_YEAR}|[0-9]{{2}})(?![0-9]))"
)
_CHINESE_DATE = (
    rf"{_YEAR} ?(?:年 ?[0-9]{{1,2}} ?月(?: ?[0-9]{{1,2}} ?[日号])?|[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}"
    r"|[0-9]{4}(?![0-9]))"
)

DATE_OF_BIRTH = Detector(
    "date_of_birth",
    _("date of birth"),
    _("A date of birth tells people of the same name apart, and banks ask for it."),
    (
        after(
            ("born", "date of birth", "birth date", "birthdate", "birthday", "dob", "d.o.b"),
            rf"\.?(?: on| in| is| was)*[ :,(]{{0,4}}(?P<value>{_DATE})",
        ),
        after(
            ("出生", "生日", "生于"),
            rf"(?:日期|年月日?|时间)?[于在是为: ]{{0,4}}(?P<value>{_CHINESE_DATE})",
        ),
        beside(("出生", "生,", "生;", "生。", "生)"), 20, rf"(?P<value>{_CHINESE_DATE}) ?(?:出生|生[,;。)])"),
    ),
)

_MASKS = frozenset("*Xx█■□●○某…_")
_CHINESE_PRECISE = re.compile(
    r"[0-9一二三四五六七八九十百甲乙丙丁][号室栋幢座楼层组弄]|[0-9]{1,4}-[0-9]|单元|[路街巷村屯弄]"
)
_REDACTED = re.compile(r"\*\*|[█■_]|redacted|withheld|registered with", re.IGNORECASE)
_ENGLISH_PRECISE = re.compile(
    r"(?<!in )(?<!since )(?<!from )(?<!until )"
    r"\b[0-9]{1,5}[A-Za-z]?,? (?:[A-Z][a-z]|[A-Z]{2}|[0-9]+(?:st|nd|rd|th)\b)"
    r"|\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b"
    r"|\b(?i:street|road|avenue|lane|crescent|cottage|apartment|apt|flat|p\.?o\.? box)\b"
    r"|\b(?:Drive|Close|House|Court|Place|Way|Terrace|Gardens)\b"
)


def _chinese_address(match: re.Match) -> Span | None:
    """Not where it ends at the level of a town, and not where the rest is already masked."""
    start, end = match.span("value")
    if match.string[end : end + 1] in _MASKS or _MASKS.intersection(match.string[start:end]):
        return None
    return (start, end) if _CHINESE_PRECISE.search(match.string, start, end) else None


def _english_address(match: re.Match) -> Span | None:
    """Not a town or country alone, and not what is already masked."""
    start, end = match.span("value")
    if _REDACTED.search(match.string, start, end):
        return None
    return (start, end) if _ENGLISH_PRECISE.search(match.string, start, end) else None


_CHINESE_TEXT = (
    r"[^,。;:、\t\n()《》]{4,60}(?:,[^,。;:、\s()《》]{0,20}[0-9A-Za-z](?:号楼|[号室栋幢座楼层房]|单元)){0,3}"
)
_CHINESE_HOME = (
    "住址", "家住", "户籍所在地", "户籍地", "户口所在地", "现住", "现居住", "居住地", "居住于", "居住在",
    "暂住地", "暂住于", "暂住在", "常住地",
)  # fmt: skip
_ENGLISH_HOME = (
    "residing at", "resides at", "resided at", "resident at", "residing in",
    "lives at", "lived at", "living at",
    "home address", "residential address", "private address", "personal address",
)  # fmt: skip

HOME_ADDRESS = Detector(
    "home_address",
    _("home address"),
    _("Where a person lives must not be found through a decision about a business."),
    (
        after(
            _CHINESE_HOME,
            # not 国家住房, 一家住宿: a family lives somewhere, a nation and an inn do not
            r"(?<![国一多两几数每各商厂店公独]家住)(?![房宿户建院宅所])"
            r"(?:地址|址|地)?(?:为|是|位于|在|于)?[: ]{0,3}"
            rf"(?P<value>{_CHINESE_TEXT})",
            _chinese_address,
        ),
        after(
            ("住",),  # 男，汉族，住广东省…: how decisions introduce a person
            rf"(?<![^,。;、\s(]住)(?![房宿户建院宅所])[在于: ]{{0,2}}(?P<value>{_CHINESE_TEXT})",
            _chinese_address,
        ),
        after(
            _ENGLISH_HOME,
            r"(?: is| was| of| at)*[ :,]{1,3}(?P<value>[^;\n]{5,120}?)"
            r"(?=(?<!\bSt)(?<!\bMt)(?<!\bApt)(?<!\bNo)\.(?:\s|$)|[;\n()]"
            r"|,? (?:and|who|which|where|when|was|is|has) |$)",
            _english_address,
        ),
    ),
)
