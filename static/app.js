// What a page can do better with a script.  Everything here also works, or is absent, without one.
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  // "Near me": rounded here, before it is sent, to about 500 metres, unless she asks for exact.
  const rounded = (degrees, step) => String(Number((Math.round(degrees / step) * step).toFixed(4)));
  const here = find("#here");
  const says = find("#here-says");
  const near = find("#near");

  // Numbers tell nobody where that is: a point is shown by a name, and its numbers are sent.
  const MINE = "near"; // What this tab was told of its own position.
  const remembered = () => { try { return JSON.parse(sessionStorage.getItem(MINE)) ?? {}; } catch { return {}; } };
  let kept = null;
  const forget = () => {
    if (!kept) return;
    kept.remove();
    kept = null;
    near.name = "near";
  };
  if (near && /^-?[\d.]+,-?[\d.]+$/.test(near.value) && !near.hasAttribute("aria-invalid")) {
    const { value, exact } = remembered();
    const said = value !== near.value ? "point" : exact ? "mine" : "about";
    kept = Object.assign(document.createElement("input"), { type: "hidden", name: "near", value: near.value });
    near.removeAttribute("name");
    near.after(kept);
    near.value = near.dataset[said];
    const line = find("[data-where]");
    if (line) line.textContent = near.value;
    near.addEventListener("focus", () => { if (kept) near.select(); });
    for (const change of ["input", "change"]) near.addEventListener(change, forget);
  }

  // On a phone where and how far are one line until it is opened.
  const where = find("#where");
  const unfold = () => {
    where?.form.classList.add("unfolded");
    where?.setAttribute("aria-expanded", "true");
  };
  where?.addEventListener("click", () => {
    unfold();
    near.focus();
  });

  if (here && "geolocation" in navigator) {
    here.addEventListener("click", () => {
      says.textContent = says.dataset.ask;
      here.setAttribute("aria-busy", "true");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          const exact = find("#here-exact")?.checked;
          const lat = rounded(coords.latitude, exact ? 0.0001 : 0.005);
          const lon = rounded(coords.longitude, exact ? 0.0001 : 0.0075);
          forget();
          near.value = `${lat},${lon}`;
          try { sessionStorage.setItem(MINE, JSON.stringify({ value: near.value, exact })); } catch { /* Then it is a point. */ }
          // A list ordered otherwise would hide what is nearest.
          find('#szukaj input[name="sort"]')?.remove();
          find('#szukaj input[name="bbox"]')?.remove();
          find("#szukaj").requestSubmit();
        },
        (error) => {
          here.removeAttribute("aria-busy");
          says.textContent = error.code === error.TIMEOUT ? says.dataset.late : says.dataset.refused;
          unfold();
          near.focus();
        },
        { enableHighAccuracy: false, timeout: 10000, maximumAge: 300000 },
      );
    });
  } else if (here) {
    here.hidden = true;
  }

  // Empty fields do not belong in an address that people share; a radius around nowhere neither.
  find("#szukaj")?.addEventListener("formdata", ({ formData }) => {
    if (!formData.get("near")?.trim()) formData.delete("radius");
    const sent = [...formData];
    for (const [name] of sent) formData.delete(name);
    for (const [name, value] of sent) {
      // What stood in the day before is for those without a script.
      if (value !== "" && !(name === "open" && (value === "any" || value.startsWith("-")))) formData.append(name, value);
    }
  });

  // Suggestions are fetched when somebody enters a field that has them: most visits need none.
  const script = find("[data-suggest-script]")?.dataset.suggestScript;
  const suggesting = script ? [...document.querySelectorAll("[data-suggest]")] : [];
  const fetched = () => {
    for (const box of suggesting) box.removeEventListener("focus", fetched);
    document.head.append(Object.assign(document.createElement("script"), { src: script }));
  };
  for (const box of suggesting) {
    // Told at once, because a screen reader tells it on entering.
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      box.setAttribute(name, value);
    }
    box.addEventListener("focus", fetched);
  }
  if (suggesting.includes(document.activeElement)) fetched();

  // A day and hour take the named time's place, and the other way round.
  const day = find("#open-at");
  const times = [...document.querySelectorAll('input[type="radio"][name="open"]')];
  day?.addEventListener("input", () => {
    if (day.value) find("#open-chosen").checked = true;
  });
  for (const one of times) {
    one.addEventListener("change", () => { if (one.id !== "open-chosen") day.value = ""; });
  }

  // Filters that fall open close again by Escape or by a click elsewhere.
  const facets = [...document.querySelectorAll(".facet")];
  const floating = matchMedia("(min-width: 40rem)");
  document.addEventListener("click", ({ target }) => {
    for (const one of facets) if (floating.matches && one.open && !one.contains(target)) one.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    const open = key === "Escape" && facets.find((one) => one.open);
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // The list and the map show each other's choice.
  const choose = (id) => {
    find(".card.chosen")?.classList.remove("chosen");
    const card = document.getElementById(`miejsce-${id}`);
    card?.classList.add("chosen");
    return card;
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-show]");
    if (!button) return;
    choose(button.dataset.show);
    document.dispatchEvent(new CustomEvent("places:show", { detail: { id: button.dataset.show } }));
  });
  document.addEventListener("places:chosen", ({ detail }) => {
    const card = choose(detail.id);
    // Under the map on a phone the list is out of sight: scrolling there would take the map away.
    if (card && matchMedia("(min-width: 60rem)").matches) {
      card.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    }
  });

  // On a phone one button leads from the list to the map and back.
  const jump = find(".switch a");
  const map = find("#mapa");
  if (jump && map && "IntersectionObserver" in window) {
    new IntersectionObserver(([entry]) => {
      const there = entry.isIntersecting;
      jump.href = there ? "#lista" : "#mapa";
      jump.querySelector("span").textContent = there ? jump.dataset.list : jump.dataset.map;
      const use = jump.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, there ? "#list" : "#map"));
    }, { threshold: 0.4 }).observe(map);
  }
})();
