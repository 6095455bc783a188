"""Best matches first: names before addresses, whole names before parts, among bounded candidates."""

import json

from django.contrib.postgres.search import SearchRank, SearchVectorField
from django.db import connections
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Collate, Left

from records.search.text import TsQuery

# Of the candidates beyond these, which a word such as "restaurant" has by the ten thousand, none is ranked.
CANDIDATES = 1000
# Of candidates by their beginnings fewer are enough, because these come in a sensible order.
RANKED = 500
# Whoever chooses one while typing sees ten.
SUGGESTED = 100
# Rows with the words typed in full, among which beginnings are looked for one by one.
ANCHORED = 5000
# So few rows under the other conditions, such as those of an authority, are all looked at.
OWN = 12_000
# A word that more rows have than these is not looked up in the text index, which would list them all first.
FREQUENT = 20_000
# Instead the next names that begin so are looked at, and so many of the rows under the other conditions.
NEXT, SOME = 1000, 5000
# If hardly any of these has it, up to so many rows are looked through for it.
MANY = 100_000
# So much of a name is in the index of beginnings: an entry of it cannot be of any length.
LONGEST_BEGINNING = 60
# Weights of D, C, B and A: unused, postcode, address, name.
_WEIGHTS = [0.0, 0.3, 0.2, 1.0]


class Tokens(Func):
    """The words of a text as the index has them, one blank between them."""

    function = "disclosed.tokens"
    arity = 1
    output_field = TextField()


class Unindexed(Func):
    """A tsvector to be looked at row by row: the same, but of no index."""

    template = "COALESCE(%(expressions)s, ''::tsvector)"
    arity = 1
    output_field = SearchVectorField()


def beginning(name="name"):
    """The folded words of a name from its first, as an index of beginnings holds them."""
    return Collate(Left(Tokens(F(name)), LONGEST_BEGINNING), "C")


def holds_beginnings(model):
    """Whether an index of the table holds the beginnings of names."""
    return any(index.name.endswith("_begins") for index in model._meta.indexes)


def begins(step, words):
    """The condition on `_beginning` that a name begins with all words typed; it implies that `step` matches.

    The last word may be the beginning of one, where the step takes it so.
    """
    typed = " ".join(words)[:LONGEST_BEGINNING]
    # A range, for which no row computes its words again. After a whole word comes a blank, which sorts before
    # all that words are made of.
    behind = "\U0010ffff" if words[-1] in step.prefixes else "!"
    return Q(_beginning__gte=typed, _beginning__lt=typed + behind)


def worth_ranking(queryset, step, words, field="search", name="name", limit=RANKED):
    """(keys, whether more rows match): the rows of `queryset` that are worth ranking, at most `limit`.

    Where more match, those whose name begins with what was typed come before all others, in the order of the
    index, which has whole names and whole words first. A frequent word costs as many rows as are wanted, not
    as many as have it. `queryset` comes without the text's own filter.
    """
    queryset = queryset.order_by()
    if queryset.query.is_empty():
        return [], False
    matching = queryset.filter(**{field: step.expression})
    if queryset.query.where and field in {column.name for column in queryset.model._meta.fields}:
        number = estimate(queryset)
        if number <= OWN:
            return _among_own(queryset, step, words, field, name, limit)
        register = queryset.model._base_manager.using(queryset.db).order_by()
        if min(number, estimate(register.filter(**{field: step.expression}))) > FREQUENT:
            return _of_frequent(queryset, register, step, words, field, name, limit)
    # Implied by the beginning, and left out because the planner takes both for independent.
    implied = not step.excludes and len(" ".join(words)) <= LONGEST_BEGINNING
    first = (queryset if implied else matching).alias(_beginning=beginning(name)).filter(begins(step, words))
    keys = _keys(first.order_by("_beginning"), limit + 1)
    if len(keys) > limit:
        return keys[:limit], True
    anywhere, more = _anywhere(queryset, matching, step, field, limit)
    return list(dict.fromkeys((*keys, *anywhere)))[:limit] if more else anywhere, more


def _among_own(queryset, step, words, field, name, limit):
    """The same of few rows, each looked at by itself: the text index would list all that have a word."""
    rows = _one_by_one(queryset, step, field)
    named = ExpressionWrapper(Q(_words=step.in_names), BooleanField())
    found = list(rows.annotate(_named=named).order_by("-_named").values_list("pk", "_named")[: RANKED + 1])
    keys = [key for key, _named in found]
    if len(keys) <= limit:
        return keys, False
    named = queryset.filter(pk__in=[key for key, named in found if named])
    first = named.alias(_beginning=beginning(name)).filter(begins(step, words)).order_by("_beginning")
    return list(dict.fromkeys((*_keys(first, limit), *keys)))[:limit], True


