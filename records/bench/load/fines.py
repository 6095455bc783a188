"""What became of a fine: its events, and what they come to, which the database folds out of them again."""

from typing import NamedTuple

from records.bench.load.chance import wheel

# What may happen, step by step: the kind of event, and the days until it at least and at most.
_LIVES = (
    (46, (("paid", 3, 80),)),
    (10, (("paid_in_part", 10, 90),)),
    (5, (("paid_in_part", 10, 60), ("paid", 30, 200))),
    (9, (("contested", 5, 28),)),
    (5, (("contested", 5, 28), ("varied", 60, 300), ("paid", 10, 60))),
    (4, (("contested", 5, 28), ("varied", 60, 300))),
    (4, (("contested", 5, 28), ("upheld", 60, 300), ("paid", 10, 90))),
    (2, (("contested", 5, 28), ("annulled", 60, 400))),
    (1, (("contested", 5, 28), ("contest_withdrawn", 20, 90))),
    (2, (("stayed", 20, 60),)),
    (2, (("written_off", 300, 900),)),
    (10, ()),
)
LIVES = wheel([life for _weight, life in _LIVES], [weight for weight, _life in _LIVES])

_APPEAL = {"contested": "open", "contest_withdrawn": "withdrawn"}
_STATE = {"contest_withdrawn": "imposed", "upheld": "imposed"}


class Fine(NamedTuple):
    """Events as (kind, day, amount in cents or None), and the columns of the decision that follow."""

    events: list[tuple[str, int, int | None]]
    imposed: int
    owed: int
    state: str
    appeal: str
    due: int


def fine(random, day: int, latest: int, cents: int) -> Fine:
    """A fine imposed on a day; nothing happens after the latest day."""
    due = day + 30
    events = [("imposed", day, cents), ("due", due, None)]
    owed, state, appeal = cents, "imposed", ""
    for kind, least, most in LIVES[int(random() * len(LIVES))]:
        day += least + int(random() * (most - least))
        if day > latest:
            break
        amount = None
        if kind == "varied":
            owed = amount = int(cents * (0.2 + random() * 0.7) / 100) * 100
        elif kind == "paid_in_part":
            amount = int(cents * (0.1 + random() * 0.7) / 100) * 100
            owed -= amount
        elif kind in ("paid", "annulled", "written_off"):
            amount, owed = (owed if kind == "paid" else None), 0
        state = _STATE.get(kind, kind)
        if kind in ("contested", "contest_withdrawn", "upheld", "varied", "annulled"):
            appeal = _APPEAL.get(kind, "decided")
        events.append((kind, day, amount))
    return Fine(events, cents, owed, state, appeal, due)
