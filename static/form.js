// A form about a place, made easier: a draft in this browser, settlements while one types, one more
// room without a trip to the server.  Every step here also works, or is absent, without a script.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const form = find("[data-long-form]");
  const DRAFT = "miejsca-szkic:";
  const LASTS = 30 * 86400000; // milliseconds a draft is kept
  const store = (() => {
    try {
      localStorage.setItem(`${DRAFT}?`, "");
      localStorage.removeItem(`${DRAFT}?`);
      return localStorage;
    } catch {
      return null; // Forbidden, or full.
    }
  })();

  // What was sent is no draft any more; the page after sending says so.
  if (find("[data-sent]") && store) {
    const sent = store.getItem(`${DRAFT}wyslany`);
    if (sent) store.removeItem(sent);
    store.removeItem(`${DRAFT}wyslany`);
  }
  if (!form) return;

  const faults = find("[data-faults]");
  if (faults) faults.focus();
  for (const link of form.querySelectorAll('.faults a[href^="#"]')) {
    link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      for (let at = field.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
      field.scrollIntoView({ block: "center" });
      field.focus({ preventScroll: true });
    });
  }

  // Once is enough: whoever clicks twice sends once.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sending) return event.preventDefault();
    if (event.submitter?.name === "more_rooms") return;
    form.dataset.sending = "1";
    save();
    if (store && key) store.setItem(`${DRAFT}wyslany`, key);
  });
  addEventListener("pageshow", () => delete form.dataset.sending);

  // The draft
  const draft = find("[data-draft]", form);
  const key = draft && `${DRAFT}${draft.dataset.draft}`;
  const says = draft && find("[data-draft-says]", draft);
  const discard = draft && find("[data-draft-discard]", draft);
  const personal = find("[data-draft-personal]");
  const LEFT_OUT = new Set(["start", "seen", "locality", "other_than", "more_rooms"]);

  const kept = (field) =>
    field.name && !LEFT_OUT.has(field.name) && !["file", "submit", "button"].includes(field.type) &&
    !field.closest(".apart") && (!("personal" in field.dataset) || personal?.checked);

  const value = (field) =>
    ["checkbox", "radio"].includes(field.type) ? field.checked : field.value;

  const initial = new Map();
  let waited; // the settlement chosen in the draft, until it is offered again
  const named = (field) => `${field.name}|${["checkbox", "radio"].includes(field.type) ? field.value : ""}`;
  const fields = () => [...form.elements].filter(kept);
  for (const field of fields()) initial.set(named(field), value(field));

  function save() {
    if (!store || !key) return;
    const changed = fields().filter((field) => value(field) !== (initial.get(named(field)) ?? ""));
    if (!changed.length && !store.getItem(key)) return;
    const values = Object.fromEntries(changed.map((field) => [named(field), value(field)]));
    try {
      const settlement = find('[name="locality"]:checked', form)?.value ?? waited;
      store.setItem(key, JSON.stringify({ at: Date.now(), rooms: rooms().length, personal: !!personal?.checked, settlement, values }));
      says.textContent = draft.dataset.saved;
      discard.hidden = false;
    } catch {
      says.textContent = draft.dataset.full;
    }
  }

  function restore(found) {
    waited = found.settlement;
    while (rooms().length < Math.min(found.rooms ?? 0, 20)) addRoom();
    if (found.personal && personal) personal.checked = true;
    for (const field of form.elements) {
      if (!kept(field)) continue;
      const was = found.values[named(field)];
      if (was === undefined) continue;
      if (typeof was === "boolean") field.checked = was;
      else field.value = was;
      for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    }
    says.textContent = draft.dataset.restored;
    discard.hidden = false;
    document.dispatchEvent(new CustomEvent("places:restored"));
    for (const text of form.querySelectorAll("[data-hours-text]")) text.dispatchEvent(new Event("input"));
  }

  const rooms = () => [...form.querySelectorAll("[data-room]")];
  function addRoom() {
    const last = rooms().at(-1);
    const number = rooms().length;
    const room = last.cloneNode(true);
    for (const one of room.querySelectorAll("[id], [for], [name], [aria-describedby]")) {
      for (const name of ["id", "for", "name", "aria-describedby"]) {
        const now = one.getAttribute(name);
        if (now) one.setAttribute(name, now.replace(/(rooms[.-])\d+/g, `$1${number}`));
      }
      if ("value" in one) one.value = "";
    }
    for (const one of room.querySelectorAll(".fault")) one.remove();
    const legend = find("legend", room);
    legend.textContent = legend.textContent.replace(/\d+/, number + 1);
    last.after(room);
    return room;
  }
  find("[data-more-rooms]")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (rooms().length < 20) find("input", addRoom()).focus();
  });

  // Which settlement is meant, while there is still time to say it.
  const city = find('[name="address.city"]', form);
  const which = find("[data-which]", form);
  const told = find("[data-found]", form);
  const gmina = find("details[data-gmina]", form);
  let asking = null;

  const option = (value, words, one) => {
    const label = document.createElement("label");
    const radio = Object.assign(document.createElement("input"), { type: "radio", name: "locality", value });
    const text = document.createElement("span");
    text.textContent = words;
    label.append(radio, " ", text);
    radio.addEventListener("change", () => {
      if (one) goTo(one.point);
      // What the list cannot say, only its sender can.
      told.textContent = one?.gmina ? "" : which.dataset.gmina;
      if (!one?.gmina) gmina.open = true;
    });
    if (value === waited) radio.checked = true;
    return label;
  };
  const goTo = (point) => document.dispatchEvent(new CustomEvent("places:settlement", { detail: { point } }));

  function offer(found) {
    which.replaceChildren();
    told.textContent = "";
    if (!found.length) return;
    if (found.length === 1) {
      const [one] = found;
      told.textContent = `${one.name}, ${one.where}. ${one.gmina ? "" : which.dataset.gmina}`;
      if (!one.gmina) gmina.open = true;
      return goTo(one.point);
    }
    const group = Object.assign(document.createElement("fieldset"), { className: "ask which" });
    const legend = document.createElement("legend");
    const list = Object.assign(document.createElement("div"), { className: "list" });
    legend.textContent = which.dataset.legend;
    list.append(...found.map((one) => option(one.key, `${one.name}, ${one.where}`, one)));
    list.append(option(which.dataset.another, which.dataset.none));
    group.append(legend, list);
    which.append(group);
    waited = undefined;
  }

  async function lookUp(use) {
    asking?.abort();
    asking = new AbortController();
    const name = city.value.trim();
    if (!name) return use([]);
    try {
      const answer = await fetch(`${which.dataset.url}?${new URLSearchParams({ name })}`, { signal: asking.signal });
      if (answer.ok) use(await answer.json());
    } catch { /* The server asks the same after sending. */ }
  }
  city?.addEventListener("change", () => lookUp(offer));
  document.addEventListener("places:restored", () => city && lookUp(offer));
  // A form that came back asks by itself; the map need only know where to look.
  if (city?.value && !find('[name="point"]').value) {
    lookUp((found) => found.length === 1 && goTo(found[0].point));
  }

  // Last: what it tells of is listened to above.
  if (draft && store) {
    let found = null;
    try {
      found = JSON.parse(store.getItem(key) ?? "null");
    } catch { /* Not ours. */ }
    // What the server sends back after a fault is newer than any draft.
    if (found?.values && !faults && Date.now() - found.at < LASTS) restore(found);
    let timer = 0;
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    form.addEventListener("change", save);
    addEventListener("pagehide", () => { if (!form.dataset.sending) save(); });
    discard.addEventListener("click", () => {
      store.removeItem(key);
      for (const field of form.elements) {
        const was = initial.get(named(field));
        if (was === undefined && !("personal" in field.dataset)) continue;
        if (typeof was === "boolean") field.checked = was;
        else if (field.type !== "hidden" || was !== undefined) field.value = was ?? "";
      }
      discard.hidden = true;
      says.textContent = "";
      document.dispatchEvent(new CustomEvent("places:restored"));
      find("input:not([type=hidden], [tabindex])", form)?.focus();
    });
  }
})();
