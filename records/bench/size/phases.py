"""Tells what is being done and how long it took."""

from collections.abc import Callable
from contextlib import contextmanager
from time import monotonic


class Phases:
    """Names each phase as it begins, and keeps how long it took; `say` prints a line."""

    def __init__(self, say: Callable[[str], object]):
        self.say, self.taken = say, {}

    @contextmanager
    def phase(self, name: str):
        """The block is the phase."""
        self.say(f"{name} …")
        begun = monotonic()
        yield
        self.taken[name] = monotonic() - begun
        self.say(f"{name}: {spoken(self.taken[name])}")


def spoken(seconds: float) -> str:
    """A length of time as people say it: 3.2 s, 4 min 10 s, 2 h 5 min."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
