"""Measuring suggestions: candidates by index against a scan of the whole vocabulary, in one run."""

import random
import string
from statistics import quantiles
from time import perf_counter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from records.search.models import Word
from records.search.suggest import candidates, closest
from records.search.vocabulary import EDITS, SHORTEST, hashes


def misspell(word, edits, chance):
    """`word` with `edits` typing errors: a letter missing, doubled up, wrong, or two swapped."""
    for _ in range(edits):
        at, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
        word = chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )
    return word


def typing_errors(words, number, seed=1):
    """`number` pairs (typed, meant), eight in ten with one error, two with two; five letters and more."""
    chance = random.Random(seed)
    long_enough = [word for word in words if len(word) > SHORTEST and word.isascii()]
    known, pairs = set(words), []
    while len(pairs) < number:
        word = chance.choice(long_enough)
        typed = misspell(word, 1 if chance.random() < 0.8 else EDITS, chance)
        if typed not in known:
            pairs.append((typed, word))
    return pairs


def invented_words(number, seed=1):
    """`number` different words of English-looking syllables, for a larger vocabulary than the register's."""
    chance, words = random.Random(seed), set()
    starts = (
        "b",
        "br",
        "c",
        "ch",
        "d",
        "f",
        "fl",
        "g",
        "gr",
        "h",
        "j",
        "k",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "t",
        "w",
    )
    vowels, ends = ("a", "e", "i", "o", "u", "ea", "oo"), ("", "", "n", "r", "s", "l", "m", "rd", "ck", "ng")
    while len(words) < number:
        word = "".join(
            chance.choice(starts) + chance.choice(vowels) + chance.choice(ends)
            for _ in range(chance.randint(2, 4))
        )
        if len(word) > SHORTEST:
            words.add(word)
    return sorted(words)


def compare_suggestions(using="public", number=400, scanned=50, seed=1):
    """How fast and how right suggestions are, beside an exhaustive scan of the same vocabulary.

    Returns a dict: `words`; for "index" (all errors) and "scan" (the first `scanned`) milliseconds `p50`,
    `p95` and `max`, and the shares of errors whose word came `first` and among `five`.
    """
    known = dict(Word.objects.using(using).values_list("word", "count"))
    pairs = typing_errors(sorted(known), number, seed)
    candidates(pairs[0][0], using)
    names = list(known)

    def scan(typed):
        found = process.extract(typed, names, scorer=OSA.distance, score_cutoff=EDITS, limit=None)
        return [word for _, word in closest(typed, {word: known[word] for word, *_ in found}, EDITS)[:5]]

    return {
        "words": len(known),
        "keys": len(hashes("abcdefg")),
        "index": _measure(lambda typed: candidates(typed, using), pairs),
        "scan": _measure(scan, pairs[:scanned]),
    }


def _measure(method, pairs):
    """Milliseconds and shares of right answers of `method` over `pairs`."""
    times, first, five = [], 0, 0
    for typed, meant in pairs:
        begun = perf_counter()
        found = method(typed)
        times.append((perf_counter() - begun) * 1000)
        first += found[:1] == [meant]
        five += meant in found
    cuts = quantiles(times, n=20)
    shares = {"first": first / len(pairs), "five": five / len(pairs)}
    return {"p50": cuts[9], "p95": cuts[18], "max": max(times)} | shares
