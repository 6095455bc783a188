"""How tests are dealt out to the processes of pytest-xdist, so that all of them end together.

Left to itself xdist hands out a share of all that is left, counted in tests: one process would get every
test of a browser, each as long as a hundred others, while its neighbour had nothing left to do. Here one
gets a file when it is done with the one before, and what drives a browser test by test. The order stays.
"""

from itertools import takewhile

import pytest
from xdist.scheduler import LoadScheduling

LONG = ("tests/face/", "tests/journeys/")
"""Where one test takes as long as a file of others."""


class ByFile(LoadScheduling):
    """Files whole, with what they have made once for all of their tests; long tests one by one."""

    def __init__(self, config, log=None):
        super().__init__(config, log)
        self.maxschedchunk = 2  # what each begins with; a process starts a test when it knows the next

    def check_schedule(self, node, duration=0):
        """Something new for a process that has nothing but its last test."""
        if not self.pending:
            super().check_schedule(node, duration)  # tells it to end
        elif len(self.node2pending[node]) < 2 and not node.shutting_down:
            self._send_tests(node, self._together())

    def _together(self) -> int:
        file = self._file(self.pending[0])
        if file.startswith(LONG):
            return 1
        return sum(1 for _test in takewhile(lambda test: self._file(test) == file, self.pending))

    def _file(self, test: int) -> str:
        return self.collection[test].partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Unless another way is asked for with --dist."""
    return ByFile(config, log) if config.getoption("dist") == "load" else None
