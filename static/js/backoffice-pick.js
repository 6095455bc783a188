// Suggests establishments while typing. Without it, the Find button lists the same ones.
const input = document.getElementById("pick");
const list = document.getElementById("pick-list");
const said = document.getElementById("pick-said");
let found = [];
let chosen = -1;
let waiting;
let asked = 0;

input.setAttribute("role", "combobox");
input.setAttribute("aria-controls", list.id);
input.setAttribute("aria-expanded", "false");
input.setAttribute("aria-autocomplete", "list");

function close() {
  list.hidden = true;
  chosen = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose(index) {
  chosen = index;
  [...list.children].forEach((item, position) => item.setAttribute("aria-selected", String(position === index)));
  if (index >= 0) {
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function option(one, index) {
  const item = document.createElement("li");
  item.id = `pick-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const name = document.createElement("strong");
  name.textContent = one.name;
  const detail = document.createElement("span");
  detail.className = "detail";
  detail.textContent = one.detail;
  item.append(name, detail);
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    location.assign(one.url);
  });
  return item;
}

async function ask() {
  const number = ++asked;
  const typed = input.value.trim();
  if (typed.length < 2) {
    close();
    return;
  }
  let answer;
  try {
    answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
  } catch {
    return; // the Find button says what is wrong
  }
  if (!answer.ok || number !== asked) return;
  found = (await answer.json()).found;
  list.replaceChildren(...found.map(option));
  list.hidden = !found.length;
  input.setAttribute("aria-expanded", String(found.length > 0));
  choose(found.length ? 0 : -1);
  said.textContent = found.length ? `${found.length} ${said.dataset.some}` : said.dataset.none;
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  found = [];
  waiting = setTimeout(ask, 120);
});

input.addEventListener("keydown", (event) => {
  if (event.isComposing || list.hidden) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    choose((chosen + step + found.length) % found.length);
  } else if (event.key === "Enter" && found[chosen]) {
    event.preventDefault();
    location.assign(found[chosen].url);
  } else if (event.key === "Escape") {
    event.preventDefault();
    close();
  }
});

input.addEventListener("blur", close);
if (input.value && !document.querySelector(".found")) ask();
