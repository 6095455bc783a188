// Suggests what can be chosen while somebody types. Without it, the Find buttons list the same.
import { combobox } from "./backoffice-combobox.js";

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

function suggesting(place) {
  const input = place.querySelector('input[type="text"]');
  const picker = place.querySelector(".chips") !== null;
  const { suggestions, none, some, busy } = form.dataset;
  combobox(input, {
    address: (typed) => {
      const least = picker || /[^\x00-\x7f]/.test(typed) ? 1 : 2;
      if (typed.length < least) return "";
      const { authority, domain, decided_on } = form.elements;
      const query = { q: typed, authority: authority.value, domain: domain.value, decided_on: decided_on.value };
      return `${form.dataset.suggest.replace("WHAT", place.dataset.suggest)}?${new URLSearchParams(query)}`;
    },
    choose: (one) => take(place, input, one),
    words: { name: `${suggestions}: ${place.querySelector("label").textContent}`, none, some, busy },
    // A respondent may also be somebody who is not in the register: nothing is chosen by itself.
    first: picker,
  });
}

// -- where one thing is chosen, nothing more is asked until it is taken back

function settle(place) {
  const input = place.querySelector('input[type="text"]');
  const full = chosen(place).length > 0;
  place.querySelector(".pick-line").hidden = full;
  return full ? null : input;
}

form.querySelectorAll("[data-suggest]").forEach(suggesting);
form.querySelectorAll(".chips[data-one]").forEach((chips) => {
  const place = chips.closest(".line");
  settle(place);
  new MutationObserver(() => settle(place)).observe(chips, { childList: true });
  chips.addEventListener("change", () => settle(place)?.focus());
});
