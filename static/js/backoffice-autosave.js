// Saves the draft while one goes on, shows what the public would read, and warns before anything is lost.
const form = document.getElementById("entry");
const preview = document.getElementById("preview");
const told = document.getElementById("save-told");
const EVERY = 20000;
const PAUSE = 700;
// What came back with nothing but a list of what is missing is saved as it stands.
let changes = document.querySelector(".errornote:not([data-saved])") ? 1 : 0;
let savedChanges = 0;
let since = 0;
let saving = null;
let stopped = false;
let leaving = false;
let answered = true;
let lastTyped = "";
let unfinished = "";

function say(words, bad = false) {
  told.textContent = words;
  told.classList.toggle("bad", bad);
}

function unsaved(why) {
  return form.dataset.unsaved.replace("{why}", why);
}

function typing() {
  const field = document.activeElement;
  // A file is chosen at once: what came of it is said even while one stands in its field.
  return form.contains(field) && field.type !== "file" ? field.name || "" : "";
}

// -- saving

function show(answer, file) {
  const elements = form.elements;
  const begun = elements.record.value !== answer.record;
  elements.mark.value = answer.mark;
  elements.record.value = answer.record;
  if (begun) form.dispatchEvent(new CustomEvent("entry:begun"));
  elements.seen.value = answer.seen;
  if (answer.url) {
    form.action = answer.url;
    history.replaceState(null, "", answer.url);
  }
  if (answer.masked.length) elements[answer.masked[0]].value = answer.masked[1];
  for (const [id, html] of Object.entries(answer.beside)) {
    const place = document.getElementById(`${id}_error`);
    if (!place || place.innerHTML.trim() === html.trim()) continue;
    place.innerHTML = html;
    const line = place.closest(".line, .cell");
    line.classList.toggle("wrong", place.querySelector(".errorlist") !== null);
  }
  document.getElementById("s-personal").hidden = !answer.seen && !elements.overrule_reason.value;
  document.getElementById("stored-document").innerHTML = answer.document;
  // Taken or refused, a file is sent once; beside the field stands what came of it.
  if (file && elements.file.files[0] === file) elements.file.value = "";
  if (answer.brought) elements.document_url.value = elements.document_title.value = "";
}

async function post(body) {
  const response = await fetch(form.action, { method: "POST", body });
  if (response.status !== 403) return response;
  // Who has signed in again has another token: the same page holds it, unless it is no longer theirs.
  const page = await fetch(form.action);
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("entry");
  if (!fresh) return page.redirected ? page : response;
  form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
  body.set("csrfmiddlewaretoken", fresh.elements.csrfmiddlewaretoken.value);
  return fetch(form.action, { method: "POST", body });
}

async function send(mask) {
  const sent = changes;
  const file = form.elements.file.files[0];
  const body = new FormData(form);
  body.set("_auto", "1");
  body.set("_in", typing());
  unfinished = typing() === lastTyped ? lastTyped : "";
  if (mask) body.set("_mask", mask);
  say(form.dataset.saving);
  let response;
  let answer;
  answered = false;
  try {
    response = await post(body);
    if (response.status === 403 || response.status === 404) {
      stopped = answered = true;
      say(unsaved(form.dataset.gone), true);
      return;
    }
    answer = response.redirected ? null : await response.json();
  } catch {
    say(unsaved(response ? form.dataset.signin : form.dataset.offline), true);
    return;
  }
  answered = Boolean(answer);
  if (!answer) {
    say(unsaved(form.dataset.signin), true);
  } else if (answer.conflict) {
    stopped = true;
    say(answer.conflict, true);
  } else {
    show(answer, file);
    savedChanges = Math.max(savedChanges, sent);
    since = changes > savedChanges ? Date.now() : 0;
    const words = answer.problems ? form.dataset.savedExcept : form.dataset.saved;
    say(answer.saved ? words.replace("{time}", answer.saved) : "");
  }
}

function save(mask) {
  if (leaving || (!mask && (stopped || changes === savedChanges))) return saving || Promise.resolve();
  const before = saving || Promise.resolve();
  const mine = before.then(() => send(mask)).finally(() => {
    if (saving === mine) saving = null;
  });
  saving = mine;
  return mine;
}

form.addEventListener("input", (event) => {
  changes += 1;
  lastTyped = event.target.name;
  since = since || Date.now();
  if (!stopped) say("");
  lookSoon();
});
form.addEventListener("focusout", (event) => {
  // What was saved in the middle of a field is looked at again when it is left.
  if (unfinished && event.target.name === unfinished) {
    changes += 1;
    unfinished = lastTyped = "";
  }
  setTimeout(() => !saving && save(), 250);
});
document.addEventListener("visibilitychange", () => document.hidden && save());
setInterval(() => since && Date.now() - since > EVERY && !saving && save(), 1000);

// The key of “Save draft” saves where one is, without another page.
form.addEventListener("desk:key", (event) => {
  if (event.target.name !== "_save" || stopped) return;
  event.preventDefault();
  changes += 1;
  save();
});

form.addEventListener("click", (event) => {
  const button = event.target.closest('button[name="_mask"]');
  if (!button) return;
  event.preventDefault();
  changes += 1;
  save(button.value).then(look);
});

// -- the page as the public would read it

let waiting;
let looks = 0;

async function look() {
  const number = ++looks;
  const body = new FormData(form);
  if (form.elements.file.files.length) body.set("_file", "1");
  body.delete("file");
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body });
    const html = await answer.text();
    if (!answer.ok || answer.redirected || number !== looks) return;
    const top = preview.scrollTop;
    preview.innerHTML = html;
    preview.scrollTop = top;
  } catch {
    // The next change asks again.
  }
}

function lookSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
}
form.addEventListener("entry:chosen", lookSoon);

// -- leaving

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  const unsent = changes > savedChanges && !stopped && !(answered && form.elements.file.files.length);
  if (saving || unsent) {
    // Saved first: a page sent to a server that does not answer is gone, and what was typed with it.
    event.preventDefault();
    (saving || save()).then(() => answered && form.requestSubmit(button));
    return;
  }
  leaving = true;
});
window.addEventListener("beforeunload", (event) => {
  if (changes > savedChanges && !leaving) event.preventDefault();
});
