"""What a detector is: a kind of personal data, why it must not be public, and the rules that find it.

Looking through a text has to cost nothing where there is nothing. A rule without words looks only around runs
of six or more digits, a rule with words only beside them; where there are neither, no pattern is tried.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]

_LETTERS = bytes(byte if chr(byte).islower() and byte < 128 else 32 for byte in range(256))
_RUN = re.compile(r"[0-9][0-9 ().\-+/]{4,}[0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text that holds personal data: its kind, from where to where, and the kind in words.

    Positions only. The value itself is in no field, so that it reaches no log, message or traceback.
    """

    kind: str
    start: int
    end: int
    words: str = field(repr=False, compare=False)


class Vocabulary:
    """All words that rules ask for, and which of them a text holds: looked up at once, not one by one."""

    def __init__(self, words: Iterable[str]):
        self._by_first: dict[bytes | str, list[str]] = {}
        for word in dict.fromkeys(words):
            first = _latin(word)[0] if _is_letter(word[0]) else word[0]
            self._by_first.setdefault(first, []).append(word)

    def held_by(self, lowered: str) -> frozenset[str]:
        """The words that stand in a text in lower case: asked for where their first part stands there."""
        firsts = {*_latin(lowered), *("@" if lowered.isascii() else lowered)}
        asked = [word for first in self._by_first.keys() & firsts for word in self._by_first[first]]
        return frozenset([word for word in asked if word in lowered])


def _latin(lowered: str) -> list[bytes]:
    """The runs of letters from a to z, in order."""
    return lowered.encode("ascii", "replace").translate(_LETTERS).split()


@dataclass(frozen=True, slots=True)
class Haystack:
    """A plain text made ready: once more in lower case, with its runs of digits and the words it holds."""

    text: str
    lowered: str
    runs: list[Span]
    words: frozenset[str]

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary) -> "Haystack":
        """From a plain text. The capital I with a dot is the only one whose small form is two characters."""
        lowered = text.lower() if text.isascii() else text.replace("\u0130", "I").lower()
        runs = [match.span() for match in _RUN.finditer(text)]
        return cls(text, lowered, runs, vocabulary.held_by(lowered))

    def places(self, words: tuple[str, ...]) -> Iterator[Span]:
        """Where the words stand, in any case. A word of the Latin alphabet has no letter on either side."""
        for word in self.words.intersection(words):
            start = self.lowered.find(word)
            while start >= 0:
                end = start + len(word)
                if not (_is_letter(self.lowered[start - 1 : start]) and _is_letter(word[0])) and not (
                    _is_letter(self.lowered[end : end + 1]) and _is_letter(word[-1])
                ):
                    yield start, end
                start = self.lowered.find(word, end)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def value_of(match: re.Match) -> Span:
    """The span of the group `value`, or of the whole match where the pattern has no such group."""
    return match.span("value" if "value" in match.re.groupindex else 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing the data: a pattern, and a check that tells the value from what only looks like it.

    `check` returns the span of the value, None where it is none. With `words` in lower case, what the pattern
    describes follows one of them; or, with `around`, stands within so many characters on either side. Without
    words it stands within `around` characters of a run of at least `digits` digits, or anywhere (0).
    """

    pattern: re.Pattern
    check: Callable[[re.Match], Span | None]
    words: tuple[str, ...] = ()
    around: int = 0
    digits: int = 0

    def spans(self, haystack: Haystack) -> Iterator[Span]:
        """The spans of the text that the rule finds, some perhaps twice."""
        for match in self._matches(haystack):
            span = self.check(match)
            if span:
                yield span

    def _matches(self, haystack: Haystack) -> Iterator[re.Match]:
        text = haystack.text
        if self.words and not self.around:
            for _start, end in haystack.places(self.words):
                if match := self.pattern.match(text, end):
                    yield match
        elif self.words or self.digits:
            for start, end in self._windows(haystack):
                yield from self.pattern.finditer(text, start, end)
        else:
            yield from self.pattern.finditer(text)

    def _windows(self, haystack: Haystack) -> list[Span]:
        """The parts of the text that are looked through, each character once."""
        if self.words:
            places = sorted(haystack.places(self.words))
        else:  # what stands between the digits counts too: no harm, and quick
            places = [run for run in haystack.runs if run[1] - run[0] >= self.digits]
        windows: list[Span] = []
        for start, end in places:
            start, end = max(0, start - self.around), end + self.around
            if windows and start <= windows[-1][1]:
                start = windows.pop()[0]
            windows.append((start, end))
        return windows


def number(
    digits: int, pattern: str, check: Callable[[re.Match], Span | None] = value_of, around: int = 4
) -> Rule:
    """A rule for what is found by its digits alone, so many in a run, in the case it is written in.

    Patterns begin with a class of characters and look behind it afterwards: so a text is skipped quickly. One
    that begins with something rare has 0 for `digits`: a walk through the text costs less than many runs.
    """
    return Rule(re.compile(pattern), check, around=around, digits=digits)


def after(words: tuple[str, ...], pattern: str, check: Callable[[re.Match], Span | None] = value_of) -> Rule:
    """A rule for what follows one of the words."""
    return Rule(re.compile(pattern, re.IGNORECASE), check, words)


def beside(words: tuple[str, ...], around: int, pattern: str) -> Rule:
    """A rule for what stands within so many characters of one of the words."""
    return Rule(re.compile(pattern, re.IGNORECASE), value_of, words, around)


@dataclass(frozen=True, slots=True)
class Detector:
    """A kind of personal data: `label` names it, `explanation` says why it must not be public."""

    kind: str
    label: str
    explanation: str
    rules: tuple[Rule, ...]

    def spans(self, haystack: Haystack) -> list[Span]:
        """Where the data stands in the text: in its order, of those that begin together the longest first."""
        found = {span for rule in self.rules for span in rule.spans(haystack)}
        return sorted(found, key=lambda span: (span[0], -span[1]))
