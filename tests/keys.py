"""A person who uses a page by keys alone: where Tab stops, whether each stop is seen, and how one gets there.

reach(page, "Next")           # Tab until there; each stop on the way is seen, none holds on
press(page, "Next")           # and Enter
"""

MOST = 250
PARTS = 4
"""How often Tab stays in one field: a date has a day, a month, a year and a calendar."""
ROUNDS = 4
"""Past the end of a page Tab stays outside of it for one press or two, as busy as the machine is."""
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e), box = e.getBoundingClientRect();
  const around = e.matches("input[type=radio], input[type=checkbox]") ? e.parentElement : e;
  const rings = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const seen = [look, ...[around, e.parentElement, ...e.children].map((one) => getComputedStyle(one))].some(
    (style) => rings(style) || style.boxShadow !== "none");
  window.stops = window.stops || new Map();
  if (!window.stops.has(e)) window.stops.set(e, window.stops.size);
  const label = e.labels && e.labels[0] ? e.labels[0].textContent : "";
  const words = e.getAttribute("aria-label") || label || e.textContent || e.value || "";
  return { number: window.stops.get(e), seen, there: box.width > 0 && box.height > 0,
    what: e.outerHTML.slice(0, 100), words: words.trim().replace(/\\s+/g, " ") };
}"""


INSIDE = "within => Boolean(document.activeElement.closest(within))"


def stops(page):
    """Each stop of the Tab key from here on, until it leaves the page or begins again."""
    page.evaluate("window.stops = undefined")
    last, parts = -1, 0
    for _press in range(MOST):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or here["number"] < last:
            return
        parts = parts + 1 if here["number"] == last else 0
        assert parts <= PARTS, f"does not let go: {here['what']}"
        if not parts:
            last = here["number"]
            yield here
    raise AssertionError(f"more than {MOST} stops")


def is_seen(stop: dict) -> bool:
    """Whether somebody who looks at the page sees where they are."""
    return stop["seen"] and stop["there"]


def reach(page, words: str, within: str = "html") -> None:
    """Tab on to the link, button or field that is called so, past the end of the page once if need be."""
    passed = []
    for _round in range(ROUNDS):
        for here in stops(page):
            passed.append(here["words"][:30])
            assert is_seen(here), f"not seen: {here['what']}"
            if here["words"].startswith(words) and page.evaluate(INSIDE, within):
                return
        page.evaluate("document.activeElement.blur()")
    raise AssertionError(f"{words} is not reached, but {passed}")


def press(page, words: str, key: str = "Enter", within: str = "html") -> None:
    """Tab on to what is called so, and press Enter there, or another key."""
    reach(page, words, within)
    page.keyboard.press(key)
    page.wait_for_load_state()
