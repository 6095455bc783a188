"""A file of a tenth of the register goes into it, or as much as its time allows, beside a plain COPY."""

import tempfile

from records.bench import importing
from records.bench.files import made_up_decisions
from records.bench.size.cleaning import take_back
from records.bench.size.ground import Ground
from records.bench.size.lines import Line
from records.bench.size.phases import spoken

GROUP = "Changes"
CLASSES = 10
"""It may take as long as so many classes of queries: four minutes where each has 24 seconds."""

TRIALS = (2_000, 20_000)
"""Two smaller files go in before: from them follows what an import costs in any case, and each row on top."""

LEAST = 200


def measure(ground: Ground) -> list[Line]:
    """Import, from the file to the words of the search, and take everything back."""
    wanted = max(LEAST, ground.plan.penalties // 10)
    begin, prepared, times = 1_000_000, False, []
    try:
        for trial in [one for one in TRIALS if one < wanted]:
            taken, _told = _import(trial, begin, prepared)
            begin, prepared = begin + trial, True
            times.append((trial, taken))
        seconds = CLASSES * ground.seconds
        rows = min(wanted, affordable(times, seconds))
        taken, plain = _import(rows, begin, prepared)
    finally:
        ground.phases.say("  the imported decisions are taken back")
        take_back(ground.plan)
    why = "" if rows == wanted else f", as many as {spoken(seconds)} allow"
    return [
        Line(
            GROUP, f"a file of {rows:,} decisions is imported into the register{why}",
            f"{rows / taken:,.0f} rows/s", queries="1",
            yardstick=f"COPY of the same rows into a bare table {rows / plain:,.0f}/s; "
            f"it took {spoken(taken)}",
        )
    ]  # fmt: skip


def affordable(times: list[tuple[int, float]], seconds: float) -> int:
    """How many rows an import may have to end in so many seconds, by what smaller ones took."""
    if not times:
        return 1 << 40
    if len(times) == 1:
        rows, taken = times[0]
        return max(rows, int(rows * seconds / taken))
    (few, first), (many, second) = times
    each = max((second - first) / (many - few), 1e-6)
    always = max(0.0, first - few * each)
    return max(many, int(0.8 * (seconds - always) / each))


def _import(rows: int, begin: int, prepared: bool) -> tuple[float, float]:
    """Seconds of an import and of a plain COPY of what it stages."""
    with made_up_decisions(rows, begin) as source:
        if not prepared:
            source.prepare()
        with tempfile.TemporaryFile() as spool:
            importing.read(source, spool)
            plain = importing.plain_copy(source, spool)
        _rows, taken = importing.whole(source, empty=False)
    return taken, plain
