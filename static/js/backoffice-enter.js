// Entering an inspection by keyboard: the grade while scoring, digits for scores, Enter goes on.
const form = document.getElementById("enter");
const result = document.getElementById("result");
const scheme = document.getElementById("scheme");
let waiting;
let asked = 0;

form.classList.add("scripted");
form.querySelectorAll('button[name="_grade"]').forEach((button) => button.remove());

// -- the grade

async function grade() {
  const number = ++asked;
  const body = new FormData(form);
  try {
    const answer = await fetch(form.dataset.grade, { method: "POST", body });
    const text = await answer.text();
    if (answer.ok && number === asked) result.innerHTML = text;
  } catch {
    // The server computes it again on saving.
  }
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(grade, 200);
});

// -- another scheme: its fields at once, the date kept

if (scheme) {
  scheme.form.querySelector("button").hidden = true;
  scheme.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set("scheme", scheme.value);
    const day = form.elements.inspected_on.value;
    if (day) address.searchParams.set("inspected_on", day);
    document.dispatchEvent(new CustomEvent("desk:leave"));
    location.assign(address);
  });
}

// -- more rows of findings

const more = form.querySelector('button[name="_more"]');
const total = form.elements["findings-TOTAL_FORMS"];
more.addEventListener("click", (event) => {
  event.preventDefault();
  const rows = form.querySelectorAll(".finding");
  const row = rows[rows.length - 1].cloneNode(true);
  const next = rows.length;
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+/, next + 1));
  row.querySelectorAll(".errorlist").forEach((list) => list.remove());
  row.querySelectorAll("[id], [name], [for]").forEach((node) => {
    for (const name of ["id", "name", "for"]) {
      const value = node.getAttribute(name);
      if (value) node.setAttribute(name, value.replace(/findings-\d+-/, `findings-${next}-`));
    }
    if ("value" in node && node.tagName !== "OPTION") node.value = "";
  });
  total.value = String(next + 1);
  rows[rows.length - 1].after(row);
  row.querySelector("input, textarea").focus();
});

// -- the keyboard

let digits = "";
let digitsAt = 0;
let digitsFor = "";

function byDigits(radio, key) {
  const now = Date.now();
  digits = now - digitsAt > 900 || digitsFor !== radio.name ? key : digits + key;
  digitsAt = now;
  digitsFor = radio.name;
  const radios = [...form.querySelectorAll(`input[type="radio"][name="${radio.name}"]`)];
  const whole = radios.find((one) => one.value === digits);
  const begun = whole || radios.find((one) => one.value.startsWith(digits) || one.value.startsWith(key));
  if (!begun) return;
  begun.focus();
  begun.checked = true;
  begun.dispatchEvent(new Event("input", { bubbles: true }));
}

function stops() {
  const seen = new Set();
  return [...form.querySelectorAll("input, select, textarea")].filter((node) => {
    if (node.type === "hidden" || node.disabled) return false;
    if (node.type !== "radio") return true;
    const group = form.querySelector(`input[type="radio"][name="${node.name}"]:checked`);
    if (seen.has(node.name) || (group && group !== node)) return false;
    seen.add(node.name);
    return true;
  });
}

form.addEventListener("keydown", (event) => {
  const node = event.target;
  if (event.isComposing || event.altKey || event.metaKey || event.ctrlKey) return;
  if (node.type === "radio" && /^[0-9]$/.test(event.key)) {
    event.preventDefault();
    byDigits(node, event.key);
  } else if (event.key === "Enter" && (node.tagName === "INPUT" || node.tagName === "SELECT")) {
    event.preventDefault();
    const all = stops();
    const here = all.findIndex((one) => one === node || (one.type === "radio" && one.name === node.name));
    const next = all[here + 1];
    if (next) next.focus();
    else form.querySelector('button[name="_next"]').focus();
  }
});

const wrong = form.querySelector(".wrong input, .wrong select, .wrong textarea");
if (wrong) wrong.focus();
else if (form.elements.inspected_on) form.elements.inspected_on.focus();
