/* The map of all that a query finds: one clustered layer, fed from the API as the map moves.
   The list stands beside it; the two show each other's choice (places:show, places:chosen). */
(function () {
  "use strict";

  const { SAY, bubble, box, calm, circle, counted, doubt, CLOSE_UP, make, pin, ring, whenNear } =
    window.placesMap.kit;
  const CIRCLES_FROM = 10; // the zoom from which circles of uncertainty are drawn
  const SMALLEST_CIRCLE = 16; // pixels: a smaller one would hide behind its own mark
  const still = { preventScroll: true };

  const written = (bounds) =>
    [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
      .map((degrees) => +degrees.toFixed(5))
      .join(",");

  /* The part of the view where there can be anything to show; null far out at sea. */
  function within(limits, view) {
    const west = Math.max(limits.getWest(), view.getWest());
    const south = Math.max(limits.getSouth(), view.getSouth());
    const east = Math.min(limits.getEast(), view.getEast());
    const north = Math.min(limits.getNorth(), view.getNorth());
    return west < east && south < north ? box([west, south, east, north]) : null;
  }

  /* All that an answer of the API covers, whether places or cells of many. */
  function extent(features) {
    const all = L.latLngBounds([]);
    for (const { geometry, properties } of features) {
      if (properties.bounds) all.extend(box(properties.bounds));
      else all.extend([geometry.coordinates[1], geometry.coordinates[0]]);
    }
    return all;
  }

  /* Asks the API: once for everything, and where that is too much again for what is in view. */
  function asking(map, frame, given, { drawn, failed, settled }) {
    const limits = box(given.limits);
    let covered = null; // what is shown holds for: { bounds, zoom }, null for any
    let request = null; // the one under way

    async function load(view) {
      if (request) request.abort();
      const mine = (request = new AbortController());
      const zoom = map.getZoom();
      const url = new URL(given.data, location.href);
      url.searchParams.set("zoom", zoom);
      if (view) url.searchParams.set("view", written(view));
      frame.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(url, { signal: mine.signal });
        if (!answer.ok) throw new Error(answer.status);
        const found = await answer.json();
        covered = found.grouped ? { bounds: view, zoom } : { bounds: null, zoom: null };
        drawn(found, !view);
      } catch (error) {
        if (mine.signal.aborted) return;
        failed(() => load(view));
      }
      if (mine !== request) return;
      request = null;
      frame.removeAttribute("aria-busy");
      refresh();
      settled();
    }

    function refresh() {
      const view = within(limits, map.getBounds());
      if (!covered || !view) return;
      const moved = covered.bounds && !covered.bounds.contains(view);
      const zoomed = covered.zoom !== null && covered.zoom !== map.getZoom();
      // A little more than is seen, so that a small move asks for nothing.
      if (moved || zoomed) load(within(limits, map.getBounds().pad(0.25)));
    }

    return { load, refresh, limits, busy: () => request !== null };
  }

  /* A marker for a feature of the API: a cell of many, a pin, or a ring where it is approximate. */
  function marker(feature, types) {
    const [lon, lat] = feature.geometry.coordinates;
    const about = feature.properties;
    if (about.count > 1) return L.marker([lat, lon], { icon: bubble(about.count), ...about });
    const kind = types[about.type] || "";
    const label = [about.name, kind, about.city].filter(Boolean).join(", ");
    const looks = { label, hint: about.name };
    const one = L.marker([lat, lon], { icon: about.pinned ? pin(looks) : ring(looks), count: 1 });
    one.place = { ...about, kind, id: feature.id, point: [lat, lon] };
    return one;
  }

  function clusters() {
    return L.markerClusterGroup({
      animate: false,
      maxClusterRadius: 56,
      showCoverageOnHover: false,
      spiderfyDistanceMultiplier: 1.7, // so that two marks of 44 px do not overlap
      spiderLegPolylineOptions: { className: "map-leg", weight: 1.5 },
      iconCreateFunction: (cluster) =>
        bubble(cluster.getAllChildMarkers().reduce((sum, one) => sum + one.options.count, 0)),
    });
  }

  function card(place) {
    const content = make("div", "map-card");
    const name = make("a", "map-card-name", place.name);
    // Our own pages only, whatever the data says.
    if (/^\/(?![/\\])/.test(place.url)) name.href = place.url;
    content.append(name);
    const about = [place.kind, place.city].filter(Boolean).join(" · ");
    if (about) content.append(make("p", "", about));
    if (!place.pinned) content.append(make("p", "map-card-doubt", doubt(place)));
    return content;
  }

  /* "Search in this area": the page's own search, with the map's view for its place. */
  function searchHere(map, frame, given, limits) {
    const again = make("button", "map-here", SAY.here);
    again.type = "button";
    again.hidden = true;
    again.addEventListener("click", () => {
      const url = new URL(given.search, location.href);
      // The new place to look in is this one, not around the old centre.
      for (const name of ["near", "radius", "page"]) url.searchParams.delete(name);
      url.searchParams.set("bbox", written(within(limits, map.getBounds()) || limits));
      location.assign(url);
    });
    frame.append(again);
    return () => (again.hidden = false);
  }

  placesMap.many = function ({ map, frame, types, note, lay }, given) {
    const status = make("p", "map-status");
    status.setAttribute("role", "status");
    frame.append(status);
    const marks = new Map(); // id → marker
    const group = clusters().addTo(map);
    const circles = L.layerGroup().addTo(map);
    const popup = L.popup({
      minWidth: 180,
      autoPanPaddingTopLeft: [12, 68], // below the button over the map
      autoPanPaddingBottomRight: [12, 12],
    });
    let chosen = null; // the id of the place whose popup is open
    let wanted = null; // the place somebody asked to see, until it is loaded
    let placed = false; // the first view is settled
    let ours = false; // this move is the program's, not the person's

    const api = asking(map, frame, given, { drawn: draw, failed, settled: reveal });
    const offerSearch = searchHere(map, frame, given, api.limits);
    const begin = whenNear(frame, start);

    function go(move) {
      ours = true;
      move();
      ours = false;
    }

    function start() {
      map.invalidateSize({ pan: false });
      // A hair less, or rounding would show the area of a search from one zoom farther.
      if (given.view) settle(box(given.view).pad(-0.03), { padding: [0, 0], maxZoom: 19 });
      if (given.centre) {
        const area = circle(given.centre, given.radius || 1000, "map-near").addTo(map);
        L.circleMarker(given.centre, { radius: 8, interactive: false, className: "map-me" }).addTo(map);
        settle(area.getBounds());
      }
      api.load(null);
    }

    /* The first view, once; only then the background, so that no tile is loaded in vain. */
    function settle(bounds, options) {
      if (placed) return;
      placed = true;
      const around = { animate: false, maxZoom: CLOSE_UP, padding: [28, 28], ...options };
      if (bounds.isValid()) go(() => map.fitBounds(bounds, around));
      lay();
    }

    function failed(retry) {
      settle(L.latLngBounds([]));
      note("places", SAY.noPlaces, retry);
    }

    function draw(found, first) {
      note("places", "");
      const held = document.activeElement.closest(".map .leaflet-marker-pane > *");
      const heldId = held && [...marks].find(([, one]) => one.getElement() === held)?.[0];
      marks.clear();
      group.clearLayers();
      const markers = found.features.map((feature) => marker(feature, types));
      for (const one of markers.filter((one) => one.place)) {
        marks.set(one.place.id, one);
        one.on("add", () => one.getElement().classList.toggle("is-chosen", chosen === one.place.id));
      }
      group.addLayers(markers);
      if (held) (marks.get(heldId)?.getElement() || map.getContainer()).focus(still);
      if (first) {
        tell(found);
        settle(extent(found.features));
      }
      encircle();
    }

    function tell(found) {
      const many = found.total - found.off_map;
      status.textContent = many > 0 ? SAY.onMap + " " + counted(many) + "." : SAY.none;
      if (found.off_map) status.textContent += " " + SAY.offMap + " " + counted(found.off_map) + ".";
    }

    /* Honest circles of the approximate places that stand alone, and of the chosen one. */
    function encircle() {
      circles.clearLayers();
      const metresOfPixel =
        (40075016 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 256 / 2 ** map.getZoom();
      const smallest = map.getZoom() < CIRCLES_FROM ? Infinity : SMALLEST_CIRCLE * metresOfPixel;
      const view = map.getBounds();
      for (const [id, one] of marks) {
        const { pinned, point, uncertainty_m: metres } = one.place;
        if (pinned) continue;
        const alone = () => view.contains(point) && group.getVisibleParent(one) === one;
        if (id === chosen) circle(point, metres, "map-doubt is-chosen").addTo(circles);
        else if (metres > smallest && alone()) circle(point, metres, "map-doubt").addTo(circles);
      }
    }

    function choose(one) {
      marks.get(chosen)?.getElement()?.classList.remove("is-chosen");
      chosen = one.place.id;
      one.getElement()?.classList.add("is-chosen");
      popup.options.maxWidth = Math.min(280, map.getSize().x - 90);
      popup.options.offset = L.point(0, one.place.pinned ? -28 : -6);
      popup.setLatLng(one.getLatLng()).setContent(card(one.place));
      map.openPopup(popup);
      const opened = popup.getElement();
      opened.setAttribute("role", "dialog");
      opened.setAttribute("aria-label", one.place.name);
      opened.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", SAY.close);
      encircle();
      opened.querySelector(".map-card-name").focus(still);
    }

    function unchoose() {
      const mark = marks.get(chosen)?.getElement();
      chosen = null;
      encircle();
      if (!mark) return;
      mark.classList.remove("is-chosen");
      const held = document.activeElement;
      if (held === document.body || popup.getElement()?.contains(held)) mark.focus(still);
    }

    function open(one) {
      const bounds = box(one.options.bounds);
      const animate = { animate: !calm };
      if (map.getBoundsZoom(bounds) > map.getZoom()) map.fitBounds(bounds, animate);
      else map.setView(one.getLatLng(), map.getZoom() + 2, animate);
    }

    /* Brings a place into view; places of one and the same point fan out. */
    function bring(one) {
      const { pinned, point, uncertainty_m: metres } = one.place;
      const near = { animate: false, maxZoom: CLOSE_UP };
      go(() => {
        if (pinned) map.setView(point, Math.max(map.getZoom(), CLOSE_UP), near);
        else map.fitBounds(L.latLng(point).toBounds(2 * metres), near);
      });
      const shown = group.getVisibleParent(one);
      if (shown && shown !== one) shown.spiderfy();
    }

    /* Shows the wanted place as soon as it is there; a place in a cell is first looked for closer. */
    function reveal() {
      if (!wanted || api.busy()) return;
      const { id, point } = wanted;
      const one = marks.get(id);
      wanted = one || !point ? null : { id };
      if (one) {
        bring(one);
        choose(one);
      } else if (point) {
        go(() => map.setView(point, CLOSE_UP + 1, { animate: false }));
        reveal();
      } else {
        status.textContent = SAY.notHere;
      }
    }

    group.on("click", ({ layer }) => {
      if (!layer.place) return open(layer);
      choose(layer);
      document.dispatchEvent(new CustomEvent("places:chosen", { detail: { id: layer.place.id } }));
    });
    // A bubble that was opened is gone, and the focus with it.
    group.on("click clusterclick", ({ layer, originalEvent }) => {
      if (!layer.place && originalEvent.detail === 0) map.getContainer().focus(still);
    });
    map.on("popupclose", unchoose);
    map.on("moveend", () => {
      if (placed) api.refresh();
      encircle();
    });
    map.on("dragend zoomend", () => placed && !ours && offerSearch());
    frame.addEventListener("keydown", ({ key, target }) => {
      if (key === "Escape" && map.hasLayer(popup)) map.closePopup(popup);
      if (key.startsWith("Arrow") && target === map.getContainer()) offerSearch();
    });
    document.addEventListener("places:show", ({ detail: { id } }) => {
      const point = document.getElementById("miejsce-" + id)?.dataset.point;
      wanted = { id, point: point && point.split(",").map(Number) };
      frame.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
      begin();
      reveal();
    });
  };
})();
