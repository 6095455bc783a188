"""A visitor who knows what they want: every step is counted and has its picture.

A step is one press, one field filled, one choice from a list, or one scroll by a screen that was needed to
see what comes next. Opening the first page is none.
"""

from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

SCREENS = {"phone": (360, 740), "desktop": (1280, 800)}
OVERLAP = 0.9
"""The part of a screen by which people scroll, so that they see where they were."""

_SCROLL = """
(element, [across, along]) => {
  let at = element;
  while (across && at && at.scrollWidth <= at.clientWidth) at = at.parentElement;
  if (across && at) at.scrollBy({ left: across, behavior: "instant" });
  if (along) window.scrollBy({ top: along, behavior: "instant" });
}
"""


@dataclass(frozen=True)
class Step:
    """What was done, and the picture of what was seen then; `kind` is press, fill, choose or scroll."""

    kind: str
    what: str
    picture: str


@dataclass
class Route:
    """One way to an answer: its steps, whether the answer came without a scroll, the file if it is one."""

    system: str
    task: str
    way: str
    screen: str
    steps: list[Step] = field(default_factory=list)
    at_once: bool = False
    file: bytes = b""
    failed: str = ""


def screens(begin: float, size: float, seen: float) -> int:
    """By how many screens to scroll until what begins there and is so long is seen; negative: back."""
    if begin + size > seen and begin > 0:
        return ceil(min(begin, begin + size - seen) / (seen * OVERLAP))
    return -ceil(-begin / (seen * OVERLAP)) if begin < 0 else 0


class Walk:
    """A page of the browser, of which each step becomes part of a route."""

    def __init__(self, page, route: Route, folder: Path):
        self.page, self.route, self.folder = page, route, folder
        self.wide, self.high = SCREENS[route.screen]

    def open(self, address: str) -> None:
        """The first page, before any step."""
        self.page.goto(address, wait_until="load")
        self._picture(0)

    def press(self, what: str, where) -> None:
        """Press a link or a button."""
        self.see(what, where)
        where.click()
        self.page.wait_for_load_state("load")
        self._done("press", what)

    def fill(self, what: str, where, text: str) -> None:
        """Fill one field."""
        self.see(what, where)
        where.fill(text)
        self._done("fill", f"{what}: {text}")

    def write(self, what: str, where, text: str) -> None:
        """Fill an editor, in place of what stands there."""
        self.see(what, where)
        where.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self._done("fill", f"{what}: {text}")

    def choose(self, what: str, where, value: str) -> None:
        """Choose from a list."""
        self.see(what, where)
        where.select_option(value)
        self._done("choose", f"{what}: {value}")

    def take(self, what: str, where) -> None:
        """Press what leads to a file, and keep it: as it is downloaded, or as the browser shows it."""
        self.see(what, where)
        address = where.evaluate("link => link.href")
        if where.get_attribute("download") is None:
            with self.page.expect_response(address) as answer:
                where.click()
            self.route.file = answer.value.body()
        else:
            with self.page.expect_download() as download:
                where.click()
            self.route.file = Path(download.value.path()).read_bytes()
        self._done("press", what)

    def answer(self, *where) -> None:
        """What the visitor came for: whether all of it is on the screen as it is, then on to see it."""
        for part in where:
            part.wait_for(state="visible")
        self.route.at_once = all(map(self.is_seen, where))
        for part in where:
            self.see("the answer", part)

    def is_seen(self, where) -> bool:
        """Whether all of its box lies on the screen."""
        box = where.bounding_box()
        return bool(box) and (
            box["x"] >= 0 and box["y"] >= 0
            and box["x"] + box["width"] <= self.wide + 1 and box["y"] + box["height"] <= self.high + 1
        )  # fmt: skip

    def see(self, what: str, where) -> None:
        """Scroll by screens until it is seen; each is a step."""
        where.wait_for(state="visible")
        box = where.bounding_box()
        along = screens(box["y"], box["height"], self.high)
        across = screens(box["x"], box["width"], self.wide)
        for count, unit in ((along, (0, self.high)), (across, (self.wide, 0))):
            sign = 1 if count > 0 else -1
            for _screen in range(abs(count)):
                where.evaluate(_SCROLL, [sign * side * OVERLAP for side in unit])
                self._done("scroll", f"to {what}")

    def _done(self, kind: str, what: str) -> None:
        number = len(self.route.steps) + 1
        self.route.steps.append(Step(kind, what, self._picture(number)))

    def _picture(self, number: int) -> str:
        route = self.route
        name = f"{route.task}-{route.screen}-{route.system}-{route.way}-{number:02d}.png".replace(" ", "-")
        self.page.screenshot(path=self.folder / name)
        return name
