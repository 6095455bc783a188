// Suggests what can be chosen while somebody types. Without it, the Find buttons list the same.
const form = document.getElementById("entry");

function line(name) {
  return form.querySelector(`[data-line="${name}"]`);
}

function chosen(place) {
  return [...place.querySelectorAll('.chips input[type="checkbox"]:checked')];
}

function addChip(place, one) {
  const chips = place.querySelector(".chips");
  const same = [...chips.querySelectorAll('input[type="checkbox"]')].find((box) => box.value === one.value);
  if (same) {
    same.checked = true;
    return;
  }
  if ("one" in chips.dataset) chips.replaceChildren();
  const name = place.dataset.line;
  const item = document.createElement("li");
  const label = document.createElement("label");
  label.className = "chip";
  if (one.level) label.dataset.level = one.level;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = name;
  box.value = one.value;
  box.checked = true;
  const words = document.createElement("span");
  words.textContent = one.label;
  label.append(box, words);
  if (one.detail) {
    const detail = document.createElement("small");
    detail.textContent = one.detail;
    label.append(" ", detail);
  }
  // The server fills in besides what is new to it; here that is done already.
  const had = document.createElement("input");
  had.type = "hidden";
  had.name = `${name}_had`;
  had.value = one.value;
  item.append(label, had);
  chips.append(item);
}

function write(field, value) {
  field.value = value;
  field.dataset.filled = value;
}

function fill(name, value, cited) {
  const place = line(name);
  if (place && typeof value === "object") {
    if (!chosen(place).length) addChip(place, value);
    return;
  }
  const field = form.elements[name];
  if (!field || typeof value !== "string") return;
  const ours = field.value === field.dataset.filled;
  if (name === "legal_basis" && cited && ours && field.value) {
    const law = `${cited}, `;
    const article = field.value.startsWith(law) && value.startsWith(law) ? value.slice(law.length) : value;
    if (!field.value.split(/; |, /).includes(article)) write(field, `${field.value}; ${article}`);
  } else if (!field.value.trim() || (name === "respondent_kind" && (ours || field.value === "organisation"))) {
    write(field, value);
  }
}

function inspections(place) {
  const select = form.elements.inspection;
  const box = chosen(place)[0];
  if (!select || !box) return;
  const address = form.dataset.suggest.replace("WHAT", "inspection");
  fetch(`${address}?${new URLSearchParams({ q: box.value, authority: form.elements.authority.value })}`)
    .then((answer) => answer.json())
    .then(({ found }) => {
      const held = select.value;
      select.replaceChildren(select.options[0], ...found.map((one) => new Option(one.label, one.value)));
      select.value = found.some((one) => one.value === held) ? held : "";
      select.closest(".line").hidden = !found.length;
    })
    .catch(() => {}); // saving brings the same list
}

function take(place, input, one) {
  const chips = place.querySelector(".chips");
  if (chips) {
    addChip(place, one);
    input.value = "";
    if ("one" in chips.dataset) chips.querySelector("input").focus();
  } else {
    write(input, one.fills.respondent || one.label);
  }
  const cited = ["violated", "applied"].includes(place.dataset.line) && one.fills.law.label;
  for (const [name, value] of Object.entries(one.fills)) fill(name, value, cited);
  if (place.dataset.line === "establishment" || one.fills.establishment) inspections(line("establishment"));
  form.dispatchEvent(new CustomEvent("entry:chosen"));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function combobox(place) {
  const input = place.querySelector('input[type="text"]');
  const list = document.createElement("ul");
  const said = document.createElement("p");
  list.className = "suggestions";
  list.id = `${input.id}_list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", `${form.dataset.suggestions}: ${place.querySelector("label").textContent}`);
  said.className = "visually-hidden";
  said.setAttribute("aria-live", "polite");
  input.after(list);
  place.append(said);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
  })) {
    input.setAttribute(name, value);
  }
  let found = [];
  let at = -1;
  let waiting;
  let asked = 0;

  function close() {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(index) {
    at = index;
    [...list.children].forEach((item, place_) => item.setAttribute("aria-selected", String(place_ === index)));
    if (index >= 0) {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}_${index}`;
    item.setAttribute("role", "option");
    const name = document.createElement("strong");
    name.textContent = one.label;
    const detail = document.createElement("span");
    detail.className = "detail";
    detail.textContent = one.detail;
    item.append(name, detail);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(place, input, one);
      close();
    });
    return item;
  }

  async function ask() {
    const number = ++asked;
    const typed = input.value.trim();
    if (typed.length < (/[^\x00-\x7f]/.test(typed) || place.querySelector(".chips") ? 1 : 2)) return close();
    const elements = form.elements;
    const query = new URLSearchParams({
      q: typed,
      authority: elements.authority.value,
      domain: elements.domain.value,
      decided_on: elements.decided_on.value,
    });
    let answer;
    try {
      answer = await fetch(`${form.dataset.suggest.replace("WHAT", place.dataset.suggest)}?${query}`);
    } catch {
      return; // what is typed is looked up again when it is saved
    }
    if (!answer.ok || number !== asked || document.activeElement !== input) return;
    found = (await answer.json()).found;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    // A respondent may also be somebody who is not in the register: nothing is chosen by itself.
    point(found.length && place.querySelector(".chips") ? 0 : -1);
    said.textContent = found.length ? `${found.length} ${form.dataset.some}` : form.dataset.none;
  }

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    found = [];
    if (event.isTrusted) waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.key === "ArrowDown") point((at + 1) % found.length);
      else point(at > 0 ? at - 1 : found.length - 1);
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      take(place, input, found[at]);
      close();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
}

// -- where one thing is chosen, nothing more is asked until it is taken back

function settle(place) {
  const input = place.querySelector('input[type="text"]');
  const full = chosen(place).length > 0;
  place.querySelector(".pick-line").hidden = full;
  return full ? null : input;
}

form.querySelectorAll("[data-suggest]").forEach(combobox);
form.querySelectorAll(".chips[data-one]").forEach((chips) => {
  const place = chips.closest(".line");
  settle(place);
  new MutationObserver(() => settle(place)).observe(chips, { childList: true });
  chips.addEventListener("change", () => settle(place)?.focus());
});
