"""How a mapping finds laws and articles in what a source prints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from records.intake.mappings.values import ALWAYS, Record, Value, When
from records.intake.rows import CitationRow


@dataclass(frozen=True)
class Cited:
    """A rule that yields citations, violated or applied ones (`role`).

    Without `source` it is the one of `law` and `article`. With it, each of its texts is divided at `marks`;
    each piece that `pattern` matches as a whole is a citation, with the groups law and article. A piece
    without a law is of the law before it, at first of `law`. `laws` says which law a word means, '' that it
    is none to be cited; `strict` that other words mean nothing, else they are titles themselves.
    """

    role: str
    law: str = ""
    article: str = ""
    source: Value | None = None
    marks: tuple[str, ...] = ()
    pattern: re.Pattern = re.compile(r"(?P<law>.+)", re.DOTALL)
    laws: Mapping[str, str] = None
    strict: bool = False
    when: When = ALWAYS

    def of(self, record: Record) -> list[CitationRow]:
        """The citations in a record, in order."""
        if not self.when.holds(record):
            return []
        if self.source is None:
            return [CitationRow(self.law, self.article)]
        return [found for text in self.source.texts(record) for found in self.within(text)]

    def within(self, text: str) -> list[CitationRow]:
        """The citations in a text."""
        found, law = [], self.law
        pieces = re.split("|".join(map(re.escape, self.marks)), text) if self.marks else [text]
        for piece in pieces:
            match = self.pattern.fullmatch(piece.strip())
            if not match:
                continue
            groups = match.groupdict()
            if groups.get("law"):
                law = self._meant(groups["law"].strip())
            if law:
                found.append(CitationRow(law, (groups.get("article") or "").strip()))
        return found

    def _meant(self, word: str) -> str:
        return self.laws.get(word, "" if self.strict else word)
