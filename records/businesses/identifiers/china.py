"""Numbers of Chinese organisations: the unified social credit code and the two numbers it replaced.

GB 32100-2015 with amendment 1, GB 11714-1997 for characters 9 to 17, GB/T 17710 for registration numbers.
"""

from collections.abc import Iterator

from stdnum.iso7064 import mod_11_10

from records.businesses.identifiers.system import System, gettext_noop
from records.publication.personal import is_birthday, is_resident_number

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of the code: no I, O, S, V or Z, which look like others."""

TYPES = {
    "1": "1239",
    "2": "19",
    "3": "123459",
    "4": "19",
    "5": "1239",
    "6": "129",
    "7": "129",
    "8": "19",
    "9": "1239",
    "A": "19",
    "N": "1239",
    "Y": "1",
}
"""The types of organisation that each registering authority may enter; 92 is a sole trader."""

FICTIONAL_REGION = "999999"

_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(code: str) -> str:
    """The 18th character for the first 17: 31 minus the weighted sum modulo 31, and 31 counts as 0."""
    total = sum(weight * ALPHABET.index(letter) for weight, letter in zip(_WEIGHTS, code, strict=False))
    return ALPHABET[-total % 31]


def organisation_digit(code: str) -> str:
    """The ninth character of an organisation code for the first eight: 11 minus the sum; 10 is X, 11 is 0."""
    total = sum(weight * int(code[place], 36) for place, weight in enumerate(_ORGANISATION_WEIGHTS))
    return "0123456789X"[-total % 11]


class SocialCreditCode(System):
    """18 characters: authority, type, six digits of region, nine of organisation code, a check character.

    python-stdnum 2.2 rejects codes of the authorities N, A and Y, accepts eighteen zeros and does not know
    the check digit inside the organisation code, so the rules stand here.
    """

    lenient = frozenset(["organisation_digit"])

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        if len(value) != 18:
            yield "length", gettext_noop("A unified social credit code has 18 characters.")
            return
        if not set(value) <= set(ALPHABET):
            yield "charset", gettext_noop("The code has digits and capitals, but never I, O, S, V or Z.")
            return
        if value[1] not in TYPES.get(value[0], ""):
            yield "authority_type", gettext_noop("No registering authority gives codes that begin like this.")
        region = value[2:8]
        if not region.isdigit() or region == "000000" or (region == FICTIONAL_REGION and not fictional):
            yield "region", gettext_noop("Characters 3 to 8 are no region. They are six digits.")
        if organisation_digit(value[8:16]) != value[16]:
            yield (
                "organisation_digit",
                gettext_noop("The organisation code inside does not add up. Compare it."),
            )
        if check_character(value) != value[17]:
            yield "check_character", gettext_noop("The last character does not fit the others. Compare them.")

    def is_personal(self, raw: str) -> bool:
        return is_resident_number(self.normalise(raw))

    def names_a_person(self, value: str) -> bool:
        return value.startswith("92")


class OrganisationCode(System):
    """Nine characters, the last one computed; part of the unified code since 2015."""

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        if len(value) != 9:
            yield "length", gettext_noop("An organisation code has 9 characters.")
        elif not value.isascii() or value[8:] not in "0123456789X":
            yield (
                "charset",
                gettext_noop("An organisation code has digits and capitals and ends in a digit or X."),
            )
        elif value == "0" * 9:
            yield "placeholder", gettext_noop("This is a placeholder, not a number.")
        elif organisation_digit(value) != value[8]:
            yield (
                "organisation_digit",
                gettext_noop("The last character does not fit the others. Compare them."),
            )


class RegistrationNumber(System):
    """15 digits given by the offices for industry and commerce before 2015, the last one computed."""

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        if len(value) != 15:
            yield "length", gettext_noop("A registration number of before 2015 has 15 digits.")
        elif not (value.isascii() and value.isdigit()):
            yield "charset", gettext_noop("A registration number of before 2015 has digits only.")
        elif not mod_11_10.is_valid(value):
            yield "check_character", gettext_noop("The last digit does not fit the others. Compare them.")

    def is_personal(self, raw: str) -> bool:
        """Old resident identity numbers have 15 digits too; a number whose check digit fits is not one."""
        value = self.normalise(raw)
        old = len(value) == 15 and value.isdigit() and is_birthday("19" + value[6:12])
        return is_resident_number(value) or (old and not mod_11_10.is_valid(value))
