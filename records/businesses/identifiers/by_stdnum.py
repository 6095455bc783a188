"""Numbering systems whose rules python-stdnum has right, behind the checks that it leaves to its callers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from stdnum import exceptions

from records.businesses.identifiers.system import System, gettext_noop

_MESSAGES = {
    "length": gettext_noop("The number has too few or too many characters."),
    "format": gettext_noop("The number is not written as this system writes them."),
    "component": gettext_noop("A part of the number is not in use."),
    "check_digit": gettext_noop("The check digit does not fit the others. Compare them."),
    "placeholder": gettext_noop("This is a placeholder, not a number."),
}


@dataclass(frozen=True)
class StdnumSystem(System):
    """`pattern` is what a number looks like, `person` what the number of a person of that country does."""

    module: ModuleType | None = None
    pattern: str = ""
    person: str = ""
    prefix: str = ""
    """Letters of a VAT number that are often written before the registration number."""

    def normalise(self, raw: str) -> str:
        value = super().normalise(raw)
        return value.removeprefix(self.prefix) if self.prefix else value

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        code = self._code(value)
        if code:
            yield code, _MESSAGES[code]

    def is_personal(self, raw: str) -> bool:
        return bool(self.person and re.fullmatch(self.person, System.normalise(self, raw)))

    def _code(self, value: str) -> str:
        if not re.fullmatch(self.pattern, value):
            return "format"
        if not value.strip("0"):
            return "placeholder"
        try:
            self.module.validate(value)
        except exceptions.InvalidLength:
            return "length"
        except exceptions.InvalidComponent:
            return "component"
        except exceptions.InvalidChecksum:
            return "check_digit"
        except (exceptions.ValidationError, ValueError, IndexError):
            return "format"
        return ""
