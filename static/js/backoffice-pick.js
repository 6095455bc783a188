// Suggests establishments while typing. Without it, the Find button lists the same ones.
import { combobox } from "./backoffice-combobox.js";

const input = document.getElementById("pick");
const { suggest, suggestions, none, some, busy } = input.dataset;

const box = combobox(input, {
  address: (typed) => (typed.length < 2 ? "" : `${suggest}?${new URLSearchParams({ q: typed })}`),
  choose: (one) => location.assign(one.url),
  words: { name: suggestions, none, some, busy },
});
if (input.value && !document.querySelector(".found")) box.ask();
