// Keys of the desk. The list in the dialog says which there are; a control says by data-key which one is its own.
const dialog = document.getElementById("keys");
const lines = [...dialog.querySelectorAll("[data-press]")].map((node) => ({
  node,
  name: node.dataset.for,
  strokes: node.dataset.press.split(" "),
  goes: "goes" in node.dataset,
  alone: "alone" in node.dataset,
}));
const ROWS = "#result_list tbody tr, .entries > li";
const STORED = "desk-keys";
const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

// -- on or off, remembered by this browser

const on = document.getElementById("keys-on");

function remembered() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}
on.checked = remembered();
on.addEventListener("change", () => {
  try {
    localStorage.setItem(STORED, on.checked ? "on" : "off");
  } catch {
    // It holds for this page.
  }
});

// -- what a key finds on this page

function shown(node) {
  return node.getClientRects().length > 0 && !node.disabled;
}

function control(name) {
  if (name === "search") {
    return [...document.querySelectorAll("#content input[type=search], #content [role=combobox]")].find(shown);
  }
  return [...document.querySelectorAll(`[data-key="${name}"]`)].find(shown);
}

function rows() {
  return [...document.querySelectorAll(ROWS)].filter(shown);
}

function works(line) {
  if (line.name === "rows-mark") return rows().some((row) => row.querySelector("input[type=checkbox]"));
  return line.name.startsWith("rows-") ? rows().length > 0 : Boolean(control(line.name));
}

function show() {
  for (const line of lines) line.node.hidden = !works(line);
  for (const group of dialog.querySelectorAll(".key-group")) {
    group.hidden = !group.querySelector("[data-press]:not([hidden])");
  }
  dialog.showModal();
}

// -- what it does there

function walk(step) {
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1)];
  const place = next.querySelector("th a, a") || next.querySelector("input");
  place.focus();
  next.scrollIntoView({ block: "nearest" });
}

function mark() {
  const row = rows().find((one) => one.contains(document.activeElement));
  row?.querySelector("input[type=checkbox]")?.click();
}

function press(line) {
  if (line.name === "keys") return show();
  if (line.name === "rows-next") return walk(1);
  if (line.name === "rows-previous") return walk(-1);
  if (line.name === "rows-mark") return mark();
  const node = control(line.name);
  // A form may do it in its own way, without leaving the page.
  if (!node.dispatchEvent(new CustomEvent("desk:key", { bubbles: true, cancelable: true }))) return;
  if (node.tagName === "SUMMARY") {
    node.parentElement.open = true;
    node.parentElement.querySelector("textarea, input:not([type=hidden])").focus();
  } else if (line.goes || node.matches("input, select, textarea")) {
    node.focus();
    node.scrollIntoView({ block: "nearest" });
    if (node.select && node.value) node.select();
  } else {
    node.click();
  }
}

// -- a hint on the control itself, where there is room

for (const line of lines) {
  for (const node of document.querySelectorAll(`main [data-key="${line.name}"].button`)) {
    if (line.alone && !on.checked) continue;
    for (const cap of line.node.querySelectorAll("dt kbd")) {
      const hint = cap.cloneNode(true);
      hint.setAttribute("aria-hidden", "true");
      node.append(" ", hint);
    }
  }
}

// -- listening

let begun = "";
let begunAt = 0;

function stroke(event) {
  const held = event.ctrlKey || event.metaKey ? "Control+" : "";
  return held + (held && event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.repeat || dialog.open) return;
  const typed = stroke(event);
  const alone = !typed.startsWith("Control+");
  if (alone && (!on.checked || event.target.closest(TYPED_IN))) return;
  const late = Date.now() - begunAt > 1500;
  const before = alone && !late ? begun : "";
  begun = "";
  const found = lines.filter((line) => line.alone === alone && works(line));
  const line =
    found.find(({ strokes }) => before && strokes.length === 2 && strokes[0] === before && strokes[1] === typed) ||
    found.find(({ strokes }) => strokes.length === 1 && strokes[0] === typed);
  if (line) {
    event.preventDefault();
    press(line);
  } else if (alone && found.some(({ strokes }) => strokes.length === 2 && strokes[0] === typed)) {
    begun = typed;
    begunAt = Date.now();
  }
});

for (const link of document.querySelectorAll('[data-key="keys"]')) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
}
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
