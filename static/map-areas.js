/* The map of coverage: areas by colour, people left out as hexagons with the number of the list; or
   new sites by number; or what a change does: hexagons of who loses and who gains, where the place
   was and would be.  Colours are classes of coverage.css; the same numbers stand in the tables of
   the page, and every word is set as text. */
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
  const WALK = 1200; // metres around a new site: who is reached from there, and what is there
  const LABEL = [84, 48]; // pixels that the word below a mark may need at its sides and under it
  const hovers = matchMedia("(any-hover: hover)").matches;

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
    let ours = false; // what moves the map is this script
    let look = () => {};
    map.options.zoomSnap = 0.25; // so that what is shown fills a small screen, too

    /* Words of a shape: under a mouse beside it, after a press in a card; never both at once. */
    function tell(layer, words, { page, leads, over = { sticky: true } } = {}) {
      if (hovers && over) {
        layer.bindTooltip(make("span", "", words), { ...over, className: "map-tip" });
        layer.on("popupopen", () => layer.closeTooltip());
        layer.on("tooltipopen", () => layer.isPopupOpen() && layer.closeTooltip());
      }
      const maxWidth = Math.min(300, map.getSize().x - 84);
      layer.bindPopup(card(words, page, leads), { maxWidth, autoPanPadding: [12, 12] });
    }

    function area(feature, layer) {
      const { said: words } = said(feature.id);
      if (!words || feature.properties.kind === "area") return;
      tell(layer, words, { page: given.pages[feature.id] });
    }

    function style(feature) {
      const { kind } = feature.properties;
      if (kind === "area") return { className: "map-whole", interactive: false };
      if (kind === "gap") return { className: "map-left-out", fillColor: "url(#wzor-gap)", fillOpacity: 1 };
      return { className: "map-area is-" + (said(feature.id).step || "none") };
    }

    /* A place that counts: full where it is known exactly, a ring where it may lie elsewhere. */
    function dot(name, point, vague) {
      const one = L.circleMarker(point, { radius: 6, className: "map-place" + (vague ? " is-vague" : "") });
      tell(one, name, { over: {} });
      return one;
    }

    function place({ properties: { name, doubt_m: doubt, sure } }, point) {
      return dot(name, point, doubt || !sure);
    }

    function mark(feature, number) {
      const { geometry, properties } = feature;
      const kind = geometry.type === "Point" ? "site" : "gap";
      const [lon, lat] = kind === "site" ? geometry.coordinates : [properties.lon, properties.lat];
      const { said: words } = said(feature.id);
      const order = { zIndexOffset: -10 * number }; // of two that touch the first is in front
      const one = L.marker([lat, lon], { icon: icon(number, kind), title: words, ...order });
      one.stays = kind === "site";
      tell(one, words, { page: given.pages[feature.id], leads: SAY.tryHere, over: null });
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
      tell(layer, words);
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
      tell(one, words, { over: null });
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

    /* New sites are looked at with what lies a walk around them, a change with all it touches. */
    function worth(areas, touched, nobody) {
      const sites = marks.filter((one) => one.stays).map((one) => one.getLatLng());
      if (sites.length)
        return sites.map((one) => one.toBounds(2 * WALK)).reduce((all, one) => all.extend(one));
      // Where nobody is touched one sees where the place is, seen from the area.
      if (touched) return nobody && areas.isValid() ? touched.extend(areas) : touched;
      const points = L.latLngBounds(marks.map((one) => one.getLatLng()));
      return areas.isValid() ? areas : points.isValid() ? points.pad(0.3) : points;
    }

    function draw(found) {
      note("places", "");
      map.invalidateSize({ pan: false });
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
      for (const [, name, lat, lon, vague] of given.places) dot(name, [lat, lon], vague).addTo(map);
      marks = shapes.filter(marked).map((one, n) => mark(one, n + 1));
      const change = every.filter(isChange);
      const touched = change.length ? drawChange(change) : null;
      const nobody = !change.some((one) => one.properties.kind === "cell");
      const bounds = worth(drawn.getBounds(), touched, nobody);
      const padding = touched ? LABEL : [12, 12];
      look = () => {
        if (aimed || !bounds.isValid()) return;
        ours = true;
        map.fitBounds(bounds, { animate: false, padding, maxZoom: CLOSE_UP });
        ours = false;
      };
      look();
      thin();
      lay();
    }

    /* Numbers that would lie on a greater gap's wait until one looks closer; the list has all. A
       site is an answer, and always there. */
    function thin() {
      frame.classList.toggle("is-close", map.getZoom() >= FADED_FROM);
      const taken = [];
      for (const one of marks) {
        const point = map.latLngToLayerPoint(one.getLatLng());
        const free = one.stays || taken.every((other) => other.distanceTo(point) >= APART);
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
    map.on("resize", () => look()); // a turned phone, or words below the map
    map.on("movestart zoomstart", () => { aimed ||= !ours; });
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
