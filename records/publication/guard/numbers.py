"""Numbers that states give to persons, and the numbers of their passports."""

import re

from django.utils.translation import gettext_lazy as _

from records.publication.guard.detector import Detector, Span, after, number
from records.publication.personal import check_character, compact, is_birthday, is_resident_number

_COMPANY_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_COMPANY_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def _is_company_code(number: str) -> bool:
    """Whether eighteen digits are a unified social credit code (GB 32100-2015), by both check characters."""
    inner = sum(
        weight * int(digit) for weight, digit in zip(_ORGANISATION_WEIGHTS, number[8:16], strict=True)
    )
    outer = sum(weight * int(digit) for weight, digit in zip(_COMPANY_WEIGHTS, number[:17], strict=True))
    return "0123456789X"[-inner % 11] == number[16] and _COMPANY_ALPHABET[-outer % 31] == number[17].upper()


def _is_foreign_resident(number: str) -> bool:
    """Whether it is a foreigner's permanent residence card: 9, region, country, date of birth, check."""
    if number[0] != "9" or not is_birthday(number[6:14]) or _is_company_code(number):
        return False
    return check_character(number) == number[17].upper()


def _resident(match: re.Match) -> Span | None:
    digits = compact(match[0])
    return match.span() if is_resident_number(digits) or _is_foreign_resident(digits) else None


def _called_an_identity_number(match: re.Match) -> Span | None:
    """Eighteen characters that are called so may be mistyped; fifteen must hold a date of birth."""
    digits = compact(match["value"])
    if len(digits) == 15:
        return match.span("value") if is_birthday("19" + digits[6:12]) else None
    return None if _is_company_code(digits) else match.span("value")


def _passport(match: re.Match) -> Span | None:
    """Not a date in digits."""
    return None if re.fullmatch("20[0-2][0-9][01][0-9][0-3][0-9]", match["value"]) else match.span("value")


_IDENTITY_WORDS = (
    "身份证", "身份号码", "证件号", "居民证", "identity number", "identity card", "identity document",
    "identification number", "id number", "id card", "id no", "citizen id",
)  # fmt: skip

IDENTITY_NUMBER = Detector(
    "identity_number",
    _("identity number of a person"),
    _("With an identity number somebody can pose as the person, and it tells the date of birth."),
    (
        number(17, r"[1-9](?<![0-9].)[0-9]{5}[- ]?[0-9]{8}[- ]?[0-9]{3}[0-9Xx](?![0-9])", _resident),
        after(
            _IDENTITY_WORDS,
            r"[^0-9\n]{0,24}?(?P<value>[1-9](?:[- ]?[0-9]){16}[- ]?[0-9X]|[1-9](?:[- ]?[0-9]){14})"
            r"(?![0-9])",
            _called_an_identity_number,
        ),
    ),
)

US_PERSON_NUMBER = Detector(
    "us_person_number",
    _("social security or taxpayer number of a person"),
    _("With a social security or taxpayer number somebody can borrow money in the person's name."),
    (
        number(9, r"[0-9](?<![0-9-].)[0-9]{2}([- ])[0-9]{2}\1[0-9]{4}(?![0-9-])"),
        after(
            ("ssn", "itin", "social security", "individual taxpayer"),
            r"[^0-9\n]{0,40}?(?P<value>[0-9]{3}[-. ]?[0-9]{2}[-. ]?[0-9]{4})(?![0-9])",
        ),
    ),
)

_INSURANCE = (
    r"[A-CEGHJ-TW-Z](?<![0-9A-Za-z].)[A-CEGHJ-NP-TW-Z](?<!BG|GB|KN|NK|NT|TN|ZZ)"
    r"[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}"
)
"""Two letters as they are given out, and QQ, which stands for them in examples; six digits."""

UK_INSURANCE_NUMBER = Detector(
    "uk_nino",
    _("national insurance number of a person"),
    _("A national insurance number belongs to one person for life and opens tax and benefit records."),
    (
        number(0, rf"{_INSURANCE}[ -]?[A-D](?![0-9A-Za-z])"),
        after(
            ("national insurance", "nino", "ni number", "ni no"),
            rf"[^0-9\n]{{0,30}}?(?P<value>{_INSURANCE}(?:[ -]?[A-D]\b)?)(?![0-9])",
        ),
    ),
)

PASSPORT = Detector(
    "passport",
    _("passport or travel document number"),
    _("A passport number identifies one person and is asked for wherever people prove who they are."),
    (
        after(
            ("护照", "通行证", "居住证", "居留证", "台胞证", "回乡证", "passport"),
            r"[^0-9\n]{0,30}?(?P<value>(?<![0-9A-Z])(?:[A-Z]{1,3}[0-9]{6,10}|[0-9]{8,10})[A-Z]?)(?![0-9A-Z])",
            _passport,
        ),
    ),
)
