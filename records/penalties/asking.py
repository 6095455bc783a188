"""A search of decisions as a question to the index cards: one tsquery, and what is asked beside it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from django.db import connections
from django.db.models import F, Q

from records.penalties.facets import ARTICLE, AUTHORITY, LAW
from records.penalties.index import SIGNS
from records.penalties.models import Penalty
from records.penalties.tally import bearing, guessed, number
from records.search.text import Step, TsQuery

MOST_TOKENS = 40
"""Of so many authorities at most the tokens are looked up."""

FREQUENT = 10_000
"""What stands in more cards than these, by the planner, is a word and not the beginning of one."""

_STEMS = "SELECT word, (ts_lexize('pg_catalog.english_stem', word))[1] FROM unnest(%s::text[]) AS word"


def ladder(text) -> Iterator[Step]:
    """The rungs of a text; the database says the stems of its words, as when it made the index cards."""
    if not text:
        return iter(())
    with connections["public"].cursor() as cursor:
        cursor.execute(_STEMS, [[word for word in text.words if word.isascii() and word.isalpha()]])
        stems = dict(cursor.fetchall())

    def is_frequent(word: str) -> bool:
        return len(text.words) > 1 and guessed(bearing(f"'{stems.get(word) or word}'")) > FREQUENT

    return text.ladder_of_texts(stems, is_frequent)


def _any(tokens: list[str]) -> str:
    """The part of a tsquery that one of the tokens fulfils; where there is none, nothing does."""
    return f"({' | '.join(f"'{token}'" for token in tokens)})" if tokens else "'=none'"


class Asking:
    """What `PenaltySearch` asks; it has the parameters, and what they name."""

    def _asked(self, left_out: str | None = None) -> tuple[list[str], list[str], Q]:
        """All filters but that of the parameter which is left out.

        As parts of a tsquery that are one lexeme; as those of which one lexeme will do; and beside it.
        """
        groups, beside = [], Q()
        for way in self.facets:
            values = self.parameters.getlist(way.parameter)
            if not values or way.parameter == left_out or (way is LAW and self._articles_say_it(left_out)):
                continue
            tokens = self._tokens(way.parameter)
            if way is AUTHORITY and len(tokens) > MOST_TOKENS:
                beside &= self._many_authorities
            else:
                groups.append(tokens)
        amounts = [name for name in SIGNS if getattr(self, name) and left_out not in (name, "currency")]
        for name in amounts:
            asked = getattr(self, name)
            groups.append(asked.tokens(SIGNS[name].upper(), self.currency))
            beside &= Q() if asked.is_band else asked.condition(name)
        if self.currency and left_out != "currency" and not amounts:  # whose bands are of a currency
            groups.append([f"=c{self.currency}"])
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                beside &= Q(**{f"penalty__{name}": place.pk})
        return (
            [_any(tokens) for tokens in groups if len(tokens) < 2],
            [_any(tokens) for tokens in groups if len(tokens) > 1],
            beside,
        )

    def _articles_say_it(self, left_out: str | None) -> bool:
        """Whether all articles asked for are of the laws asked for: what cites them cites these."""
        laws, articles = (self.parameters.getlist(way.parameter) for way in (LAW, ARTICLE))
        return left_out != ARTICLE.parameter and bool(articles) and all(
            article.split(ARTICLE.between)[0] in laws for article in articles
        )  # fmt: skip

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

    def question(self, step, left_out: str | None = None, also: tuple[str, ...] = ()) -> tuple[str, Q]:
        """What is asked of the index cards: a tsquery, '' where it asks for nothing, and what is beside it.

        That is a rung of the text, all filters but one, and more parts of a tsquery. Of one tsquery the index
        intersects the lists from the shortest on; but where it has parts of which one lexeme will do, it goes
        through all of theirs, so that these are asked beside it.
        """
        parts, either, beside = self._asked(left_out)
        parts += [*([step.tsquery] if step else ()), *also]
        if not parts:
            parts, either = either[:1], either[1:]
        for part in either:
            beside &= Q(words=TsQuery(part))
        return " & ".join(parts), beside

    def is_vain(self, step) -> bool:
        """Whether the words that the rung takes whole are nowhere together, so that beginnings need no look.

        The index gathers all that begins so, whatever else is asked. It is asked where there seem to be few.
        """
        if not (step and step.anchor):
            return False
        whole = self.cards(replace(step, tsquery=step.anchor))
        return guessed(whole) <= FREQUENT and not number(whole, FREQUENT)

    def cards(self, step, left_out: str | None = None, also: tuple[str, ...] = ()):
        """The index cards that are asked for; see `question`."""
        asked, beside = self.question(step, left_out, also)
        return bearing(asked).filter(beside)

    def held(self, currencies: list[str]) -> set[str]:
        """Those of the currencies in which something is asked for, in one statement."""
        cards = self.cards(self.step).filter(words=TsQuery(_any([f"=c{name}" for name in currencies])))
        return set(cards.order_by().values_list("currency", flat=True).distinct())

    def under(self):
        """The decisions themselves under the text and all filters, without what a list needs beside."""
        parts, either, _beside = self._asked()
        parts += [self.step.tsquery] if self.step else []
        rows = Penalty.objects.public().annotate(number=F("pk"))
        for part in ([" & ".join(parts)] if parts else []) + either:
            rows = rows.filter(card__words=TsQuery(part))
        if len(self._tokens(AUTHORITY.parameter)) > MOST_TOKENS:
            rows = rows.filter(self._many_authorities)
        for name in SIGNS:
            if asked := getattr(self, name):
                rows = rows.filter(asked.condition(name))
        for name in ("establishment", "business"):
            if place := getattr(self, name):
                rows = rows.filter(**{name: place.pk})
        return rows
