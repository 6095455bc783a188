"""“Did you mean …?”: words that no public text holds, replaced by the likeliest that one does."""

import re
from itertools import islice, product
from math import log2

from django.db import connections
from rapidfuzz.distance import OSA

from records.search.folding import is_unspaced, tokens
from records.search.models import Word
from records.search.text import parse
from records.search.vocabulary import EDITS, LONGEST, SHORTEST, hashes

# Corrected queries that are tried at most: each costs one look into the register.
TRIES = 8
# A known word is taken for a misspelling when a similar one is so many times more frequent.
RARER = 50
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘ʼ`´])*")


def candidates(word, using="public", limit=5, times=0):
    """The likeliest known words for the folded `word`, best first, each within two typing errors.

    A typing error is a letter too many, missing, wrong, or two swapped (optimal string alignment).
    Words of fewer than four letters have none, and of four only those with a single error. With `times` only
    words that so many times more texts hold than hold `word` itself.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    for edits in range(1, EDITS + 1 if len(word) > SHORTEST else 2):
        # Most errors are single, and single deletions on this side then suffice: far fewer rows to look at.
        known = _known(hashes(word, edits), using)
        least = times * known.pop(word, 0)
        near = closest(word, {other: count for other, count in known.items() if count >= least}, edits)
        if len(near) >= limit:
            break
    return [other for _score, other in near[:limit]]


def _known(shortened, using):
    """Counts by word of those that share a shortened form; plain SQL, as the ORM would double the time."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT word, count FROM records_word WHERE deletes && %s::int[]", [list(shortened)])
        return dict(cursor.fetchall())


def closest(word, known, edits):
    """Pairs (score, word) within `edits` errors, best first: fewest errors, then the most frequent.

    The first letter is seldom the wrong one, so that a word which keeps it stands above one four times
    as frequent.
    """
    scored = []
    for other, count in known.items():
        distance = OSA.distance(word, other, score_cutoff=edits)
        if distance <= edits:
            scored.append(((distance, 2 * (word[0] != other[0]) - log2(count + 1)), other))
    return sorted(scored)


def did_you_mean(query, using="public", finds=None):
    """The text of `query` with its misspelt words corrected, or None where nothing better is known.

    `query` is a `TextQuery` or what was typed, and is known to find nothing. Corrected are words that no
    public text holds, nor a word that they begin; and words that few texts hold when fifty times as many hold
    a similar one, because registers have misspellings too. `finds(text)` says whether a corrected text finds
    anything under the filters in force; at most eight are tried. Without it the likeliest is returned.
    """
    query = parse(query) if isinstance(query, str) else query
    choices = {}
    for word in filter(_correctable, dict.fromkeys(query.words)):
        if Word.objects.using(using).filter(word__startswith=word).exists():
            choices[word] = [word, *candidates(word, using, times=RARER)]
        else:
            choices[word] = candidates(word, using)
    if not all(choices.values()):
        return None
    corrections = (chosen for chosen in _likeliest_first(choices) if any(a != b for a, b in chosen.items()))
    for chosen in islice(corrections, TRIES):
        text = _replace(query.text, chosen)
        if finds is None or finds(text):
            return text
    return None


def _correctable(word):
    """Whether `word` can be misspelt: no number, no code, not too short."""
    if not SHORTEST <= len(word) <= LONGEST:
        return False
    return not is_unspaced(word) and not any(letter.isdigit() for letter in word)


def _likeliest_first(choices):
    """Every combination of one candidate per word, as {word: candidate}; good ones of all words first."""
    places = [range(len(found)) for found in choices.values()]
    for place in sorted(product(*places), key=lambda place: (sum(place), place)):
        yield {word: found[at] for at, (word, found) in zip(place, choices.items(), strict=True)}


def _replace(text, chosen):
    """`text` as typed, with the words that fold to a key of `chosen` replaced."""

    def corrected(match):
        folded = tokens(match[0])
        return chosen.get(folded[0], match[0]) if len(folded) == 1 else match[0]

    return _WORD.sub(corrected, text)
