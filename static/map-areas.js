/* The map of coverage: areas by colour, people left out as hexagons with the number of the list; or
   what a change does: hexagons of who loses and who gains, where the place was and would be.  Colours are classes of coverage.css; the same numbers stand in the tables of the page, and every
   word is set as text. */
(function () {
  "use strict";

  const { calm, circle, make, pin, ring, whenNear } = window.placesMap.kit;
  const SAY = {
    failed: "Nie udało się wczytać granic. Liczby w\u00a0tabelach są kompletne.",
    open: "Otwórz stronę obszaru",
    tryHere: "Policz nowe miejsce tutaj",
    gap: "Biała plama",
    site: "Nowe miejsce",
  };
  const CLOSE_UP = 14; // the zoom at which one gap is looked at
  const APART = 30; // pixels between two numbers
  const FADED_FROM = 13; // the zoom from which streets matter more than colours

  /* A numbered button on a gap, so that a keyboard and a screen reader reach it. */
  function icon(number, kind) {
    const inner = make("span", "", String(number));
    inner.setAttribute("aria-hidden", "true");
    return L.divIcon({ className: "map-gap is-" + kind, iconSize: [44, 44], html: inner });
  }

  function card(said, page, leads = SAY.open) {
    const content = make("div", "map-card");
    content.append(make("p", "map-card-said", said));
    if (page && /^\/(?![/\\])/.test(page)) {
      const link = make("a", "map-card-name", leads);
      link.href = page;
      content.append(link);
    }
    return content;
  }

  window.placesMap.areas = function (chart, given) {
    const { map, frame, note, lay } = chart;
    const said = (id) => given.said[id] || {};
    let marks = [];
    let aimed = false; // somebody chose what to look at, perhaps before there was anything to see

    function area(feature, layer) {
      const { said: words } = said(feature.id);
      if (!words || feature.properties.kind === "area") return;
      layer.bindTooltip(make("span", "", words), { sticky: true, className: "map-tip" });
      layer.bindPopup(card(words, given.pages[feature.id]));
    }

    function style(feature) {
      const { kind } = feature.properties;
      const name = kind === "gap" ? "map-left-out" : "map-area is-" + (said(feature.id).step || "none");
      return kind === "area" ? { className: "map-whole", interactive: false } : { className: name };
    }

    /* A place that counts: full where it is known exactly, a ring where it may lie elsewhere. */
    function place(feature, point) {
      const { name, doubt_m: doubt, sure } = feature.properties;
      const className = "map-place" + (doubt || !sure ? " is-vague" : "");
      const dot = L.circleMarker(point, { radius: 6, className });
      dot.bindTooltip(make("span", "", name), { className: "map-tip" });
      dot.bindPopup(card(name));
      return dot;
    }

    function mark(feature, number) {
      const { geometry, properties } = feature;
      const kind = geometry.type === "Point" ? "site" : "gap";
      const [lon, lat] = kind === "site" ? geometry.coordinates : [properties.lon, properties.lat];
      const { said: words } = said(feature.id);
      const one = L.marker([lat, lon], { icon: icon(number, kind), title: words });
      one.bindPopup(card(words, given.pages[feature.id], SAY.tryHere));
      one.on("add", () => {
        const element = one.getElement();
        element.setAttribute("role", "button");
        element.setAttribute("aria-label", SAY[kind] + " " + number + ": " + words);
      });
      return one;
    }

    /* Who loses and who gains: a class and a pattern of its own for each. */
    function cell(feature, layer) {
      const { said: words } = said(feature.id);
      if (!words) return;
      layer.bindTooltip(make("span", "", words), { sticky: true, className: "map-tip" });
      layer.bindPopup(card(words));
    }

    function cellStyle(feature) {
      const { step } = said(feature.id);
      return { className: "map-cell is-" + step, fillColor: "url(#wzor-" + step + ")", fillOpacity: 1 };
    }

    /* The place: a pin where it is known exactly, else a ring with the circle it may lie in. */
    function spot(feature, point) {
      const { said: words, label } = said(feature.id);
      const { doubt_m: doubt } = feature.properties;
      const icon = (doubt ? ring : pin)({ label: label + ": " + words, hint: label });
      const one = L.marker(point, { icon, keyboard: false });
      const below = { permanent: true, direction: "bottom", offset: [0, 2], className: "map-label" };
      one.bindTooltip(make("span", "", label), below);
      one.bindPopup(card(words));
      return doubt ? L.featureGroup([circle(point, doubt, "map-doubt"), one]) : one;
    }

    function drawChange(shapes) {
      const of = (...kinds) => shapes.filter((one) => kinds.includes(one.properties.kind));
      const cells = L.geoJSON(of("cell"), { style: cellStyle, onEachFeature: cell }).addTo(map);
      const way = { interactive: false, className: "map-leg", dashArray: "4 6" };
      L.geoJSON(of("way"), { style: way }).addTo(map);
      const spots = L.geoJSON(of("was", "would"), { pointToLayer: spot }).addTo(map);
      return cells.getBounds().extend(spots.getBounds());
    }

    function draw(found) {
      note("places", "");
      const every = found.features.filter((one) => one.geometry);
      const isChange = (one) => ["cell", "way", "was", "would"].includes(one.properties.kind);
      const shapes = every.filter((one) => !isChange(one));
      const isPlace = (one) => one.properties.kind === "place";
      const marked = (one) =>
        !isPlace(one) && (one.properties.kind === "gap" || one.geometry.type === "Point");
      const areas = shapes.filter((one) => !marked(one) && !isPlace(one));
      const gaps = shapes.filter((one) => one.properties.kind === "gap");
      const drawn = L.geoJSON(areas, { style, onEachFeature: area }).addTo(map);
      L.geoJSON(gaps, { style, interactive: false }).addTo(map);
      L.geoJSON(shapes.filter(isPlace), { pointToLayer: place }).addTo(map);
      marks = shapes.filter(marked).map((one, n) => mark(one, n + 1));
      const points = L.latLngBounds(marks.map((one) => one.getLatLng()));
      const change = every.filter(isChange);
      const touched = change.length ? drawChange(change) : null;
      const nobody = !change.some((one) => one.properties.kind === "cell");
      const wide = points.isValid() ? points.pad(0.3) : points;
      const around = areas.length ? drawn.getBounds() : wide;
      // Where nobody is touched one sees where the place is, seen from the area.
      const bounds = !touched ? around : nobody ? touched.extend(around) : touched;
      map.invalidateSize({ pan: false });
      if (bounds.isValid() && !aimed)
        map.fitBounds(bounds, { animate: false, padding: [12, 12], maxZoom: CLOSE_UP });
      thin();
      lay();
    }

    /* Numbers that would lie on a greater gap's wait until one looks closer; the list has all. */
    function thin() {
      frame.classList.toggle("is-close", map.getZoom() >= FADED_FROM);
      const taken = [];
      for (const one of marks) {
        const point = map.latLngToLayerPoint(one.getLatLng());
        const free = taken.every((other) => other.distanceTo(point) >= APART);
        if (free) taken.push(point);
        if (free !== map.hasLayer(one)) free ? one.addTo(map) : one.remove();
      }
    }

    async function load() {
      try {
        const answer = await fetch(given.data);
        if (answer.status !== 200) throw new Error(answer.status);
        draw(await answer.json());
      } catch (error) {
        note("places", SAY.failed, load);
        lay();
      }
    }

    map.on("zoomend", thin);
    // Until the data is here, all that moves the map is somebody looking around.
    map.once("zoomstart dragstart", () => { aimed = true; });
    frame.addEventListener("keydown", ({ key }) => { aimed ||= key.startsWith("Arrow"); });
    const begin = whenNear(frame, load);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-centre]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      aimed = true;
      begin();
      frame.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
      map.setView(link.dataset.centre.split(",").map(Number), CLOSE_UP, { animate: false });
      map.getContainer().focus({ preventScroll: true });
    });
  };
})();
