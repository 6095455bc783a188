"""What a person types into the search box, as a query that the database cannot refuse.

    query = parse('72 china camb')            # words, "phrases" and -words; never an error, whatever is typed
    for step in query.ladder():               # every word, the last also as the beginning of one; then all so
        Establishment.objects.public().filter(search=step.expression)

Words are folded as in the index (`records.search.folding`): cafe finds café, and 金龙 finds 北京金龙饭店.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, Value
from django.utils.translation import gettext as _

from records.search.folding import LONGEST_WORD, is_unspaced, tokens

NONE, LAST, ALL = range(3)
"""Which words of a search may also be the beginnings of longer ones."""

LONGEST_ENDING = 5
"""A word that is so much longer than a stem is taken for the same word: drop, droppings."""

LONGEST_TEXT = 200
MOST_WORDS = 16
_CHUNK = re.compile(r'(?P<minus>(?<!\S)-(?=["\w]))?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_OUTWARD = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_INWARD = re.compile(r"[0-9][a-z]{2}")
_INWARD_BEGUN = re.compile(r"[0-9][a-z]?")


class TsQuery(SearchQuery):
    """A tsquery already written out, passed as a parameter: no parser of the server reads its words again."""

    template = "%(expressions)s::tsquery"

    def __init__(self, text):
        self.config, self.invert = None, False
        Func.__init__(self, Value(text))


@dataclass(frozen=True)
class Step:
    """One rung of the ladder: the tsquery, the words it matches whole, and those it matches as beginnings.

    `anchor`: the part of the tsquery without beginnings, '' where that is nothing or all of it. `literal`:
    the tsquery with whole words in the place of beginnings. `required`: the beginnings that each must be
    there. `excludes`: whether there are words that must not match.
    """

    tsquery: str
    name_tsquery: str
    words: frozenset[str]
    prefixes: tuple[str, ...]
    stems: tuple[str, ...] = ()
    anchor: str = ""
    literal: str = ""
    required: tuple[str, ...] = ()
    excludes: bool = False

    @property
    def expression(self):
        """For `filter(search=...)` and for ranking."""
        return TsQuery(self.tsquery)

    @property
    def in_names(self):
        """The same with every word in the name (weight A), none only in the address."""
        return TsQuery(self.name_tsquery)

    def matches(self, word):
        """Whether a folded word of a text is one of those searched for."""
        if word in self.words or word.startswith(self.prefixes):
            return True
        return any(word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING for stem in self.stems)


@dataclass(frozen=True)
class Term:
    """One thing typed: its folded words; a phrase keeps their order; an excluded one must not match."""

    words: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False


@dataclass(frozen=True)
class TextQuery:
    """A parsed search: `text` as it is shown again, `terms` as they are searched. Empty means no search."""

    text: str
    terms: tuple[Term, ...]

    def __bool__(self):
        return bool(self.terms)

    @cached_property
    def words(self):
        """The folded words that must match, in the order typed."""
        return tuple(word for term in self.terms if not term.excluded for word in term.words)

    def ladder(self):
        """The steps to try in turn until one finds something: at most two."""
        return list(_steps(self.terms, (Writer(LAST), Writer(ALL))))

    def ladder_of_texts(self, stems, is_frequent=lambda word: False):
        """The same for long texts, where whole words, or their `stems` as {word: stem}, are meant at first.

        A beginning of a word that stands in millions of texts would have to be looked up in all of them.
        A word whose stem is None, such as “the”, stands in half of them; it is not asked for beside others.
        At last all words may begin longer ones, but those that are frequent are known as they stand.
        The steps come one by one, because whoever has found something needs no more of them.
        """
        empty = {word for word, stem in stems.items() if stem is None}
        telling = tuple(
            term for term in self.terms if term.phrase or term.excluded or not empty.issuperset(term.words)
        )
        found = telling if any(not term.excluded for term in telling) else self.terms
        writers = (TextWriter(beginnings, stems, is_frequent) for beginnings in (NONE, LAST, ALL))
        return _steps(found, writers)

    def sentence(self):
        """The part of the sentence that says what is shown, or ''."""
        if not self.terms:
            return ""
        return _("matching “%(text)s”") % {"text": self.text}


def _steps(terms, writers):
    """The steps that differ."""
    seen = set()
    for writer in writers if terms else ():
        step = writer.step(terms)
        if step.tsquery not in seen:
            seen.add(step.tsquery)
            yield step


def clean(text):
    """`text` in one line of at most 200 characters that a database accepts: no NUL, no lone surrogate."""
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text[: LONGEST_TEXT * 4])
    return " ".join(text.split())[:LONGEST_TEXT].rstrip()


def parse(text):
    """A `TextQuery` for anything a person can type; words beyond the sixteenth are left out."""
    text = clean(text or "")
    terms, left = [], MOST_WORDS
    for chunk in _CHUNK.finditer(text.translate(_QUOTES)):
        phrase = chunk["phrase"] is not None
        words = tokens(chunk["phrase"] if phrase else chunk["word"])[:left]
        left -= len(words)
        if words:
            words = tuple(word[:LONGEST_WORD] for word in words)
            terms.append(Term(words, phrase, bool(chunk["minus"])))
    if all(term.excluded for term in terms):
        # Nothing but exclusions would list the whole register; a lone -word is then taken as the word.
        terms = [Term(term.words, term.phrase) for term in terms]
    return TextQuery(text, tuple(terms))


class Writer:
    """Writes terms as a tsquery for the words of a name, whose weights say where they stand (A: the name)."""

    def __init__(self, beginnings):
        """`beginnings`: which words may also begin a longer one: NONE, the LAST or ALL of them."""
        self.beginnings = beginnings

    def step(self, terms):
        """The `Step` of all terms."""
        plain = [word for term in terms if not (term.phrase or term.excluded) for word in term.words]
        phrases = [term.words for term in terms if term.phrase and not term.excluded]
        excluded = [f"!({_phrase(term.words)})" for term in terms if term.excluded]
        open_end = not (terms[-1].phrase or terms[-1].excluded)
        units = list(_units(plain, self, open_end))
        flat = [pair for unit in units for choice in unit for pair in choice]
        prefixes = tuple(word for word, prefix in flat if prefix)
        fixed = [unit for unit in units if not any(prefix for choice in unit for _word, prefix in choice)]
        whole = [tuple(tuple((word, False) for word, _prefix in choice) for choice in unit) for unit in units]
        return Step(
            " & ".join([self.anywhere(units, phrases), *excluded]),
            " & ".join([self.in_name(units, phrases), *excluded]),
            frozenset({word for word, prefix in flat if not prefix}.union(*phrases)),
            prefixes,
            self.stems_of(flat),
            anchor=self.anywhere(fixed, phrases) if prefixes else "",
            literal=" & ".join([self.anywhere(whole, phrases), *excluded]) if prefixes else "",
            required=tuple(unit[0][0][0] for unit in units if len(unit) == 1 and unit[0][0][1]),
            excludes=bool(excluded),
        )

    def may_begin(self, word, last):
        """Whether a word, or the `last` one, may be the beginning of a longer one."""
        return _is_prefix(word, last, self.beginnings)

    def anywhere(self, units, phrases):
        """What matches wherever the words stand."""
        return _all(units, phrases)

    def in_name(self, units, phrases):
        """What matches where all of them stand in the name."""
        return _all(units, phrases, "A")

    def stems_of(self, flat):
        """The stems by which words match beside the words themselves."""
        return ()


class TextWriter(Writer):
    """For texts whose index has the stems of words, words of the name as @word, a whole number as #word."""

    def __init__(self, beginnings, stems, is_frequent):
        super().__init__(beginnings)
        self.stems = {word: stem for word, stem in stems.items() if stem}
        self.is_frequent = is_frequent

    def may_begin(self, word, last):
        """Where all words may, those that are frequent are meant whole."""
        return super().may_begin(word, last) and not (self.beginnings == ALL and self.is_frequent(word))

    def anywhere(self, units, phrases):
        """Each word by its stem; what begins a longer word also as it was typed; digits also as a number."""
        return _all([tuple(self._stemmed(unit)) for unit in units], phrases)

    def _stemmed(self, unit):
        for choice in unit:
            ((word, prefix), *more) = choice
            if not more and any(letter.isdigit() for letter in word):
                yield ((f"#{word}", prefix),)
            stem = None if more else self.stems.get(word)
            if not stem or prefix:
                yield choice
            if stem:
                yield ((stem, False),)

    def in_name(self, units, phrases):
        """Words of the name have no stems and no places, so that a phrase is looked up twice."""
        names = [
            tuple(tuple((f"@{word}", prefix) for word, prefix in choice) for choice in unit) for unit in units
        ]
        names += [((*((f"@{word}", False) for word in words),),) for words in phrases]
        return _all(names, [words for words in phrases if len(words) > 1])

    def stems_of(self, flat):
        """Those of the words that were typed."""
        found = (self.stems.get(word) for word, _prefix in flat)
        return tuple(stem for stem in found if stem)


