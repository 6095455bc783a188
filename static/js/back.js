// A link to the list becomes one to the search that the reader came from, at the row that was opened.
"use strict";

for (const link of document.querySelectorAll("[data-back]")) {
  if (!document.referrer) continue;
  const from = new URL(document.referrer);
  const list = new URL(link.href);
  if (from.origin !== list.origin || from.pathname !== list.pathname || !from.search) continue;
  from.hash = link.dataset.row;
  link.href = from.href;
  link.textContent = link.dataset.back;
}
