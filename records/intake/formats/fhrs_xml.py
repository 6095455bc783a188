"""Reads the food hygiene ratings of the United Kingdom: an XML file per authority, alone or in an archive.

The Food Standards Agency publishes one feed for two schemes: FHRS (England, Wales, Northern Ireland) with
component scores, and FHIS (Scotland) without.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from records.intake.dates import NOT_A_DATE, iso_date
from records.intake.parts import parts, reading, streamed
from records.intake.rows import Part, Problem, Row, Visit

_SCHEMES = {"FHRS": "uk-fhrs", "FHIS": "uk-fhis"}
_GRADES = frozenset(["0", "1", "2", "3", "4", "5", "Pass", "Pass and Eat Safe", "Improvement Required"])
_NATIONS = ((550, 571, "GB-WLS"), (760, 791, "GB-SCT"), (801, 816, "GB-NIR"))
"""Blocks of authority numbers; the Agency numbers every other authority in England."""

_SENTINELS = frozenset(["1901-01-01", "1900-01-01"])
"""Dates that the software of some authorities writes for "no date"."""

_PRIVATE = re.compile(r"\bprivate\s+address\b", re.IGNORECASE)
_ADDRESS = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4")
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}
_DTD = (
    "The file declares a document type, which the format does not have and which can hide entities that grow"
    " without end or fetch other files. Nothing was read. Remove the declaration or download the file again."
)


@dataclass(frozen=True)
class FhrsXml:
    """The format of the bulk files at ratings.food.gov.uk/open-data."""

    key: str = "fhrs-xml"
    label: str = "UK food hygiene ratings (XML)"
    explanation: str = (
        "Bulk files of the Food Standards Agency: the XML file of an authority, or a folder or tar of them,"
        " plain or packed with gz or xz."
    )
    suffixes: tuple[str, ...] = (".xml", ".xml.gz", ".xml.xz", ".tar", ".tar.gz", ".tar.xz", ".tgz", ".txz")
    licence: str = "Open Government Licence v3.0"
    authority_prefix: str = "uk-"
    whole_authorities: bool = True
    country: str = "GB"
    time_zone: str = "Europe/London"

    def parts(self, path: Path) -> Iterator[Part]:
        """One part per XML file; a tar is streamed, its files carried as bytes."""
        return parts(path, lambda name: name.lower().endswith((".xml", ".xml.gz", ".xml.xz")))

    def rows(self, part: Part) -> Iterator[Row | Problem]:
        """The establishments of one XML file in their order; what cannot be read comes as a problem."""
        return reading(part, streamed(part, _establishments))


FORMAT = FhrsXml()


def _establishments(stream, file: str) -> Iterator[Row | Problem]:
    expected, extracted_on, number, first = "", "", 0, True
    try:
        for _, element in etree.iterparse(
            stream, tag=("EstablishmentDetail", "ItemCount", "ExtractDate"), **_SAFE
        ):
            if first and element.getroottree().docinfo.internalDTD is not None:
                yield Problem.at(file, "", _DTD)
                return
            first = False
            if element.tag == "ItemCount":
                expected = (element.text or "").strip()
                continue
            if element.tag == "ExtractDate":
                extracted_on = _header_date(element.text or "")
                continue
            number += 1
            fields = {part.tag: part.text for part in element.iter() if part.text}
            where = f"record {number}"
            if fault := _fault(fields):
                field, message = fault
                yield Problem.at(file, where, message, field, fields.get(field, "").strip())
            else:
                yield _row(fields, where, extracted_on)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield _broken(error, file, number)
        return
    if first:
        yield Problem.at(file, "", "This is XML, but of another format: it has no establishments.")
    elif expected != str(number):
        message = f"The file announces {expected or 'no'} records and holds {number}. Download it again."
        yield Problem.at(file, "", message, "ItemCount", expected)


def _fault(fields: dict[str, str]) -> tuple[str, str] | None:
    """(field, message) of what makes a record unfit to be taken, None for nothing."""
    for required in ("FHRSID", "BusinessName"):
        if not fields.get(required, "").strip():
            return required, "It is missing, and nothing can be shown without it."
    if fields.get("SchemeType") not in _SCHEMES:
        return "SchemeType", "This scheme is not known: FHRS and FHIS are."
    try:
        iso_date(fields.get("RatingDate", ""))
    except ValueError:
        return "RatingDate", NOT_A_DATE.format(style="2020-01-31")
    return None


def _row(fields: dict[str, str], where: str, extracted_on: str) -> Row:
    get = fields.get
    rated_on = iso_date(get("RatingDate", ""))
    if rated_on in _SENTINELS:
        rated_on = ""
    standing = get("RatingValue", "")
    graded = rated_on and standing in _GRADES
    postcode = get("PostCode", "")
    address = tuple(line for line in map(get, _ADDRESS) if line)
    visibility = _visibility(address, postcode)
    return Row(
        where,
        get("LocalAuthorityCode", ""),
        get("LocalAuthorityName", ""),
        get("LocalAuthorityWebSite", ""),
        get("LocalAuthorityEmailAddress", ""),
        fields["FHRSID"],
        get("LocalAuthorityBusinessID", ""),
        fields["BusinessName"],
        get("BusinessType", ""),
        address,
        postcode,
        get("Phone", ""),
        get("Latitude", ""),
        get("Longitude", ""),
        "",
        "",
        _SCHEMES[fields["SchemeType"]],
        (Visit("", "", rated_on, _scores(get), standing),) if graded else (),
        standing,
        rated_on,
        get("NewRatingPending", "").lower() == "true",
        get("RightToReply", ""),
        private=visibility != "shown",
        address_visibility=visibility,
        country=_nation(get("LocalAuthorityCode", "")),
        extracted_on=extracted_on,
    )


def _header_date(text: str) -> str:
    """The ISO date of the data, or nothing: what is wrong with it says nothing about the establishments."""
    try:
        return iso_date(text.strip())
    except ValueError:
        return ""


def _nation(code: str) -> str:
    """The nation of an authority by the Agency's number: its law decides languages and appeal windows."""
    number = int(code) if code.isdecimal() else 0
    return next((nation for first, last, nation in _NATIONS if first <= number <= last), "GB-ENG")


def _scores(get) -> dict[str, str]:
    """The three component scores, or nothing: two of three cannot be weighed, and Scotland has none."""
    hygiene, structural, confidence = get("Hygiene"), get("Structural"), get("ConfidenceInManagement")
    if hygiene and structural and confidence:
        return {"hygiene": hygiene, "structural": structural, "confidence": confidence}
    return {}


def _visibility(address: tuple[str, ...], postcode: str) -> str:
    """How much of the address the authority shows.

    The scheme withholds the addresses of private homes: most authorities then publish nothing, some the
    district of the postcode beside words such as "Private address" or instead of the street.
    """
    district_only = len(postcode) < 5 and address[:1] == (postcode,)
    if address and not district_only and not _PRIVATE.search(" ".join(address)):
        return "shown"
    return "area" if postcode else "withheld"


def _broken(error: etree.XMLSyntaxError, file: str, number: int) -> Problem:
    line, column = error.position
    after = f"after record {number}, " if number else ""
    message = f"The XML is broken here and nothing behind it was read ({error.msg}). Download the file again."
    return Problem.at(file, f"{after}line {line}, column {column}", message)
