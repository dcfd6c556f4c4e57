/* A map on which somebody points at a place: a tap or a click puts the pin, a button puts it in the
   middle, so that arrows and Enter are enough.  The point is a field of the form around the map,
   which remains the only thing that is sent; without this script one types it, or leaves it out.
   Which field, and what is shown first, comes with the map (see Picker in places/maps.py). */
(function () {
  "use strict";
  if (!window.placesMap) return;
  const { box, calm, CLOSE_UP, make, pin, whenNear } = placesMap.kit;
  const DECIMALS = 5; // about a metre
  const FROM_FAR = 15; // the zoom below which a tap is only a way to come closer, unless told
  const STEP = 3; // zooms that such a tap comes closer
  const TODAY = "dziś";

  placesMap.pick = function ({ map, frame, lay }, given) {
    const form = frame.closest("form");
    const find = (name) => form.querySelector(`[data-pick-${name}]`);
    const field = form.elements.namedItem(given.field);
    const accuracy = given.accuracy ? form.elements.namedItem(given.accuracy) : null;
    const near = given.near ?? FROM_FAR;
    const closeUp = Math.min(CLOSE_UP, near + 1);
    const says = find("says");
    const clear = find("clear");
    const here = find("here"); // not every form asks where one is
    let marker = null;

    const read = () => {
      const found = field.value.match(/^\s*(\d+[.,]\d+)\s*[,;\s]\s*(\d+[.,]\d+)\s*$/);
      return found && found.slice(1).map((one) => Number(one.replace(",", ".")));
    };

    function draw(point) {
      clear.hidden = !point;
      if (!point) {
        marker?.remove();
        marker = null;
      } else if (marker) marker.setLatLng(point);
      else {
        marker = L.marker(point, { icon: pin({ still: true }), interactive: false, keyboard: false });
        marker.addTo(map);
      }
    }

    function put(point, metres) {
      field.value = point ? point.map((one) => one.toFixed(DECIMALS)).join(", ") : "";
      if (accuracy) accuracy.value = point && metres ? Math.ceil(metres) : "";
      draw(point);
      says.textContent = !point ? says.dataset.gone : metres > 100 ? says.dataset.rough : says.dataset.put;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }

    const at = ({ lat, lng }) => [lat, lng];
    map.options.zoomSnap = 0.25; // so that an area fills the map on a small screen, too

    /* A tap, Enter or the button: from far away nobody can mean a point, so it comes closer first. */
    function aim(latlng) {
      const zoom = map.getZoom();
      if (zoom >= near) return put(at(latlng));
      map.setView(latlng, Math.min(zoom + STEP, near), { animate: !calm });
      says.textContent = says.dataset.closer ?? "";
    }

    map.on("click", ({ latlng }) => aim(latlng));
    frame.addEventListener("keydown", (event) => {
      // Enter on the map itself, not on one of its buttons.
      if (event.key !== "Enter" || event.target !== map.getContainer()) return;
      event.preventDefault();
      aim(map.getCenter());
    });
    const middle = make("button", "map-here pick-middle", "Postaw punkt na środku mapy");
    middle.type = "button";
    middle.addEventListener("click", () => aim(map.getCenter()));
    L.DomEvent.disableClickPropagation(middle);
    map.getContainer().append(make("span", "pick-cross"), middle);

    /* What one aims by: the border, the places that are there, and where the chosen one stands. */
    const chooser = given.chooser && form.elements.namedItem(given.chooser);
    let today = null;
    function furnish() {
      L.polygon(given.border ?? [], { className: "map-whole", interactive: false, fill: false }).addTo(map);
      for (const [, name, lat, lon, vague] of given.places ?? []) {
        const className = "map-place" + (vague ? " is-vague" : "");
        L.circleMarker([lat, lon], { radius: 6, className, bubblingMouseEvents: false })
          .bindTooltip(make("span", "", name), { className: "map-tip" })
          .addTo(map);
      }
    }
    function markToday() {
      const id = chooser && !chooser.disabled && chooser.value;
      const found = id && (given.places ?? []).find((one) => one[0] === id);
      today?.remove();
      today = found ? L.circleMarker([found[2], found[3]], {
        radius: 10, className: "map-today", interactive: false,
      }) : null;
      const label = { permanent: true, direction: "bottom", offset: [0, 8], className: "map-label" };
      today?.bindTooltip(make("span", "", TODAY), label).addTo(map);
    }

    /* What is shown before somebody chose what to look at; again when the map gets another size,
       which it does after it was folded. */
    let begun = false;
    let aimed = false;
    let ours = false;
    function look() {
      const point = given.point ?? read();
      ours = true;
      if (point) map.setView(point, closeUp, { animate: false });
      else if (today) map.setView(today.getLatLng(), near, { animate: false });
      else if (given.view) map.fitBounds(box(given.view), { animate: false, padding: [8, 8] });
      ours = false;
    }
    map.on("movestart zoomstart", () => { aimed ||= begun && !ours; });
    map.on("resize", () => { if (begun && !aimed) look(); });
    form.addEventListener("change", ({ target }) => {
      if (!begun || target === field) return;
      const before = today?.getLatLng();
      markToday();
      if (today && !marker && !(before && today.getLatLng().equals(before))) look();
    });

    clear.addEventListener("click", () => { put(null); (here ?? map.getContainer()).focus(); });
    field.addEventListener("change", () => {
      if (accuracy) accuracy.value = "";
      const point = read();
      draw(point);
      if (point) map.setView(point, closeUp, { animate: false });
    });
    here?.addEventListener("click", () => {
      says.textContent = says.dataset.ask;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const point = [coords.latitude, coords.longitude];
          map.setView(point, closeUp, { animate: false });
          put(point, coords.accuracy);
        },
        () => { says.textContent = says.dataset.refused; },
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
      );
    });
    if (here && !("geolocation" in navigator)) here.hidden = true;
    document.addEventListener("places:settlement", ({ detail }) => {
      if (!marker) map.setView(detail.point, detail.zoom ?? 13, { animate: false });
    });
    document.addEventListener("places:restored", () => field.dispatchEvent(new Event("change")));

    whenNear(frame, () => {
      map.invalidateSize({ pan: false });
      begun = true;
      furnish();
      markToday();
      look();
      draw(given.point ?? read());
      lay();
    });
  };
})();
