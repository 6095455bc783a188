"""Which parts of a shown text a search matched, as pieces for the template to mark."""

import re

from records.search.folding import UNSPACED, tokens

_SPAN = re.compile(rf"[{UNSPACED}]+|(?:(?![{UNSPACED}])[\w'’‘ʼ`´])+")
_RUN = re.compile(rf"[{UNSPACED}]")


def pieces(text, step):
    """`text` cut into (piece, whether `step` matched it), in order and complete; `step` may be None.

    Works on the text as published, so that the accents, capitals and apostrophes stay as they are.
    """
    found = []
    for span in _SPAN.finditer(text) if step else ():
        marks = _marked_runs(span, step) if _RUN.match(span[0]) else _marked_word(span, step)
        found.extend(marks)
    cut, end = [], 0
    for begin, finish in found:
        if begin > end:
            cut.append((text[end:begin], False))
        cut.append((text[begin:finish], True))
        end = finish
    if end < len(text):
        cut.append((text[end:], False))
    return cut


def _marked_word(span, step):
    """The place of a word, where one of its folded words is searched for."""
    if any(step.matches(word) for word in tokens(span[0])):
        yield span.start(), span.end()


def _marked_runs(span, step):
    """The places within a run of characters without blanks where its pairs match, joined where they touch."""
    run, begin, end = span[0], None, None
    for at in range(len(run)):
        size = next((n for n in (2, 1) if at + n <= len(run) and _matches(run[at : at + n], step)), 0)
        if not size:
            continue
        if end is not None and at > end:
            yield span.start() + begin, span.start() + end
            begin = None
        begin, end = (at if begin is None else begin), max(end or 0, at + size)
    if begin is not None:
        yield span.start() + begin, span.start() + end


def _matches(characters, step):
    """Whether a pair is searched for whole, or a single character as the beginning of a pair."""
    folded = tokens(characters)
    return len(folded) == 1 and (
        folded[0] in step.words or (len(characters) == 1 and folded[0] in step.prefixes)
    )
