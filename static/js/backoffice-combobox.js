// A field that suggests while somebody types: the combobox pattern, for every field of the desk that looks things up.
//
//   combobox(input, { address, choose, words, first })
//
// `address(typed)` is where to ask, "" for not yet; the answer is {found: [{label, detail, …}]}. `choose(one)` takes
// one. `words` are {name, none, some, busy}. `first`: the first suggestion is pointed at, so that Enter takes it.
const PAUSE = 90;
const SLOW = 400;
const KEPT = 60;

export function combobox(input, { address, choose, words, first = true }) {
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const answers = new Map();
  let found = [];
  let at = -1;
  let waiting;
  let asking;

  list.className = "suggestions";
  list.id = `${input.id}_list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.name);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  const pattern = {
    role: "combobox",
    "aria-controls": list.id,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-haspopup": "listbox",
    autocomplete: "off",
  };
  for (const [name, value] of Object.entries(pattern)) input.setAttribute(name, value);

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    list.removeAttribute("aria-busy");
    said.className = "visually-hidden";
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(index) {
    at = index;
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((item, place) => item.setAttribute("aria-selected", String(place === index)));
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", options[index].id);
    options[index].scrollIntoView({ block: "nearest" });
  }

  function take(one) {
    close();
    choose(one);
  }

  function option(one, index) {
    const item = document.createElement("li");
    item.id = `${list.id}_${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("strong");
    name.textContent = one.label;
    const detail = document.createElement("span");
    detail.className = "detail";
    detail.textContent = one.detail;
    item.append(name, detail);
    // Not click: by then the field has lost the focus and the list is closed.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(one);
    });
    return item;
  }

  function show(answer) {
    found = answer;
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    list.removeAttribute("aria-busy");
    input.setAttribute("aria-expanded", String(found.length > 0));
    point(found.length && first ? 0 : -1);
    said.textContent = found.length ? words.some.replace("{n}", found.length) : words.none;
    said.className = found.length ? "visually-hidden" : "suggestions nothing";
  }

  async function ask() {
    asking?.abort();
    const where = address(input.value.trim());
    if (!where) return close();
    if (answers.has(where)) return show(answers.get(where));
    const mine = (asking = new AbortController());
    const slow = setTimeout(() => (said.textContent = words.busy), SLOW);
    try {
      const answer = await fetch(where, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      const suggested = (await answer.json()).found;
      if (answers.size >= KEPT) answers.clear();
      answers.set(where, suggested);
      if (mine === asking && document.activeElement === input) show(suggested);
    } catch {
      // What is typed is looked up again when it is sent; what is listed is no answer to it.
      if (mine === asking) close();
    } finally {
      clearTimeout(slow);
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // What is listed, and what is on its way, answers what was typed before: Enter must not take it.
    asking?.abort();
    asking = null;
    found = [];
    if (!event.isTrusted) return;
    list.setAttribute("aria-busy", "true");
    waiting = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === "ArrowDown" && !open && input.value.trim()) {
      event.preventDefault();
      ask();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open && found.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      point(at < 0 && step < 0 ? found.length - 1 : (at + step + found.length) % found.length);
    } else if (event.key === "Enter" && open && found[at]) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  return { ask, close };
}
