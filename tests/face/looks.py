"""Which texts of a page look like no text before: of those alike, axe computes the contrast once.

Contrast is the dearest of all rules by far, and thousands of texts have the same colour, size and weight on
the same grounds. What axe found to suffice is known from then on; what it could not decide, or found wanting,
is asked again wherever it stands. What lies over or beside the flow is alike only where its class is.
"""

KNOWN = set()
"""Looks whose contrast suffices, on all pages that this process has seen, in whatever mode."""

ASK = """(known) => {
  const LIKE = 3;  // of a look, asked about on one page: something may lie over one of them
  const forced = matchMedia("(forced-colors: active)").matches, grounds = new Map();
  const ground = (e) => {
    if (!e) return `${forced} `;
    if (!grounds.has(e)) {
      const look = getComputedStyle(e);
      const clear = look.backgroundColor === "rgba(0, 0, 0, 0)" && look.backgroundImage === "none";
      const margins = [look.marginTop, look.marginRight, look.marginBottom, look.marginLeft].join(" ");
      const apart = look.position !== "static" || look.float !== "none" || look.transform !== "none"
        || margins.includes("-");
      grounds.set(e, ground(e.parentElement)
        + (clear && look.opacity === "1" ? ""
          : `${look.backgroundColor} ${look.backgroundImage} ${look.opacity}; `)
        + (apart ? `${e.tagName} ${e.getAttribute("class")}; ` : ""));
    }
    return grounds.get(e);
  };
  const speaks = (e) => e.matches("input, select, textarea")
    || [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const look = (e) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    const idle = Boolean(e.closest(":disabled, [aria-disabled=true]") || e.control?.disabled);
    return [ground(e), color, fontSize, fontWeight, textShadow, idle].join("|");
  };
  const skip = new Set(known.split("\\n")), times = new Map();
  for (const e of document.querySelectorAll("[data-look]")) delete e.dataset.look;
  for (const e of document.body.querySelectorAll("*")) {
    if (!speaks(e) || !e.checkVisibility({ visibilityProperty: true })) continue;
    const own = look(e), time = (times.get(own) || 0) + 1;
    times.set(own, time);
    if (!skip.has(own) && time <= LIKE) e.dataset.look = own;
  }
  if (!document.querySelector("[data-look]")) return { broken: [], known: [] };
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return axe.run(document, {
    runOnly: { type: "rule", values: ["color-contrast"] },
    resultTypes: ["violations", "passes"], elementRef: true, selectors: false, preload: false,
  }).then(({ violations, passes }) => ({
    broken: told(violations),
    known: passes.flatMap((rule) => rule.nodes.map((node) => node.element.dataset.look)),
  }));
}"""


def too_faint(page) -> list[str]:
    """Texts whose contrast does not suffice, among those that look like none before."""
    found = page.evaluate(ASK, "\n".join(KNOWN))  # one text travels faster than a list
    KNOWN.update(found["known"])
    return found["broken"]
