"""Numbering systems of businesses: an ordered list of objects that normalise and check numbers.

A system has a key (as in files), a label, the ISO code of its country ('' for all), an explanation and an
example, with texts marked for gettext, and

    normalise(raw) -> str           the form in which a number is stored and compared
    check(raw, strict=True, fictional=False) -> Checked    raises IdentifierError(code, message)
    names_a_person(value) -> bool   whether the holder probably trades under their own name

Manual entry is strict; imports are not, and turn faults of uncertain rules into warnings. A number of a
person is refused by all, and no error repeats it. To add one: an object below, with a test.
"""

from stdnum import lei
from stdnum.ca import bn
from stdnum.dk import cvr
from stdnum.fr import siren
from stdnum.no import orgnr
from stdnum.sg import uen

from records.businesses.identifiers.by_stdnum import StdnumSystem
from records.businesses.identifiers.china import OrganisationCode, RegistrationNumber, SocialCreditCode
from records.businesses.identifiers.system import Checked, IdentifierError, System, gettext_noop
from records.businesses.identifiers.united_kingdom import CompanyNumber
from records.businesses.identifiers.united_states import EmployerNumber

__all__ = ["BY_KEY", "SYSTEMS", "Checked", "IdentifierError", "System", "get"]

SYSTEMS: tuple[System, ...] = (
    CompanyNumber(
        "gb-coh",
        gettext_noop("UK company number"),
        "GB",
        gettext_noop("Eight characters from Companies House, such as 01234567 or SC123456."),
        "99999999",
    ),
    SocialCreditCode(
        "cn-uscc",
        gettext_noop("Chinese unified social credit code"),
        "CN",
        gettext_noop("18 digits and capitals, on every business licence since 2015."),
        "91350100M000100Y43",
    ),
    OrganisationCode(
        "cn-org",
        gettext_noop("Chinese organisation code"),
        "CN",
        gettext_noop("Nine characters, until 2015; now part of the unified social credit code."),
    ),
    RegistrationNumber(
        "cn-reg",
        gettext_noop("Chinese registration number of before 2015"),
        "CN",
        gettext_noop("15 digits, given by the offices for industry and commerce until 2015."),
        "110108000000016",
    ),
    EmployerNumber(
        "us-ein",
        gettext_noop("US employer identification number"),
        "US",
        gettext_noop("Nine digits from the Internal Revenue Service, written 12-3456789."),
        "12-3456789",
    ),
    StdnumSystem(
        "ca-bn",
        gettext_noop("Canadian business number"),
        "CA",
        gettext_noop("Nine digits, or fifteen characters with the account of a programme."),
        module=bn,
        pattern=r"[0-9]{9}([A-Z]{2}[0-9]{4})?",
    ),
    StdnumSystem(
        "dk-cvr",
        gettext_noop("Danish CVR number"),
        "DK",
        gettext_noop("Eight digits from the Central Business Register."),
        module=cvr,
        pattern=r"[0-9]{8}",
        person=r"(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{6}",
        prefix="DK",
    ),
    StdnumSystem(
        "no-orgnr",
        gettext_noop("Norwegian organisation number"),
        "NO",
        gettext_noop("Nine digits from the Brønnøysund registers."),
        module=orgnr,
        pattern=r"[0-9]{9}",
        person=r"[0-7][0-9][0-5][0-9]{8}",
        prefix="NO",
    ),
    StdnumSystem(
        "fr-siren",
        gettext_noop("French SIREN number"),
        "FR",
        gettext_noop("Nine digits from the register of INSEE."),
        module=siren,
        pattern=r"[0-9]{9}",
        person=r"[12][0-9]{12}([0-9]{2})?",
    ),
    StdnumSystem(
        "sg-uen",
        gettext_noop("Singapore unique entity number"),
        "SG",
        gettext_noop("Nine or ten characters, the last one a letter."),
        module=uen,
        pattern=r"[0-9]{8}[A-Z]|[0-9]{9}[A-Z]|[RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]",
        person=r"[STFGM][0-9]{7}[A-Z]",
    ),
    StdnumSystem(
        "lei",
        gettext_noop("Legal entity identifier"),
        "",
        gettext_noop("20 characters under ISO 17442, for companies of any country."),
        module=lei,
        pattern=r"[0-9A-Z]{18}[0-9]{2}",
    ),
)

BY_KEY = {system.key: system for system in SYSTEMS}


def get(key: str) -> System:
    """The numbering system of that key; KeyError names the known ones."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise KeyError(f"{key} is not a numbering system. Known: {', '.join(BY_KEY)}.") from None
