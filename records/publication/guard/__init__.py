"""Finds personal data in texts that are about to be published, and covers it.

`DETECTORS` is the list of what is looked for, the most harmful first. A detector carries its kind, a label,
the reason in plain words, and rules of a pattern and a check (`detector.py`). To add one: write it in the
file of its subject, name it here, and add texts it must find and texts it must leave alone to the tests. What
a detector finds within a place of one further up is not told a second time.

Decisions are full of numbers that are nobody's: decision numbers, credit codes of companies, articles,
amounts, dates. One that is found wrongly costs a clerk time, one of a person that is not found may harm
somebody. So a number is found by its check digits, or because the text says what it is.

The value that is found is nowhere but in the text: not in `Found`, not in a hint, not in a message.
"""

from collections.abc import Iterable
from typing import NamedTuple

from records.publication.guard.contact import EMAIL, PHONE
from records.publication.guard.detector import Detector, Found, Haystack, Span, Vocabulary
from records.publication.guard.money import BANK_ACCOUNT
from records.publication.guard.names import names_in
from records.publication.guard.numbers import IDENTITY_NUMBER, PASSPORT, UK_INSURANCE_NUMBER, US_PERSON_NUMBER
from records.publication.guard.person import DATE_OF_BIRTH, HOME_ADDRESS
from records.publication.plain import origins, plain

__all__ = (
    "DETECTORS", "MASK", "Detector", "FieldFound", "Found",
    "hint", "masked", "names_in", "scan", "scan_fields",
)  # fmt: skip

DETECTORS: tuple[Detector, ...] = (
    IDENTITY_NUMBER,
    US_PERSON_NUMBER,
    UK_INSURANCE_NUMBER,
    PASSPORT,
    BANK_ACCOUNT,
    PHONE,
    EMAIL,
    DATE_OF_BIRTH,
    HOME_ADDRESS,
)

_WORDS = Vocabulary(word for detector in DETECTORS for rule in detector.rules for word in rule.words)

MASK = "███"
"""What stands for a value, however long it is: the length of a name would tell something."""

HINT = 24
"""How many characters of the text a hint shows on each side."""


_APART = "\n" * 24
"""Between texts that are looked through at once: no rule looks that far beyond a line."""


class FieldFound(NamedTuple):
    """Something found in a field of a record, with the words around it."""

    field: str
    found: Found
    hint: str


def scan(text: str) -> list[Found]:
    """The personal data in `text`, in the order of the text; positions are those of `text` as given."""
    haystack = Haystack.of(plain(text), _WORDS)
    if not (haystack.runs or haystack.words):
        return []
    kept: list[tuple[Span, Detector]] = []
    covered = bytearray(len(haystack.text))
    for detector in DETECTORS:
        for start, end in detector.spans(haystack):
            if 0 in covered[start:end]:
                kept.append(((start, end), detector))
                covered[start:end] = b"\1" * (end - start)
    if not kept:
        return []
    places = None if len(haystack.text) == len(text) else origins(text)
    return sorted((_told(span, detector, places) for span, detector in kept), key=lambda found: found.start)


def _told(span: Span, detector: Detector, places: list[int] | None) -> Found:
    start, end = span
    if places:
        start, end = places[start], places[end - 1] + 1
    return Found(detector.kind, start, end, detector.label)


def masked(text: str, found: Iterable[Found]) -> str:
    """`text` with `MASK` in every place that was found; places that touch or overlap get one."""
    return _covered(text, _merged(found), 0, len(text))


def hint(text: str, found: Found, others: Iterable[Found] | None = None) -> str:
    """Some words on both sides of what was found, with `MASK` for it and for everything else that is found.

    `others` is what `scan` or `names_in` returned for the text; without it the text is looked through again.
    """
    spans = _merged([found, *(scan(text) if others is None else others)])
    start, end = next(span for span in spans if span[0] <= found.start < span[1])
    before = _covered(text, spans, 0, start)
    after = _covered(text, spans, end, len(text))
    left = before if len(before) <= HINT else "…" + before[-HINT:]
    right = after if len(after) <= HINT else after[:HINT] + "…"
    return " ".join((left + MASK + right).split())


def _merged(found: Iterable[Found]) -> list[Span]:
    """The places as spans in order, those that touch or overlap as one."""
    merged: list[Span] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _covered(text: str, spans: list[Span], start: int, end: int) -> str:
    """The text from `start` to `end` with a mask for each of the spans that lie between."""
    pieces = []
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [text[start:first], MASK]
            start = last
    return "".join(pieces) + text[start:end]


def scan_fields(fields: dict[str, str]) -> list[FieldFound]:
    """What `scan` finds in each field of a record, with a hint for the person who has to look at it."""
    if not scan(_APART.join(fields.values())):  # as a rule nothing is found, and one look is enough
        return []
    told = []
    for field, text in fields.items():
        places = scan(text)
        told += [FieldFound(field, found, hint(text, found, places)) for found in places]
    return told
