// Two conveniences that no page needs: "/" goes to the search field, and a button asks the browser for its place.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  // The first one of the page itself, before the one in the header.
  const fields = ["main input[type=search]", "input[type=search]"].flatMap((where) => [...document.querySelectorAll(where)]);
  const field = fields.find((candidate) => candidate.offsetParent !== null);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

for (const place of document.querySelectorAll("[data-near-me]")) {
  place.hidden = !("geolocation" in navigator);
  const words = place.querySelector("[role=status]");
  place.querySelector("button").addEventListener("click", () => {
    words.textContent = place.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        // Three decimals are some hundred metres: enough to walk, too coarse to tell a flat.
        const near = `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`;
        const address = new URL(place.dataset.nearMe, window.location.href);
        address.searchParams.set("near", near);
        window.location.assign(address.href);
      },
      () => {
        words.textContent = place.dataset.refused;
      },
      { timeout: 10000, maximumAge: 300000 },
    );
  });
}
