"""Company numbers of the United Kingdom, as Companies House gives them."""

import re
from collections.abc import Iterator

from records.businesses.identifiers.system import System, gettext_noop

_PREFIX = re.compile("AC|C[ES]|F[CE]|G[ENS]|I[CP]|LP|N[ACFILOPRV]|O[CE]|PC|R[CS]|S[ACEFGILOPRZ]|ZC")
"""By country and form: SC Scotland, NI Northern Ireland, OC partnership, OE overseas entity."""

_PLAIN = re.compile(r"[0-9]{8}")
_PREFIXED = re.compile(r"([A-Z]{2})(?:[0-9]{6}|[0-9]{5}[A-Z])")
_OLD_NORTHERN_IRELAND = re.compile(r"R[0-9]{7}")
_SHORT = re.compile(r"([A-Z]{2}|R)?([0-9]+)")


class CompanyNumber(System):
    """Eight characters without a check digit: only Companies House knows whether a number exists."""

    def normalise(self, raw: str) -> str:
        """Eight characters, with the leading zeros that spreadsheets lose."""
        value = super().normalise(raw)
        short = _SHORT.fullmatch(value)
        if short and short[2].isascii():
            prefix = short[1] or ""
            return prefix + short[2].zfill(8 - len(prefix))
        return value

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        prefixed = _PREFIXED.fullmatch(value)
        if len(value) != 8:
            yield (
                "length",
                gettext_noop("A company number has eight characters, such as 01234567 or SC123456."),
            )
        elif not value.strip("0") or (prefixed and not value[2:].strip("0")):
            yield "placeholder", gettext_noop("This is a placeholder, not a number.")
        elif prefixed and not _PREFIX.fullmatch(prefixed[1]):
            yield "prefix", gettext_noop("Companies House uses no numbers that begin with these letters.")
        elif not prefixed and not _PLAIN.fullmatch(value) and not _OLD_NORTHERN_IRELAND.fullmatch(value):
            yield "format", gettext_noop("A company number has eight digits, or two capitals and six digits.")
