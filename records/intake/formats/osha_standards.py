"""How OSHA writes a cited standard in its tables, and where that stands in the law."""

import re

from records.intake.rows import CitationRow
from records.intake.sources import LawFacts

CFR, ACT = "us-29-cfr", "us-osh-act"

LAWS = (
    LawFacts(
        CFR,
        "Code of Federal Regulations, title 29: Labor",
        "rule",
        "US",
        "https://www.ecfr.gov/current/title-29",
    ),
    LawFacts(
        ACT,
        "Occupational Safety and Health Act of 1970 (29 U.S.C. chapter 15)",
        "law",
        "US",
        "https://www.osha.gov/laws-regs/oshact/completeoshact",
    ),
)

_SECTION = re.compile(r"(19[0-9]{2})([0-9]{4})(?:\s*([A-Z]{1,3}[A-Z0-9 ]*))?")
_GENERAL_DUTY = re.compile(r"5\s?A\s?0*([12])")
_ROMAN = re.compile(r"[IVX]+")


def citation(standard: str) -> CitationRow | None:
    """Where "19100036 B06" stands: 29 CFR 1910.36(b)(6); "5A0001" is section 5(a)(1) of the Act.

    None for a standard of a state plan or another way of writing. Paragraphs go (a)(1)(i)(A)(1).
    """
    text = standard.strip().upper()
    if duty := _GENERAL_DUTY.match(text):
        return CitationRow(ACT, f"5(a)({duty[1]})")
    found = _SECTION.fullmatch(text)
    if not found:
        return None
    article = f"{found[1]}.{int(found[2])}"
    for level, mark in enumerate(re.findall(r"[A-Z]+|[0-9]+", found[3] or "")):
        if mark.isdigit() != (level in (1, 4)):
            return None
        if mark.isdigit():
            article += f"({int(mark)})" if int(mark) else ""
        elif level == 2 and not _ROMAN.fullmatch(mark):
            return None
        else:
            article += f"({mark if level == 3 else mark.lower()})"
    return CitationRow(CFR, article)


def words(cited: CitationRow | None, standard: str) -> str:
    """The legal basis in words, with what the table prints."""
    printed = " ".join(standard.split())
    if cited is None:
        return printed
    name = "29 CFR" if cited.law == CFR else "Occupational Safety and Health Act, section"
    return f"{name} {cited.article} (cited as {printed})"
