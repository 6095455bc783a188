"""Formats that need no file, for tests of the processes that read one; imported there without Django."""

import sys
import time
from pathlib import Path

from records.intake import reading
from records.intake.reading import Incomplete, Staged
from records.intake.rows import Part, Problem


class Numbers:
    """Parts that count."""

    def __init__(self, *sizes):
        self.sizes = sizes

    def parts(self, path):
        return (Part(f"part {number}", data=str(size).encode()) for number, size in enumerate(self.sizes))

    def rows(self, part):
        return iter(range(int(part.data)))


class Sleepy(Numbers):
    """Parts that take longer than anybody waits; that they are being read is left in a folder."""

    def rows(self, part):
        Path(sys.argv[-1], part.name).touch()
        time.sleep(60)
        yield 0


def stage(items, file, start, context):
    """Every third row is a problem, and every part incomplete."""
    for no, item in enumerate(items, start):
        if item % 3 == 2:
            yield Problem(file, str(item), "", "", context)
        else:
            yield Staged(f"{no}\n", f"{no}\t{file}\n")
    yield Incomplete(file)


if __name__ == "__main__":
    list(reading.read(Sleepy(1, 1, 1, 1), Path(), stage, "", workers=2))
