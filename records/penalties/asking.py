"""A search of decisions as a question to the index cards: one tsquery, and what is asked beside it."""

from functools import cached_property

from django.db import connections
from django.db.models import F, Q

from records.penalties.facets import AUTHORITY
from records.penalties.index import IndexCard
from records.penalties.models import Penalty
from records.search.text import TsQuery

SIGNS = {"imposed": "=i", "owed": "=o"}
"""What begins the tokens of the steps of an amount; in capitals of its bands."""

MOST_TOKENS = 40
"""Of so many authorities at most the tokens are looked up."""

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

    def _asked(self, left_out: str | None = None) -> tuple[list[str], Q]:
        """All filters but that of the parameter which is left out: as parts of a tsquery, and beside it."""
        parts, beside = [], Q()
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            if values and way.parameter != left_out:
                tokens = self._tokens(way.parameter)
                if way is AUTHORITY and len(tokens) > MOST_TOKENS:
                    beside &= self._many_authorities
                else:
                    parts.append(_any(tokens))
        if self.currency and left_out != "currency":
            parts.append(f"'=c{self.currency}'")
        for name in SIGNS:
            asked = getattr(self, name)
            if asked and left_out not in (name, "currency"):
                parts.append(_any(asked.tokens(SIGNS[name].upper(), self.currency)))
                beside &= Q() if asked.is_band else asked.condition(name)
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                beside &= Q(**{f"penalty__{name}": place.pk})
        return parts, beside

    @property
    def _many_authorities(self) -> Q:
        """A large branch is told apart row by row, because the index would merge all its lists."""
        tokens = self._tokens(AUTHORITY.parameter)
        return Q(authority__in=[int(token.removeprefix(AUTHORITY.sign)) for token in tokens])

    def _tokens(self, parameter: str) -> list[str]:
        if parameter not in self._known_tokens:
            way = next(way for way in self.facets if way.parameter == parameter)
            self._known_tokens[parameter] = way.tokens(self.parameters.getlist(parameter))
        return self._known_tokens[parameter]

    @cached_property
    def _known_tokens(self) -> dict[str, list[str]]:
        return {}

    def cards(self, step, left_out: str | None = None, also: tuple[str, ...] = ()):
        """The index cards under a rung of the text and all filters but one, and more parts of a tsquery."""
        parts, beside = self._asked(left_out)
        parts += [*([step.tsquery] if step else ()), *also]
        rows = IndexCard.objects.public().filter(beside)
        return rows.filter(words=TsQuery(" & ".join(parts))) if parts else rows

    def under(self):
        """The decisions themselves under the text and all filters, without what a list needs beside."""
        parts, _beside = self._asked()
        parts += [self.step.tsquery] if self.step else []
        rows = Penalty.objects.public().annotate(number=F("pk"))
        if parts:
            rows = rows.filter(card__words=TsQuery(" & ".join(parts)))
        if len(self._tokens(AUTHORITY.parameter)) > MOST_TOKENS:
            rows = rows.filter(self._many_authorities)
        for name in SIGNS:
            if asked := getattr(self, name):
                rows = rows.filter(asked.condition(name))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                rows = rows.filter(**{name: place.pk})
        return rows
