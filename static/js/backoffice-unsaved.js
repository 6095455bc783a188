// Warns before a form that was really changed is left, and keeps what was typed where a form asks for that.
//
// `data-keep="…"` names what is entered: the copy lives in this tab alone, outlives a crash or an expired session,
// and goes when the form was taken or somebody signs out. Decisions are saved by backoffice-autosave.js instead.
const PREFIX = "desk-kept:";
const PAUSE = 400;
const OWN_WAY = "#entry, #changelist-form, .steps form, .in-a-row form, .confirm form";
const forms = [...document.querySelectorAll('main form[method="post"]')].filter((form) => !form.matches(OWN_WAY));
const before = new Map();
let leaving = false;

function typed(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return pairs.map(([name, value]) => [name, value instanceof File ? value.name : value]);
}

function changed(form) {
  return before.has(form) && before.get(form) !== JSON.stringify(typed(form));
}

window.addEventListener("load", () => {
  for (const form of forms) before.set(form, JSON.stringify(typed(form)));
  // What came back with errors was not saved, although it looks as it did when the page was loaded.
  const refused = document.querySelector("main .errornote") && forms[0];
  if (refused) before.set(refused, "");
});
for (const form of forms) form.addEventListener("submit", () => (leaving = true));
// Another page of the same entry, such as that of another scheme, is no loss.
document.addEventListener("desk:leave", () => (leaving = true));
window.addEventListener("pageshow", () => (leaving = false));
window.addEventListener("beforeunload", (event) => {
  if (!leaving && forms.some(changed)) event.preventDefault();
});

// -- the copy in this tab

function stored(name) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function store(name, value) {
  try {
    if (value) sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
    else sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Then leaving is warned about, and nothing is kept.
  }
}

function all() {
  try {
    return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function forget(which) {
  for (const key of all()) {
    const name = key.slice(PREFIX.length);
    if (which(stored(name))) store(name, null);
  }
}

if (document.querySelector(".messagelist .success")) forget((kept) => kept?.sent);
document.querySelector(".office-person form")?.addEventListener("submit", () => forget(() => true));

function putBack(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) || []), value]);
  const more = form.querySelector('button[name="_more"]');
  const rows = [...values.keys()].find((name) => name.endsWith("-TOTAL_FORMS"));
  while (rows && more && Number(form.elements[rows].value) < Number(values.get(rows)[0])) more.click();
  for (const field of form.querySelectorAll("input:not([type=hidden], [type=file]), select, textarea")) {
    const held = values.get(field.name) || [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = held.includes(field.value);
    else if (held.length) field.value = held[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const form of forms.filter((one) => "keep" in one.dataset)) {
  const name = form.dataset.keep;
  const kept = stored(name);
  const offer = document.getElementById("recovered");
  if (kept && !document.querySelector("main .errornote") && JSON.stringify(kept.pairs) !== JSON.stringify(typed(form))) {
    offer.hidden = false;
    offer.querySelector("[data-at]").textContent = new Date(kept.at).toLocaleTimeString(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
    });
    offer.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      offer.hidden = true;
      if (button.value === "back") putBack(form, kept.pairs);
      else store(name, null);
      form.querySelector("input:not([type=hidden]), select, textarea").focus();
    });
  }
  let waiting;
  const keep = (sent) => store(name, changed(form) ? { at: Date.now(), pairs: typed(form), sent } : null);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => keep(false), PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep(true);
  });
}
