/* What every folium map here has: words, marks, background, manners; and the map of one place.
   The map of many is in map-places.js.  folium's script (see places/maps.py) calls placesMap.
   Every word of a place reaches the page as textContent or as an attribute, never as HTML. */
(function () {
  "use strict";

  const SAY = {
    map: "Mapa. Strzałki przesuwają, plus i\u00a0minus zmieniają powiększenie.",
    closer: "Przybliż",
    farther: "Oddal",
    close: "Zamknij",
    zoomIn: "powiększ",
    places: { one: "miejsce", few: "miejsca", many: "miejsc", other: "miejsca" },
    onMap: "Na mapie:",
    loading: "Wczytuję miejsca…",
    none: "Na mapie nie ma żadnego miejsca.",
    offMap: "Położenie zbyt niedokładne na mapę, tylko na liście:",
    here: "Szukaj w\u00a0tym obszarze",
    fingers: "Mapę przesuwaj dwoma palcami",
    wheel: "Kliknij mapę albo przytrzymaj Ctrl, żeby przybliżać kółkiem",
    approximate: "Położenie przybliżone",
    knownAs: {
      neighbourhood: "znamy tylko osiedle",
      district: "znamy tylko dzielnicę",
      locality: "znamy tylko miejscowość",
      gmina: "znamy tylko gminę",
    },
    within: "Miejsce leży najpewniej nie dalej niż",
    fromHere: "stąd.",
    noTiles: "Podkład mapy się nie wczytał.",
    plain: "Mapa bez podkładu.",
    stillThere: "Miejsca są na swoich położeniach, a\u00a0pełna lista jest na tej stronie.",
    stillKnown: "Adres i\u00a0wskazówki są na tej stronie.",
    stillInTables: "Te same liczby są w\u00a0tabelach na tej stronie.",
    stillTyped: "Punkt można też wpisać.",
    noPlaces: "Nie udało się wczytać miejsc na mapę. Lista działa bez zmian.",
    again: "Spróbuj ponownie",
    notHere: "Tego miejsca nie ma na mapie.",
  };

  const CLOSE_UP = 16; // the zoom at which one place is looked at
  const TILE_PATIENCE = 8000; // ms without one tile, after which the person is told
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const plural = new Intl.PluralRules("pl");
  const number = new Intl.NumberFormat("pl", { useGrouping: "min2" });

  const counted = (n) => number.format(n) + "\u00a0" + SAY.places[plural.select(n)];
  const distance = (m) =>
    m < 1000 ? m + "\u00a0m" : number.format(Math.round(m / 100) / 10) + "\u00a0km";
  const box = (bounds) => L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  /* A real button, so that Tab, Enter, Space and a screen reader need no help from us. */
  const ButtonIcon = L.Icon.extend({
    options: { iconSize: [44, 44], iconAnchor: [22, 22] },
    createIcon() {
      const { label, text, hint, still } = this.options;
      const button = make(still ? "span" : "button", "", text || "");
      if (!still) {
        button.type = "button";
        button.setAttribute("aria-label", label);
        if (hint) button.title = hint;
      }
      this._setIconStyles(button, "icon");
      return button;
    },
    createShadow: () => null,
  });

  const pin = (options) =>
    new ButtonIcon({ className: "map-pin", iconAnchor: [22, 40], ...options });
  const ring = (options) => new ButtonIcon({ className: "map-ring", ...options });

  function bubble(count) {
    const size = count < 10 ? 44 : count < 100 ? 50 : 58;
    const short = count < 10000 ? number.format(count) : Math.round(count / 1000) + "\u00a0tys.";
    return new ButtonIcon({
      className: "map-bubble",
      iconSize: [size, size],
      iconAnchor: [size / 2, size / 2],
      text: short,
      label: counted(count) + ", " + SAY.zoomIn,
    });
  }

  /* What every map here has, whatever it shows. */
  function furnish(map, frame, tiles) {
    const container = map.getContainer();
    container.setAttribute("role", "group");
    container.setAttribute("aria-label", SAY.map);
    const notice = frame.querySelector(".map-notice");
    notice.textContent = "";
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false }).addTo(map);
    L.control
      .zoom({ position: "bottomright", zoomInTitle: SAY.closer, zoomOutTitle: SAY.farther })
      .addTo(map);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(container);
    gestures(map, frame);
    const notes = {};
    function note(kind, text, action) {
      if (notes[kind]) notes[kind].remove();
      delete notes[kind];
      if (!text) return;
      notes[kind] = make("p", "", text);
      if (action) {
        const button = make("button", "map-again", SAY.again);
        button.type = "button";
        button.addEventListener("click", action);
        notes[kind].append(" ", button);
      }
      notice.append(notes[kind]);
    }
    return { note, lay: () => lay(map, frame, tiles, note) };
  }

  /* The page must stay scrollable over the map: one finger and a bare wheel belong to the page. */
  function gestures(map, frame) {
    const hint = make("div", "map-hint");
    hint.setAttribute("aria-hidden", "true");
    frame.append(hint);
    let timer = 0;
    function show(text) {
      hint.textContent = text;
      hint.classList.add("is-shown");
      clearTimeout(timer);
      timer = setTimeout(() => hint.classList.remove("is-shown"), 1400);
    }
    let entered = false;
    const touch = navigator.maxTouchPoints > 0;
    if (touch) map.dragging.disable();
    const passive = { capture: true, passive: true };
    frame.addEventListener(
      "pointerdown",
      (event) => {
        entered = event.pointerType === "mouse";
        if (touch) entered ? map.dragging.enable() : map.dragging.disable();
      },
      passive,
    );
    frame.addEventListener("pointerleave", () => (entered = false));
    frame.addEventListener(
      "touchmove",
      (event) => event.touches.length === 1 && show(SAY.fingers),
      passive,
    );
    frame.addEventListener(
      "wheel",
      (event) => {
        const ours = entered || event.ctrlKey || event.metaKey;
        map.scrollWheelZoom[ours ? "enable" : "disable"]();
        if (!ours) show(SAY.wheel);
      },
      passive,
    );
  }

  /* The background, or a sheet of squared paper and a plain word where it cannot be had. */
  function lay(map, frame, tiles, note) {
    const Paper = L.GridLayer.extend({ createTile: () => make("div", "map-paper") });
    const paper = new Paper({ tileSize: 128 });
    function bare(text) {
      frame.classList.add("is-bare");
      paper.addTo(map);
      const kind = ["place", "pick", "areas"].find((name) => frame.classList.contains("map-" + name));
      const words = { place: SAY.stillKnown, pick: SAY.stillTyped, areas: SAY.stillInTables };
      const still = words[kind] ?? SAY.stillThere;
      note("tiles", text + " " + still);
    }
    if (!tiles) return bare(SAY.plain);
    let failed = 0;
    let loaded = 0;
    const timer = setTimeout(() => loaded || bare(SAY.noTiles), TILE_PATIENCE);
    tiles.on("tileerror", () => {
      failed += 1;
      if (failed === 3 && !loaded) bare(SAY.noTiles);
    });
    tiles.on("tileload", () => {
      loaded += 1;
      if (loaded > 1) return;
      clearTimeout(timer);
      frame.classList.remove("is-bare");
      paper.remove();
      note("tiles", "");
    });
    tiles.addTo(map);
  }

  /* Not before it is nearly in sight: a phone shows the list first and may never get here. */
  function whenNear(frame, start) {
    let begun = false;
    const begin = () => {
      if (begun) return;
      begun = true;
      watch.disconnect();
      start();
    };
    const watch = new IntersectionObserver(
      (seen) => seen.some((one) => one.isIntersecting) && begin(),
      { rootMargin: "300px" },
    );
    watch.observe(frame);
    return begin;
  }

  function circle(point, metres, className) {
    return L.circle(point, { radius: metres, interactive: false, className });
  }

  function doubt(place) {
    const what = SAY.knownAs[place.precision];
    const start = SAY.approximate + (what ? ": " + what : "") + ". ";
    return start + SAY.within + " " + distance(place.uncertainty_m) + " " + SAY.fromHere;
  }

  function onePlace({ map, frame, lay }, place) {
    whenNear(frame, () => {
      const still = { still: true };
      map.invalidateSize({ pan: false });
      map.setView(place.point, CLOSE_UP, { animate: false });
      if (!place.pinned) {
        const around = circle(place.point, place.uncertainty_m, "map-doubt is-chosen").addTo(map);
        map.fitBounds(around.getBounds(), { animate: false, maxZoom: CLOSE_UP });
      }
      L.marker(place.point, {
        icon: place.pinned ? pin(still) : ring(still),
        interactive: false,
        keyboard: false,
      }).addTo(map);
      lay();
    });
  }

  /* Where a place was and where it would be: the labels stay open, a line joins the two. */
  function fewMarks({ map, frame, lay }, marks) {
    whenNear(frame, () => {
      const points = marks.map((one) => one.point);
      map.invalidateSize({ pan: false });
      map.fitBounds(L.latLngBounds(points), { animate: false, maxZoom: CLOSE_UP, padding: [56, 56] });
      L.polyline(points, { interactive: false, className: "map-leg", dashArray: "4 6" }).addTo(map);
      for (const one of marks) {
        const still = { still: true };
        const icon = one.pinned ? pin(still) : ring(still);
        const tip = { permanent: true, direction: "right", offset: [14, 0], className: "map-label" };
        L.marker(one.point, { icon, interactive: false, keyboard: false })
          .addTo(map)
          .bindTooltip(make("span", "", one.label), tip);
      }
      lay();
    });
  }

  window.placesMap = function (map, tiles, types) {
    const frame = map.getContainer().closest(".map");
    const given = JSON.parse(frame.dataset.map);
    // A part that did not arrive: the words that stand in the frame stay there.
    const draws = {
      place: onePlace,
      marks: fewMarks,
      pick: placesMap.pick,
      areas: placesMap.areas,
    };
    const kind = Object.keys(draws).find((name) => name in given);
    if (!(kind ? draws[kind] : placesMap.many)) return;
    frame.classList.add("is-ready");
    const chart = { map, frame, types, ...furnish(map, frame, tiles) };
    if (kind) draws[kind](chart, given[kind]);
    else placesMap.many(chart, given);
  };
  placesMap.kit = { SAY, bubble, box, calm, circle, counted, doubt, CLOSE_UP, make, pin, ring, whenNear };
})();
