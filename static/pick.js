/* A map on which somebody points at a place: a tap or a click puts the pin, a button puts it in the
   middle, so that arrows and Enter are enough.  The point is a field of the form, which remains the
   only thing that is sent; without this script one types it, or leaves it out. */
(function () {
  "use strict";
  if (!window.placesMap) return;
  const { CLOSE_UP, pin, whenNear } = placesMap.kit;
  const DECIMALS = 5; // about a metre
  const FROM_FAR = 15; // the zoom below which a tap is only a way to come closer

  placesMap.pick = function ({ map, frame, lay }, given) {
    const field = document.querySelector('[name="point"]');
    const accuracy = document.querySelector('[name="accuracy"]');
    const says = document.querySelector("[data-pick-says]");
    const clear = document.querySelector("[data-pick-clear]");
    const here = document.querySelector("[data-pick-here]");
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
      accuracy.value = point && metres ? Math.ceil(metres) : "";
      draw(point);
      says.textContent = !point ? says.dataset.gone : metres > 100 ? says.dataset.rough : says.dataset.put;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.dispatchEvent(new CustomEvent("places:picked", { detail: { point } }));
    }

    const at = ({ lat, lng }) => [lat, lng];

    map.on("click", ({ latlng }) => {
      if (map.getZoom() < FROM_FAR) map.setView(latlng, Math.min(map.getZoom() + 3, FROM_FAR));
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

    clear.addEventListener("click", () => { put(null); here.focus(); });
    field.addEventListener("change", () => {
      accuracy.value = "";
      const point = read();
      draw(point);
      if (point) map.setView(point, CLOSE_UP, { animate: false });
    });
    here.addEventListener("click", () => {
      says.textContent = says.dataset.ask;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const point = [coords.latitude, coords.longitude];
          map.setView(point, CLOSE_UP, { animate: false });
          put(point, coords.accuracy);
        },
        () => { says.textContent = says.dataset.refused; },
        { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
      );
    });
    if (!("geolocation" in navigator)) here.hidden = true;
    document.addEventListener("places:settlement", ({ detail }) => {
      if (!marker) map.setView(detail.point, detail.zoom ?? 13, { animate: false });
    });
    document.addEventListener("places:restored", () => field.dispatchEvent(new Event("change")));

    whenNear(frame, () => {
      map.invalidateSize({ pan: false });
      const point = given.point ?? read();
      if (point) map.setView(point, CLOSE_UP, { animate: false });
      draw(point);
      lay();
    });
  };
})();
