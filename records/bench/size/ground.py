"""What every part measures on: the plan of the register, the sample that queries come from, the bounds."""

from dataclasses import dataclass, field
from functools import cached_property

from records.bench.load.plan import Plan
from records.bench.size.drawn import Sample
from records.bench.size.phases import Phases
from records.bench.size.queries import COUNT, Query, queries
from records.bench.size.timing import BOUND, Spread, over


@dataclass
class Ground:
    """A register that is filled; `count` queries of a class, of which each class gets so many `seconds`."""

    plan: Plan
    phases: Phases
    count: int = COUNT
    seconds: float = BOUND
    _kept: dict = field(default_factory=dict)

    @cached_property
    def sample(self) -> Sample:
        """Made once: the generator's words take some seconds."""
        return Sample(self.plan)

    def queries(self, words: int, faceted: bool = False) -> list[Query]:
        """The queries of a class, the same ones for every part."""
        key = words, faceted
        if key not in self._kept:
            self._kept[key] = queries(self.sample, words, faceted, self.count)
        return self._kept[key]

    def some(self, found: list, share: int = 5) -> list:
        """One of so many, all over the list: for yardsticks that take long."""
        return found[:: min(share, max(1, len(found) // 5))]

    def over(self, work, inputs, share: float = 1.0) -> Spread:
        """`timing.over` within the bound of a class, or a share of it."""
        return over(work, inputs, self.seconds * share)
