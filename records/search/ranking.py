"""Best matches first: names before addresses, whole names before parts, among bounded candidates."""

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, FloatField, Func, TextField, Value, When

# Of the candidates beyond these, which a word such as "restaurant" has by the ten thousand, none is ranked.
CANDIDATES = 1000
# Weights of D, C, B and A: unused, postcode, address, name.
_WEIGHTS = [0.0, 0.3, 0.2, 1.0]


class Tokens(Func):
    """The words of a text as the index has them, one blank between them."""

    function = "disclosed.tokens"
    arity = 1
    output_field = TextField()


def relevance(step, words, field="search", name="name"):
    """An expression for the rank of a row: a text rank, plus 2 for the whole name and 1 for its beginning.

    `words` are those of the `TextQuery`; `field` and `name` the paths to the tsvector and the name.
    """
    typed = " ".join(words)
    bonus = Case(
        When(_folded=typed, then=Value(2.0)),
        When(_folded__startswith=typed + " ", then=Value(1.0)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return SearchRank(F(field), step.expression, weights=_WEIGHTS) + bonus


def ranked(queryset, step, words, field="search", name="name", few=False, candidates=CANDIDATES):
    """The rows of `queryset` that `step` matches, best first, with `rank`; at most twice `candidates`.

    `queryset` comes without the text's own filter. Rows with every word in the name are candidates before all
    others; `few` says that there are no more than `candidates` anyway. Ties go by name and key, so that pages
    do not overlap.
    """
    if few:
        rows = queryset.filter(**{field: step.expression})
    else:
        keys = queryset.order_by().values("pk")
        in_names = keys.filter(**{field: step.in_names})[:candidates]
        anywhere = keys.filter(**{field: step.expression})[:candidates]
        rows = queryset.filter(pk__in=in_names.union(anywhere))
    return (
        rows.alias(_folded=Tokens(F(name)))
        .annotate(rank=relevance(step, words, field, name))
        .order_by("-rank", name, "pk")
    )
