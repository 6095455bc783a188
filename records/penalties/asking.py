"""A search of decisions as a question to the index cards: one tsquery, and what is asked beside it."""

from functools import cached_property

from django.db import connections
from django.db.models import F, Q

from records.penalties.facets import AUTHORITY, YEAR
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.search.text import TsQuery

SIGNS = {"imposed": "=i", "owed": "=o"}
"""What begins the tokens of the steps of an amount; in capitals of its bands."""

MOST_TOKENS = 40
"""Of so many authorities at most the tokens are looked up."""

SOME_TOKENS = 4
"""Where any one of so many tokens will do, it is asked whether the other parts leave so few cards that these
are read instead: the index would go through all lists of the tokens, at a microsecond an entry."""

DEARER = 2
"""A card that is read costs so many entries of a list."""

_ROUGHLY = f"EXPLAIN (FORMAT JSON) SELECT FROM {IndexCard._meta.db_table} WHERE words @@ %s::tsquery"

_STEMS = "SELECT word, (ts_lexize('pg_catalog.english_stem', word))[1] FROM unnest(%s::text[]) AS word"


def ladder(text) -> list:
    """The rungs of a text; the database says the stems of its words, as when it made the index cards."""
    if not text:
        return []
    with connections["public"].cursor() as cursor:
        cursor.execute(_STEMS, [[word for word in text.words if word.isascii() and word.isalpha()]])
        return text.ladder_of_texts(dict(cursor.fetchall()))


def _any(tokens: list[str]) -> str:
    """The part of a tsquery that one of the tokens fulfils; where there is none, nothing does."""
    return f"({' | '.join(f"'{token}'" for token in tokens)})" if tokens else "'=none'"


class Asking:
    """What `PenaltySearch` asks; it has the parameters, and what they name."""

    def _asked(self, left_out: str | None = None) -> tuple[list[str], list[tuple[str, Q]], Q]:
        """All filters but that of the parameter which is left out.

        As parts of a tsquery; as parts that cards can be asked for by a column as well; and beside it.
        """
        parts, either, beside = [], [], Q()
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            if not values or way.parameter == left_out:
                continue
            tokens = self._tokens(way.parameter)
            if way is AUTHORITY and len(tokens) > MOST_TOKENS:
                beside &= self._by_column(way)
            elif way in (AUTHORITY, YEAR) and len(tokens) >= SOME_TOKENS:
                either.append((_any(tokens), self._by_column(way)))
            else:
                parts.append(_any(tokens))
        if self.currency and left_out != "currency":
            parts.append(f"'=c{self.currency}'")
        for name in SIGNS:
            asked = getattr(self, name)
            if asked and left_out not in (name, "currency"):
                tokens = asked.tokens(SIGNS[name].upper(), self.currency)
                if len(tokens) >= SOME_TOKENS:
                    either.append((_any(tokens), asked.condition(name)))
                else:
                    parts.append(_any(tokens))
                beside &= Q() if asked.is_band else asked.condition(name)
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                beside &= Q(**{f"penalty__{name}": place.pk})
        return parts, either, beside

    def _by_column(self, way) -> Q:
        """What the tokens of a way ask for, told apart row by row: the index would merge all their lists."""
        numbers = [int(token.removeprefix(way.sign)) for token in self._tokens(way.parameter)]
        return Q(**{f"{way.column}__in": numbers})

    def _tokens(self, parameter: str) -> list[str]:
        if parameter not in self._known_tokens:
            way = next(way for way in self.facets if way.parameter == parameter)
            self._known_tokens[parameter] = way.tokens(self.parameters.getlist(parameter))
        return self._known_tokens[parameter]

    @cached_property
    def _known_tokens(self) -> dict[str, list[str]]:
        return {}

    def question(self, step, left_out: str | None = None, also: tuple[str, ...] = ()) -> tuple[str, Q]:
        """What is asked of the index cards: a tsquery, '' where it asks for nothing, and what is beside it.

        That is a rung of the text, all filters but one, and more parts of a tsquery.
        """
        parts, either, beside = self._asked(left_out)
        parts += [*([step.tsquery] if step else ()), *also]
        for part, by_column in either:
            rest = " & ".join(parts)
            if rest and self._roughly(rest) * DEARER < self._roughly(part):
                beside &= by_column
            else:
                parts.append(part)
        return " & ".join(parts), beside

    def cards(self, step, left_out: str | None = None, also: tuple[str, ...] = ()):
        """The index cards that are asked for; see `question`."""
        asked, beside = self.question(step, left_out, also)
        rows = IndexCard.objects.public().filter(beside)
        return rows.filter(words=TsQuery(asked)) if asked else rows

    def _roughly(self, tsquery: str) -> int:
        """How many cards the planner takes it for: rather too many, where words seldom stand together."""
        if tsquery not in self._known_sizes:
            with connections["public"].cursor() as cursor:
                cursor.execute(_ROUGHLY, [tsquery])
                self._known_sizes[tsquery] = cursor.fetchone()[0][0]["Plan"]["Plan Rows"]
        return self._known_sizes[tsquery]

    @cached_property
    def _known_sizes(self) -> dict[str, int]:
        return {}

    def under(self):
        """The decisions themselves under the text and all filters, without what a list needs beside."""
        parts, either, _beside = self._asked()
        parts += [*(part for part, _by_column in either), *([self.step.tsquery] if self.step else ())]
        rows = Penalty.objects.public().annotate(number=F("pk"))
        if parts:
            rows = rows.filter(card__words=TsQuery(" & ".join(parts)))
        if len(self._tokens(AUTHORITY.parameter)) > MOST_TOKENS:
            rows = rows.filter(self._by_column(AUTHORITY))
        for name in SIGNS:
            if asked := getattr(self, name):
                rows = rows.filter(asked.condition(name))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                rows = rows.filter(**{name: place.pk})
        return rows
