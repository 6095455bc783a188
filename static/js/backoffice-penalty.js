// Entering a decision by keyboard: the fields of the chosen sanctions, the number checked, Enter goes on.
const form = document.getElementById("entry");

form.classList.add("scripted");

function setShown(node, shown) {
  node.hidden = !shown;
  node.querySelectorAll("input, select, textarea").forEach((field) => {
    field.disabled = !shown; // what is not asked is not sent
  });
}

// -- only what is asked: of persons, of minor decisions, of the kind of sanction

function level() {
  const own = form.elements.seriousness.value;
  if (own) return own;
  const found = [...form.querySelectorAll('[data-line="violations"] [data-level]')]
    .filter((chip) => chip.querySelector("input").checked)
    .map((chip) => chip.dataset.level);
  return ["serious", "ordinary", "minor"].find((one) => found.includes(one)) || "ordinary";
}

function asked() {
  const kind = form.elements.respondent_kind.value;
  form.querySelectorAll("[data-only]").forEach((line) => setShown(line, line.dataset.only.split(" ").includes(kind)));
  form.querySelectorAll("[data-minor]").forEach((line) => {
    const filled = line.querySelector("textarea").value.trim() !== "";
    setShown(line, filled || level() === "minor");
  });
}

function kindOf(row) {
  const select = row.querySelector('[data-cell="kind"] select');
  const option = select.selectedOptions[0];
  const asks = (option.dataset.asks || "").split(" ");
  row.classList.toggle("begun", select.value !== "");
  row.querySelectorAll("[data-cell]").forEach((cell) => {
    const name = cell.dataset.cell;
    const always = name === "kind" || (name === "text" && select.value !== "");
    setShown(cell, always || asks.includes(name) || cell.classList.contains("wrong"));
  });
}

const sanctions = form.querySelector('[data-rows="sanctions"]');
function allKinds() {
  sanctions.querySelectorAll(".entry-row").forEach(kindOf);
}

form.addEventListener("change", (event) => {
  if (event.target.closest('[data-cell="kind"]') && sanctions.contains(event.target)) {
    kindOf(event.target.closest(".entry-row"));
  }
  asked();
});
form.addEventListener("entry:chosen", asked);
asked();
allKinds();

// -- one more row, in place

form.querySelectorAll('button[name="_more"]').forEach((button) => {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const prefix = button.value;
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const next = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = document
      .getElementById(`another-${prefix}`)
      .innerHTML.replaceAll("__prefix__", String(next))
      .replaceAll("__number__", String(next + 1));
    const row = holder.content.firstElementChild;
    total.value = String(next + 1);
    form.querySelector(`[data-rows="${prefix}"]`).append(row);
    if (prefix === "sanctions") kindOf(row);
    row.querySelector("select").focus();
  });
});

// -- the decision number, while it is typed

const number = form.elements.decision_number;
const told = document.getElementById("number-told");
let asking;
let questions = 0;

async function check() {
  const question = ++questions;
  const typed = number.value.trim();
  told.replaceChildren();
  told.classList.remove("taken");
  if (!typed) return;
  const query = new URLSearchParams({
    number: typed,
    record: form.elements.record.value,
    authority: form.elements.authority.value,
  });
  let answer;
  try {
    answer = await (await fetch(`${form.dataset.check}?${query}`)).json();
  } catch {
    return; // saving says it again
  }
  if (question !== questions) return;
  told.textContent = answer.taken ? told.dataset.taken : told.dataset.free;
  told.classList.toggle("taken", answer.taken);
  if (answer.url) {
    const link = document.createElement("a");
    link.href = answer.url;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = told.dataset.see;
    told.append(" ", link);
  }
}

number.addEventListener("input", () => {
  clearTimeout(asking);
  asking = setTimeout(check, 250);
});
// Asked while the draft was being begun, the number may have been that of the draft itself.
form.addEventListener("entry:begun", check);
if (number.value) check();

// -- the keyboard

function stops() {
  return [...form.querySelectorAll("input, select, textarea")].filter(
    (node) =>
      node.type !== "hidden" && !node.disabled && node.offsetParent && !node.closest(".chips, .remove, .first-button"),
  );
}

form.addEventListener("keydown", (event) => {
  const node = event.target;
  const modified = event.altKey || event.metaKey || event.ctrlKey || event.shiftKey;
  if (event.key !== "Enter" || event.defaultPrevented || event.isComposing || modified) return;
  if (!["INPUT", "SELECT"].includes(node.tagName) || node.type === "file") return;
  event.preventDefault();
  const after = (stop) => node.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING;
  const next = stops().find(after);
  (next || form.querySelector(".submit-row .primary")).focus();
});

// -- where to begin: with what is still to do, else with the first field

const todo = document.querySelector("#todo a, .errornote a[href^='#']");
const first = todo && document.getElementById(todo.hash.slice(1));
const wrong = form.querySelector(".wrong input:not([type='hidden']), .wrong select, .wrong textarea");
(first || wrong || form.querySelector(".entry-fields input:not([type='hidden']), .entry-fields textarea")).focus();
