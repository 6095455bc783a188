// Draws the map of /map/ with Leaflet: marks from the server for whatever is in view, and the list beside follows.
// The library is most of the page's weight: a wide screen gets it when the page stands, a phone when it is asked to.
"use strict";

for (const place of document.querySelectorAll("[data-map]")) {
  const button = place.querySelector("[data-begin]");
  button.addEventListener("click", () => begin(place, button));
  const wide = matchMedia("(min-width: 60rem)").matches && !navigator.connection?.saveData;
  if (!wide) continue;
  const seen = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(begin, 0, place, button));
  });
  seen.observe(place);
}

async function begin(place, button) {
  const held = document.activeElement === button;
  button.disabled = true;
  try {
    await Promise.all([brought(style(place.dataset.libraryStyle)), brought(script(place.dataset.library))]);
  } catch {
    document.querySelector("[data-said]").textContent = place.dataset.failed;
    button.disabled = false;
    return;
  }
  place.querySelector(".map-sheet").replaceChildren();
  draw(place);
  if (held) place.querySelector(".map-sheet").focus({ preventScroll: true });
}

// The styles of the library stand before ours, which change them.
function style(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.querySelector("[data-map-style]").before(link);
  return link;
}

function script(src) {
  return document.head.appendChild(Object.assign(document.createElement("script"), { src }));
}

function brought(element) {
  return new Promise((done, failed) => {
    element.onload = done;
    element.onerror = failed;
  });
}

function draw(place) {
  const words = place.dataset;
  const list = document.querySelector("[data-places]");
  const said = document.querySelector("[data-said]");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const filters = new URLSearchParams(words.filters);
  const [west, south, east, north] = words.box.split(",").map(Number);
  const shown = new Map();
  let asked = null;
  let opened = null;

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
  L.control.scale({ maxWidth: 140 }).addTo(map);
  const paper = L.layerGroup().addTo(map);
  const dotted = L.canvas({ padding: 0.1 });
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
      _removeTile(key) {
        if (this._tiles[key]) L.GridLayer.prototype._removeTile.call(this, key);
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
      renewMarks(found.marks);
      outline(found.dots ?? [], found.names ?? []);
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

  function renewMarks(marks) {
    const wanted = new Map(marks.map((mark) => [[mark.at, mark.link ?? mark.count, map.getZoom()].join(), mark]));
    for (const [key, marker] of shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      shown.delete(key);
    }
    for (const [key, mark] of wanted) if (!shown.has(key)) shown.set(key, drawn(mark));
  }

  // What stands in for streets: dots where establishments are, and the names of authorities that have room.
  function outline(dots, names) {
    paper.clearLayers();
    const color = getComputedStyle(place).getPropertyValue("--line-strong");
    for (let at = 0; at < dots.length; at += 2) {
      const look = { renderer: dotted, radius: 1.5, stroke: false, fillColor: color, fillOpacity: 0.8 };
      L.circleMarker([dots[at], dots[at + 1]], { ...look, interactive: false }).addTo(paper);
    }
    const taken = [...shown.values()].map((mark) => ({ ...map.latLngToContainerPoint(mark.getLatLng()), wide: 110, high: 30 }));
    for (const { at, name } of names) {
      const { x, y } = map.latLngToContainerPoint(at);
      // Above or below what is there, or nowhere.
      const free = [0, 34, -34, 60, -60, 90, -90].map((by) => ({ x, y: y + by, wide: 190, high: 36 })).find(
        (here) => !taken.some((other) => Math.abs(other.x - here.x) < other.wide && Math.abs(other.y - here.y) < other.high),
      );
      if (!free) continue;
      taken.push(free);
      const text = document.createElement("span");
      text.className = "map-area";
      text.textContent = name;
      const icon = L.divIcon({ html: text, iconSize: null });
      const place = map.containerPointToLatLng([free.x, free.y]);
      L.marker(place, { icon, interactive: false, keyboard: false, zIndexOffset: -10000 }).addTo(paper);
    }
  }

  function drawn(mark) {
    const icon = L.divIcon({ html: mark.face, iconSize: null });
    const marker = L.marker(mark.at, { icon, autoPanOnFocus: false, riseOnHover: true }).addTo(map);
    const label = mark.link ? [mark.name, ...mark.grades].join(". ") : mark.said;
    marker.getElement().setAttribute("aria-label", label);
    if (mark.link) {
      marker.bindPopup(() => told(mark), { autoPanPaddingTopLeft: [64, 16], autoPanPaddingBottomRight: [16, 16] });
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
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew);
  map.on("moveend", renew);
  map.fitBounds([[south, west], [north, east]], { animate: false });
}
