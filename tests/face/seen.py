"""What a browser sees of a page: rules it breaks, how wide it is, how much moves, what the policy stopped."""

from functools import cache
from pathlib import Path

import axe_playwright_python

from tests.face import looks

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["link-in-text-block"]
"""What colours decide, besides the contrast of texts (looks.py) …"""
SIZES = ["target-size", "scrollable-region-focusable"]
"""… and what widths do. Everything else that axe knows of is the same in every mode."""
MOST_SHIFT = 0.02
DESKTOP, ZOOMED, NARROW = (
    {"width": 1280, "height": 800}, {"width": 640, "height": 400}, {"width": 320, "height": 640}
)  # fmt: skip
"""ZOOMED is a desktop at 200 %: half as many pixels of CSS."""
MODES = {
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
PLAIN = {"color_scheme": "light", "forced_colors": "none"}

WATCH = """
window.seen = { shift: 0, moved: [], stopped: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.seen.shift += entry.value;
    window.seen.moved.push(...entry.sources.map(({ node }) => (node?.outerHTML || "").slice(0, 90)));
  }
}).observe({ type: "layout-shift", buffered: true });
document.addEventListener("securitypolicyviolation", (event) => {
  window.seen.stopped.push(`${event.violatedDirective} stopped ${event.blockedURI || event.sample}`);
});
"""
TELL = """;{
  // Chromium paints text in the forced colour, and tells axe the one that the page asked for.
  const own = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    const forced = name === "-webkit-text-fill-color" && matchMedia("(forced-colors: active)").matches;
    return own.call(this, forced ? "color" : name);
  };
  window.told = (violations) => violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => {
    const why = node.any[0] || node.all[0] || node.none[0];
    return `${rule.id}: ${node.html.slice(0, 160)} ${why ? why.message : ""}`;
  }));
  window.settled = async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const moving of document.getAnimations()) if (moving.playState === "running") moving.finish();
  };
  window.wider = () => {
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide <= 0) return [];
    const beyond = (element) => element.getBoundingClientRect().right > innerWidth + 1;
    const last = [...document.querySelectorAll("body *")].filter(beyond).pop();
    return [`${wide} px wider than the screen: ${last ? last.outerHTML.slice(0, 120) : ""}`];
  };
  const displayed = () => [...document.querySelectorAll("*")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }));
  let judged = new WeakSet();
  window.judge = () => { judged = new WeakSet(displayed()); };
  window.appeared = () => displayed().some((element) => !judged.has(element));
}"""

ASK = """async ([tags, rules]) => {
  await settled();
  if (!rules) judge();
  const { violations } = await axe.run(document, {
    runOnly: rules ? { type: "rule", values: rules } : { type: "tag", values: tags },
    rules: rules ? {} : { "color-contrast": { enabled: false } },
    resultTypes: ["violations"], selectors: false, preload: false,
  });
  return [...wider(), ...told(violations)];
}"""
LOADED = """async () => {
  await settled();
  const { shift, moved, stopped } = seen;
  return { shift, moved, stopped };
}"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def watched(page):
    """The page, from now on with an eye on what moves, what is stopped and what goes wrong."""
    page.add_init_script(WATCH + _axe() + TELL)
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda said: page.errors.append(said.text) if said.type == "error" else None)
    return page


def load(page, address: str, status: int = 200) -> list[str]:
    """Open the page and say what is wrong with how it came."""
    page.errors.clear()
    answer = page.goto(address)
    came = page.evaluate(LOADED)
    told = [] if answer.status == status else [f"answered {answer.status} and not {status}"]
    # Chromium says of every page with such a status that it could not be loaded.
    told += [error for error in page.errors if not (status >= 400 and f"{status}" in error)]
    moved = [f"moved by {came['shift']:.3f}: {came['moved'][:3]}"] if came["shift"] > MOST_SHIFT else []
    return told + came["stopped"] + moved


def broken(page, rules=None) -> list[str]:
    """Rules of axe that the page breaks as it looks now: all, or those named; contrast and width always."""
    return page.evaluate(ASK, [RULES, rules]) + looks.too_faint(page)


class Told(list):
    """All that is wrong with a page, each with where it was seen."""

    def __init__(self, page, listed):
        self.page, self.listed = page, listed

    def say(self, where: str, problems: list[str]) -> None:
        self += [f"{self.listed}, {where}: {problem}" for problem in problems]


def in_every_mode(page, site: str, listed) -> list[str]:
    """All that is wrong with a page: as it comes to a phone, by every rule; then enlarged, and wide in the
    dark and in forced colours, by the rules that tell a difference."""
    told = Told(page, listed)
    page.emulate_media(**PLAIN)
    page.set_viewport_size(NARROW)
    told.say("320 px", load(page, site + listed.address, listed.status) + broken(page))
    page.set_viewport_size(ZOOMED)
    told.say("200 %", broken(page, SIZES))
    page.set_viewport_size(DESKTOP)
    told.say("desktop", page.evaluate("wider()"))
    for mode, media in MODES.items():
        page.emulate_media(**media)
        told.say(mode, broken(page, COLOURS))
    return told


def in_other_words(page, site: str, listed) -> list[str]:
    """All that is wrong with it in another language: as it comes to a desktop, by every rule; then narrow, by
    those that tell a difference, unless something appears there that a desktop does not show."""
    told = Told(page, listed)
    page.set_viewport_size(DESKTOP)
    told.say("desktop", load(page, site + listed.address, listed.status) + broken(page))
    page.set_viewport_size(NARROW)
    told.say("320 px", broken(page, None if page.evaluate("appeared()") else SIZES))
    return told