def _all(units, phrases, weight=""):
    return " & ".join(
        [_choice(unit, weight) for unit in units] + [f"({_phrase(words, weight)})" for words in phrases]
    )


def _units(words, writer, open_end):
    """What must match, each as alternatives of (word, may begin a longer one); postcodes have two forms."""
    position = 0
    while position < len(words):
        word, follower = words[position], words[position + 1] if position + 1 < len(words) else ""
        closing = open_end and position + 2 >= len(words)
        begun = writer.beginnings and closing and _INWARD_BEGUN.fullmatch(follower)
        if _OUTWARD.fullmatch(word) and (begun or _INWARD.fullmatch(follower)):
            yield ((word + follower, bool(begun)),), ((word, False), (follower, False))
            position += 2
        else:
            yield (((word, writer.may_begin(word, closing and not follower)),),)
            position += 1


def _is_prefix(word, last, beginnings):
    """Whether `word` may be the beginning of a longer one."""
    everywhere = beginnings == ALL
    if is_unspaced(word):
        return len(word) == 1
    if word.isdigit():
        return everywhere and len(word) > 2
    # cb1 is an outward postcode in itself, and whoever types it does not mean cb10 to cb19.
    return len(word) > 1 and (everywhere or (last and beginnings and not _OUTWARD.fullmatch(word)))


def _choice(unit, weight):
    choices = [" & ".join(_lexeme(word, prefix, weight) for word, prefix in choice) for choice in unit]
    return choices[0] if len(choices) == 1 else f"({' | '.join(choices)})"


def _phrase(words, weight=""):
    return " <-> ".join(_lexeme(word, False, weight) for word in words)


def _lexeme(word, prefix, weight):
    # Words hold no punctuation at all, so that quoting them needs no escape.
    flags = ("*" if prefix else "") + weight
    return f"'{word}':{flags}" if flags else f"'{word}'"
