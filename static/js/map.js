// Draws the map of /map/ with Leaflet: marks from the server for whatever is in view, and the list beside follows.
"use strict";

for (const place of document.querySelectorAll("[data-map]")) {
  const words = place.dataset;
  const list = document.querySelector("[data-places]");
  const said = document.querySelector("[data-said]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const filters = new URLSearchParams(words.filters);
  const [west, south, east, north] = words.box.split(",").map(Number);
  const shown = new Map();
  let asked = null;
  let opened = null;

  place.hidden = false;
  const map = L.map(place.querySelector(".map-sheet"), {
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    maxZoom: 19,
    minZoom: 1,
    maxBounds: [[-85.05, -180], [85.05, 180]],
    maxBoundsViscosity: 1,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  L.control.scale().addTo(map);
  if (words.tiles) tiles().addTo(map);

  function tiles() {
    // Leaflet would empty a tile that is no longer wanted by a picture from a data: address, which no page may load.
    const Tiles = L.TileLayer.extend({
      _abortLoading() {
        for (const [key, { coords, el }] of Object.entries(this._tiles)) {
          if (coords.z === this._tileZoom || el.complete) continue;
          el.onload = el.onerror = null;
          el.remove();
          delete this._tiles[key];
        }
      },
    });
    return new Tiles(words.tiles, { maxZoom: 19, noWrap: true, referrerPolicy: "strict-origin" });
  }

  function view() {
    const bounds = map.getBounds();
    const corners = [
      Math.max(bounds.getWest(), -180), Math.max(bounds.getSouth(), -85.05),
      Math.min(bounds.getEast(), 180), Math.min(bounds.getNorth(), 85.05),
    ];
    const query = new URLSearchParams(filters);
    for (const name of ["page", "sort"]) query.delete(name);
    query.set("bbox", corners.map((corner) => corner.toFixed(5)).join(","));
    query.set("zoom", map.getZoom());
    return query;
  }

  async function renew() {
    asked?.abort();
    const mine = (asked = new AbortController());
    const query = view();
    try {
      const answer = await fetch(`${words.marks}?${query}`, { signal: mine.signal });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (mine !== asked) return;
      draw(found.marks);
      said.textContent = found.said;
      list.innerHTML = found.list;
      // Links of the list lead from the page, not from the address that the marks came from.
      window.history.replaceState(null, "", `${words.page}?${query}`);
      for (const link of document.querySelectorAll(".facets a[href^='?'], .chips a")) {
        const address = new URL(link.href);
        for (const name of ["bbox", "zoom"]) address.searchParams.set(name, query.get(name));
        link.href = address.search;
      }
    } catch (error) {
      if (error.name !== "AbortError") said.textContent = words.failed;
    }
  }

  function draw(marks) {
    const wanted = new Map(marks.map((mark) => [[mark.at, mark.link ?? mark.count, map.getZoom()].join(), mark]));
    for (const [key, marker] of shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      shown.delete(key);
    }
    for (const [key, mark] of wanted) if (!shown.has(key)) shown.set(key, drawn(mark));
  }

  function drawn(mark) {
    const icon = L.divIcon({ html: mark.face, iconSize: null });
    const marker = L.marker(mark.at, { icon, autoPanOnFocus: false, riseOnHover: true }).addTo(map);
    const label = mark.link ? [mark.name, ...mark.grades].join(". ") : mark.said;
    marker.getElement().setAttribute("aria-label", label);
    if (mark.link) {
      marker.bindPopup(() => told(mark), { autoPanPadding: [16, 16] });
      marker.on("popupopen", () => (opened = marker)).on("popupclose", () => (opened = null));
    }
    if (!mark.link) marker.on("click", () => closer(mark));
    return marker;
  }

  function closer({ box: [left, bottom, right, top] }) {
    if (map.getZoom() >= map.getMaxZoom()) {
      document.querySelector("#in-view").focus();
      return;
    }
    const zoom = map.getBoundsZoom([[bottom, left], [top, right]]);
    map.setView([(bottom + top) / 2, (left + right) / 2], Math.max(Math.min(zoom, map.getZoom() + 4), map.getZoom() + 1));
    map.getContainer().focus({ preventScroll: true });
  }

  function told(mark) {
    const text = document.createElement("div");
    const name = text.appendChild(document.createElement("p"));
    name.className = "map-name";
    const link = name.appendChild(document.createElement("a"));
    link.href = mark.link;
    link.textContent = mark.name;
    for (const line of [mark.address, ...mark.grades].filter(Boolean)) {
      text.appendChild(document.createElement("p")).textContent = line;
    }
    return text;
  }

  map.on("popupopen", ({ popup }) => {
    popup.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", words.close);
    popup.getElement().querySelector(".map-name a").focus({ preventScroll: true });
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened) return;
    const mark = opened.getElement();
    map.closePopup();
    mark?.focus({ preventScroll: true });
  });
  map.on("moveend", renew);
  map.fitBounds([[south, west], [north, east]], { animate: false });
}
