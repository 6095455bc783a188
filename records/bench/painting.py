"""When a phone on a slow line has painted a page it sees for the first time, beside a page that says nothing.

The largest paint of Chromium with the line and the processor of a cheap phone, nothing kept from before. What
the register holds is read as it is, such as the demo; pages were made once before, as for any second reader.
"""

from statistics import median

from records.bench.chromium import chromium
from records.bench.results import Result
from records.bench.serving import pages
from records.bench.site import NOTHING, Site, served

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""Slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up."""
SLOWER = 4
"""How many times as slow as here the processor is."""

WATCH = """
window.painted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.painted = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""
SENT = """performance.getEntries().filter((entry) => entry.encodedBodySize !== undefined)
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""
SETTLED = "new Promise((done) => setTimeout(done, 300))"


def measure(runs: int) -> list[Result]:
    """Home, the lists, an establishment and a decision."""
    found = {"home": "/", "search of ratings": "/ratings/?q=kitchen"} | pages()
    with served() as site, chromium() as browser:
        for path in (NOTHING, *found.values()):
            _visit(browser, site, path)
        times: dict[str, list[float]] = {name: [] for name in found}
        sent, bare = {}, []
        for _run in range(runs):
            bare.append(_visit(browser, site, NOTHING)[0])
            for name, path in found.items():
                painted, sent[name] = _visit(browser, site, path)
                times[name].append(painted)
    return [
        Result(
            f"{name}, largest paint on a phone, {sent[name] / 1000:.0f} kB",
            f"{median(times[name]):,.0f} ms",
            f"a page that says nothing {median(bare):,.0f} ms",
            f"{median(times[name]) / median(bare):.1f} times",
        )
        for name in found
    ]


def _visit(browser, site: Site, path: str) -> tuple[float, int]:
    """Milliseconds until the largest paint, and bytes that came."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"http://127.0.0.1:{site.port}{path}", wait_until="load")
    page.evaluate(SETTLED)
    seen = page.evaluate("painted"), page.evaluate(SENT)
    context.close()
    return seen
