"""What a mapping takes from a record: values of columns, constants and what is made of them; conditions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from records.intake.mappings.convert import Step, Unconvertible, applied, strip

Record = Mapping[str, tuple[str, ...]]
"""A line or object of a file: the texts of each column, of which JSON may have several."""

_SEVERAL = "It holds several values where one is needed. Correct it, or let the mapping join or split them."


class Refused(Exception):
    """A record cannot be taken: which column, its value, and what to do."""

    def __init__(self, column: str, value: str, message: str):
        super().__init__(message)
        self.column, self.value, self.message = column, value, message


@dataclass(frozen=True)
class Value:
    """Texts made of a record: of a column, of a constant, of the first of `parts` that is not empty, or of
    `parts` joined by `mark`; then converted by `steps`.
    """

    kind: str
    name: str = ""
    parts: tuple["Value", ...] = ()
    mark: str = ""
    steps: tuple[Step, ...] = ()

    def texts(self, record: Record) -> tuple[str, ...]:
        """All texts, without empty ones. Raises Refused."""
        match self.kind:
            case "column":
                found = record.get(self.name, ())
            case "constant":
                found = (self.name,)
            case "first":
                found = next(filter(None, (part.texts(record) for part in self.parts)), ())
            case _:
                found = (self.mark.join(text for part in self.parts for text in part.texts(record)),)
        try:
            return tuple(text for text in applied(self.steps, found) if text)
        except Unconvertible as error:
            column = next(self.columns(), "")
            raise Refused(column, "; ".join(found), str(error)) from None

    def text(self, record: Record) -> str:
        """The only text, '' where there is none. Raises Refused where there are several."""
        found = self.texts(record)
        if len(found) > 1:
            raise Refused(next(self.columns(), ""), "; ".join(found), _SEVERAL)
        return found[0] if found else ""

    def columns(self) -> Iterator[str]:
        """The columns that it reads."""
        if self.kind == "column":
            yield self.name
        for part in self.parts:
            yield from part.columns()


NOTHING = Value("constant", "")


@dataclass(frozen=True)
class When:
    """A condition on one column: its text is one of `among` or none of `outside`, without regard to case and
    blanks around; or `pattern` is found in it. An empty column has the text ''.
    """

    column: str = ""
    among: frozenset[str] | None = None
    outside: frozenset[str] | None = None
    pattern: re.Pattern | None = None

    def holds(self, record: Record) -> bool:
        """Whether it is true of any text of the column."""
        return not self.column or any(map(self._fits, record.get(self.column, ()) or ("",)))

    def _fits(self, text: str) -> bool:
        folded = strip(text).casefold()
        if self.among is not None and folded not in self.among:
            return False
        if self.outside is not None and folded in self.outside:
            return False
        return self.pattern is None or bool(self.pattern.search(text))


ALWAYS = When()