def _of_frequent(queryset, register, step, words, field, name, limit):
    """The same of a word that much of the register has, without listing where.

    First of the next names that begin so, then of all rows under the other conditions; where these are very
    many, of some, and only if hardly any has it, of all by the index after all.
    """
    begun = register.alias(_beginning=beginning(name)).filter(begins(step, words)).order_by("_beginning")
    begun = _keys(begun, NEXT)
    held = set(_keys(queryset.filter(pk__in=begun, **{field: step.expression}), NEXT))
    first = [key for key in begun if key in held]
    if len(first) > limit:
        return first[:limit], True
    if estimate(queryset) <= MANY:
        own = _planned_whole(_one_by_one(queryset, step, field), limit + 1)
        return list(dict.fromkeys((*first, *own)))[:limit], len(own) > limit
    hit = ExpressionWrapper(Q(_words=step.expression), BooleanField())
    some = _planned_whole(queryset.alias(_words=Unindexed(F(field))).annotate(_hit=hit), SOME, "_hit")
    keys = list(dict.fromkeys((*first, *(key for key, hit in some if hit))))
    if len(keys) >= limit // 10:
        return keys[:limit], True
    keys = _planned_whole(queryset.filter(**{field: step.expression}), limit + 1)
    return keys[:limit], len(keys) > limit


def _one_by_one(queryset, step, field):
    return queryset.alias(_words=Unindexed(F(field))).filter(_words=step.expression)


def _anywhere(queryset, matching, step, field, limit):
    """The same wherever the words stand.

    Of all that begins so the index makes a list before it looks at the other words, which takes long for
    "restaurant". Often the words as they are match enough; or the words typed in full are rare, and the rows
    that have them are looked at one by one; or something begins so nowhere.
    """
    if step.anchor:
        keys = _keys(queryset.filter(**{field: TsQuery(step.literal)}), limit + 1)
        if len(keys) > limit:
            return keys[:limit], True
        anchored = queryset.filter(**{field: TsQuery(step.anchor)})
        if estimate(anchored) <= ANCHORED:
            keys = [key for key, hit in _with_hits(anchored, step, field) if hit]
            return keys[:limit], len(keys) > limit
    if len(step.required) > 1:
        beginnings = (TsQuery(f"'{word}':*") for word in step.required)
        # Not the first alone: for so few the planner walks the table, which has none.
        if not all(_keys(queryset.filter(**{field: word}), RANKED + 1) for word in beginnings):
            return [], False
    # Of a frequent word alone the planner rightly expects the first few wherever it begins to look.
    keys = (_planned_whole if queryset.query.where else _keys)(matching, limit + 1)
    return keys[:limit], len(keys) > limit


def _planned_whole(rows, number, *more) -> list:
    """So many keys, with `more` columns each: found as if all were wanted.

    The planner takes words and other conditions for independent. For a few of rows that have both it would
    walk the table, and where they never stand together it walks all of it.
    """
    sql, params = rows.values_list("pk", *more).query.sql_with_params()
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"WITH found AS MATERIALIZED ({sql}) SELECT * FROM found LIMIT %s", [*params, number])
        return [row if more else row[0] for row in cursor.fetchall()]


def _with_hits(rows, step, field):
    hit = ExpressionWrapper(Q(**{field: step.expression}), BooleanField())
    return rows.annotate(_hit=hit).values_list("pk", "_hit")


def estimate(rows) -> int:
    """How many rows the planner expects, which knows frequent words well."""
    (plan,) = json.loads(rows.values("pk").explain(format="json"))
    return plan["Plan"]["Plan Rows"]


def _keys(rows, number):
    return list(rows.values_list("pk", flat=True)[:number])


def best(queryset, keys, step, words, field="search", name="name"):
    """The rows with these keys, best first, with `rank`. Ties go by name and key."""
    return _by_rank(queryset.filter(pk__in=keys), step, words, field, name)


def _by_rank(rows, step, words, field, name):
    rows = rows.alias(_folded=Tokens(F(name))).annotate(rank=relevance(step, words, field, name))
    return rows.order_by("-rank", name, "pk")


def relevance(step, words, field="search", name="name"):
    """An expression for the rank of a row: a text rank, plus 2 for the whole name and 1 for its beginning.

    `words` are those of the `TextQuery`; `field` and `name` the paths to the tsvector and the name.
    """
    typed = " ".join(words)
    # The words of a name are computed once for most rows, which takes longer than all else here.
    whole = Case(
        When(_folded=typed, then=Value(2.0)), When(_folded__startswith=typed + " ", then=Value(1.0)),
        default=Value(0.0), output_field=FloatField(),
    )  # fmt: skip
    bonus = Case(When(_folded__startswith=typed, then=whole), default=Value(0.0), output_field=FloatField())
    return SearchRank(F(field), step.expression, weights=_WEIGHTS) + bonus


def ranked(queryset, step, words, field="search", name="name", few=False, candidates=CANDIDATES):
    """The rows of `queryset` that `step` matches, best first, with `rank`; at most twice `candidates`.

    `queryset` comes without the text's own filter. Rows whose name begins with what was typed are candidates
    before all others where an index holds beginnings, elsewhere those with every word in the name; `few` says
    that there are no more than `candidates` anyway. Ties go by name and key, so that pages do not overlap.
    """
    if few:
        return _by_rank(queryset.filter(**{field: step.expression}), step, words, field, name)
    if holds_beginnings(queryset.model):
        keys, _more = worth_ranking(queryset, step, words, field, name, SUGGESTED)
        return best(queryset, keys, step, words, field, name)
    keys = queryset.order_by().values("pk")
    in_names = keys.filter(**{field: step.in_names})[:candidates]
    anywhere = keys.filter(**{field: step.expression})[:candidates]
    return _by_rank(queryset.filter(pk__in=in_names.union(anywhere)), step, words, field, name)
