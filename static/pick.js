/* A map on which somebody points at a place: a tap or a click puts the pin, a button puts it in the
   middle, so that arrows and Enter are enough.  The point is a field of the form around the map,
   which remains the only thing that is sent; without this script one types it, or leaves it out.
   Which field, and what is shown first, comes with the map (see Picker in places/maps.py). */
(function () {
  "use strict";
  if (!window.placesMap) return;
  const { box, CLOSE_UP, pin, whenNear } = placesMap.kit;
  const DECIMALS = 5; // about a metre
  const FROM_FAR = 15; // the zoom below which a tap is only a way to come closer, unless told

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

    map.on("click", ({ latlng }) => {
      if (map.getZoom() < near) map.setView(latlng, Math.min(map.getZoom() + 3, near));
      else put(at(latlng));
    });
    frame.addEventListener("keydown", (event) => {
      // Enter on the map itself, not on one of its buttons.
      if (event.key !== "Enter" || event.target !== map.getContainer()) return;
      event.preventDefault();
      put(at(map.getCenter()));
    });
    const middle = document.createElement("button");
    middle.type = "button";
    middle.className = "map-here pick-middle";
    middle.textContent = "Postaw punkt na środku mapy";
    middle.addEventListener("click", () => put(at(map.getCenter())));
    L.DomEvent.disableClickPropagation(middle);
    frame.append(middle);

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
      const point = given.point ?? read();
      if (point) map.setView(point, closeUp, { animate: false });
      else if (given.view) map.fitBounds(box(given.view), { animate: false });
      draw(point);
      lay();
    });
  };
})();
