"""What is suggested to a clerk while typing: places of authorities of every size, and businesses."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Count

from records.authorities.models import Authority, Membership
from records.bench.load.chance import source
from records.bench.size import lines
from records.bench.size.cleaning import PEOPLE
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.timing import whole
from records.businesses.models import Establishment
from records.penalties.desk import whom
from records.penalties.desk.scope import Scope

GROUP = "Desk: suggested while typing, as a whole"
SHARES = (0.1, 0.5, 0.9, 1.0)
"""Which authorities, in the order of how many places they have: the last is the largest."""

LETTERS = 3


def measure(ground: Ground) -> list[Line]:
    """From the third letter on, with all that the answer says of ten of them; beside ten by their keys."""
    counted = Establishment.objects.order_by().values_list("authority").annotate(many=Count("pk"))
    sizes = sorted(counted, key=lambda one: (one[1], one[0]))
    with transaction.atomic():
        clerk = get_user_model().objects.create(username=f"{PEOPLE}desk")
        found = [
            line for share in SHARES for line in _of(ground, clerk, *sizes[round((len(sizes) - 1) * share)])
        ]
        transaction.set_rollback(True)
    return found


def _of(ground: Ground, clerk, authority: int, many: int) -> Iterator[Line]:
    """Of one authority, for a clerk of it."""
    Membership.objects.create(user=clerk, authority_id=authority, role="clerk")
    scope = Scope(clerk, Authority.objects.get(pk=authority))
    ten = list(scope.establishments.values_list("pk", flat=True)[:10])
    rows = ground.over(lambda _turn: whole(lambda: list(scope.establishments.filter(pk__in=ten))), range(20))
    for what, work, held in (
        ("places", whom.establishments, scope.establishments),
        ("businesses, of all,", whom.businesses, scope.businesses),
    ):
        names = held.order_by("pk").values_list("name", flat=True)[: ground.count]
        spent = ground.over(lambda text, work=work: whole(lambda: work(text, scope)), _typed(names))
        told = f"{what} for an authority of {many:,} places"
        yield lines.spread(GROUP, told, spent, lines.beside("ten by key", rows))


def _typed(names) -> list[str]:
    """Each name as far as somebody may have typed it."""
    chance = source("desk", len(names))
    return [name[: chance.randint(LETTERS, len(name))] for name in names if len(name) >= LETTERS]
