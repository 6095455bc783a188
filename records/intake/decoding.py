"""Decodes the lines of a text file, and says which line has what wrong with it instead of giving up."""

import io
import re
from collections import deque
from collections.abc import Sequence
from typing import IO

LONGEST_LINE = 1_000_000
"""Characters of one line; anything longer is no table."""

SURROGATE = re.compile(r"[\ud800-\udfff]")
"""What a byte becomes that could not be decoded."""

_SAMPLE = 1 << 20
_NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gb18030": "GB18030"}
_FAULTS = {
    "encoding": "It has characters that are not {encoding}. Save the file as {encoding} and import it again.",
    "nul": "It has a NUL character, which is no text. Export the file again.",
    "long": "It is longer than a line of a table can be. Check that the file is what it should be.",
}


class Text:
    """The decoded lines of a stream, counted; remembers what was wrong with those of the current record.

    A byte order mark decides the encoding. Without one it is `encoding`, unless the lines at the beginning
    speak for one of `others`.
    """

    def __init__(self, stream: IO[bytes], encoding: str, others: Sequence[str] = ()):
        if others:
            stream = io.BufferedReader(stream, _SAMPLE)
        elif not isinstance(stream, io.BufferedReader):
            stream = io.BufferedReader(stream)
        self.encoding, self.number, self.fault = encoding, 0, ""
        start = stream.peek(3)[:3]
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.encoding = "utf-16"
        elif start == b"\xef\xbb\xbf":
            self.encoding = "utf-8-sig"
        elif others:
            self.encoding = likely(stream.peek(_SAMPLE), encoding, others)
        self._text = io.TextIOWrapper(stream, encoding=self.encoding, errors="surrogateescape", newline="")
        self._record: list[str] = []
        self._again: deque[str] = deque()

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.number += 1
        self._record.append(line)
        if not line.isascii() and SURROGATE.search(line):
            self.fault = "encoding"
        if "\0" in line:
            self.fault = "nul"
        return line

    def begin(self) -> int:
        """A new record starts; the number of its first line."""
        self._record.clear()
        self.fault = ""
        return self.number + 1

    def rewind(self, keep: int = 1) -> str:
        """Read the lines behind the first `keep` ones of this record again; the first one.

        A quotation mark that is never closed swallows what follows, up to the csv module's longest field.
        """
        first = self._record[0] if self._record else ""
        rest = self._record[keep:]
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        return first.rstrip()

    def explain_fault(self) -> str:
        """In plain words what is wrong with the current record."""
        return _FAULTS[self.fault].format(encoding=_NAMES.get(self.encoding, self.encoding))

    def _read(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        if len(line) == LONGEST_LINE and line[-1] not in "\r\n":
            self.fault = "long"
            while (rest := self._text.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
            return line[:200] + "\n"
        return line


def likely(sample: bytes, encoding: str, others: Sequence[str]) -> str:
    """The encoding in which most lines of the sample that are not plain ASCII make sense.

    Lines vote, because one damaged character must not turn a whole file of names into other names.
    """
    votes = dict.fromkeys((encoding, *others), 0)
    lines = sample.splitlines()
    for line in lines[:-1] if len(lines) > 1 else lines:
        if line.isascii():
            continue
        for name in votes:
            try:
                line.decode(name)
            except UnicodeDecodeError:
                continue
            votes[name] += 1
            break
    return max(votes, key=votes.__getitem__)  # the first of equals
