"""What every numbering system of businesses has in common."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple


def gettext_noop(message: str) -> str:
    """Mark a text for translation; Django's own function of this name cannot run without settings."""
    return message


PERSONAL = gettext_noop(
    "This looks like the number of a person, not of a business. Such numbers are not accepted."
)
EMPTY = gettext_noop("There is no number.")

_DIVIDERS = frozenset(["Zs", "Cc", "Cf", "Pd"])
"""Unicode categories of blanks, invisible characters and dashes."""


class IdentifierError(ValueError):
    """A number that cannot be right: `code` names the check that failed, `message` what to do.

    Neither holds the number, so that a personal number typed by mistake reaches no log. `personal` is true
    when the number looks like that of a person: then it must not be shown again or kept either.
    """

    def __init__(self, code: str, message: str, personal: bool = False):
        super().__init__(message)
        self.code, self.message, self.personal = code, message, personal


class Checked(NamedTuple):
    """A number that passed: as it is stored, and what a lenient check only warns about."""

    value: str
    warnings: tuple[IdentifierError, ...] = ()


@dataclass(frozen=True)
class System:
    """A numbering system. Subclasses say how a number is written and what may be wrong with it."""

    key: str
    label: str
    country: str
    explanation: str
    example: str = ""

    lenient: ClassVar[frozenset[str]] = frozenset()
    """Codes of faults that an import only warns about, because the rule behind them is not certain."""

    def normalise(self, raw: str) -> str:
        """The form in which the number is stored and compared: plain capitals and digits, undivided.

        Only blanks, dashes and dots divide numbers; anything else stays and is refused by the checks.
        """
        plain = unicodedata.normalize("NFKC", raw).upper()
        return "".join(
            letter for letter in plain if unicodedata.category(letter) not in _DIVIDERS and letter != "."
        )

    def faults(self, value: str, fictional: bool) -> Iterator[tuple[str, str]]:
        """(code, message) of every check that a normalised number fails, in the order of the checks."""
        raise NotImplementedError

    def is_personal(self, raw: str) -> bool:
        """Whether the raw text looks like the number of a person of this country."""
        return False

    def names_a_person(self, value: str) -> bool:
        """Whether the holder of this number is probably traded under a person's own name."""
        return False

    def check(self, raw: str, strict: bool = True, fictional: bool = False) -> Checked:
        """The number as it is stored; raises IdentifierError with the first check that fails.

        With `strict` off (imports), faults whose rule is not certain become warnings. `fictional` admits
        numbers that are reserved for tests and examples.
        """
        value = self.normalise(raw)
        found = list(self.faults(value, fictional)) if value else [("empty", EMPTY)]
        if self.is_personal(raw):
            raise IdentifierError(found[0][0] if found else "personal", PERSONAL, personal=True)
        warnings = []
        for code, message in found:
            error = IdentifierError(code, message)
            if strict or code not in self.lenient:
                raise error
            warnings.append(error)
        return Checked(value, tuple(warnings))
