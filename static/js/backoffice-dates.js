// A date that is half typed, or that no calendar has, would be sent as an empty one and be lost. It is said beside its
// field instead, and nothing is submitted until it is a day.
const form = document.getElementById("entry");

function isWrong(field) {
  const id = `${field.id}_day`;
  const told = document.getElementById(id);
  const wrong = !field.disabled && field.validity.badInput;
  if (wrong === Boolean(told)) return wrong;
  if (told) {
    told.remove();
  } else {
    const list = document.createElement("ul");
    const item = document.createElement("li");
    list.id = id;
    list.className = "errorlist";
    list.setAttribute("role", "alert");
    item.textContent = form.dataset.noDay;
    list.append(item);
    field.after(list);
  }
  field.setAttribute("aria-invalid", String(wrong));
  return wrong;
}

form.addEventListener("focusout", (event) => event.target.type === "date" && isWrong(event.target));
form.addEventListener(
  "submit",
  (event) => {
    const wrong = [...form.querySelectorAll('input[type="date"]')].filter(isWrong);
    if (!wrong.length || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong[0].focus();
  },
  true,
);
