// Suggestions under a field: a combobox with a listbox, as the ARIA practices describe it.
// Fetched by app.js when such a field is first entered; without it, or an answer, it is a plain one.
(() => {
  "use strict";
  const WAIT = 150; // milliseconds without a key
  const FEWEST = 2; // letters
  const said = document.querySelector("[data-suggest-script]").dataset;
  const kinds = JSON.parse(said.kinds);

  const part = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };

  const attach = (box) => {
    // The search box leads to a page; a field of places is filled in.
    const fills = "fill" in box.dataset;
    const list = document.createElement("ul");
    const says = document.createElement("span");
    let timer = 0;
    let asking = null;
    let chosen = -1;

    Object.assign(list, { id: `podpowiedzi-${box.id}`, hidden: true, className: "suggest" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", said.list);
    says.className = "hide";
    says.setAttribute("role", "status");
    box.parentElement.classList.add("suggesting");
    box.parentElement.append(list, says);
    box.setAttribute("aria-controls", list.id);

    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      list.hidden = true;
      list.replaceChildren();
      says.textContent = "";
      box.setAttribute("aria-expanded", "false");
      choose(-1);
    };

    const choose = (number) => {
      list.children[chosen]?.setAttribute("aria-selected", "false");
      chosen = number;
      const option = list.children[number];
      if (!option) return box.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", option.id);
    };

    // What else was asked stays: the place of an area gives way to another, the words to a choice.
    const AREA = ["near", "radius", "bbox", "city", "district"];
    const narrowed = ({ url, query }) => {
      const names = Object.keys(query ?? {});
      if (!names.length) return url;
      const asked = new URLSearchParams(new FormData(box.form));
      const area = names.some((name) => AREA.includes(name));
      for (const name of ["q", ...names, ...(area ? AREA : [])]) asked.delete(name);
      if (![...asked.keys()].length) return url;
      for (const name of names) asked.append(name, query[name]);
      return `${box.form.getAttribute("action")}?${asked}`;
    };

    const shown = (one, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.className = "option suggest-option";
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.goal = fills ? one.near : narrowed(one);
      const label = part("suggest-label", one.label);
      if (one.context) label.append(" ", Object.assign(document.createElement("small"), { textContent: one.context }));
      option.append(label, " ", part("suggest-kind", kinds[one.kind] ?? ""));
      if (one.said) option.append(" ", part("suggest-kind", one.said));
      return option;
    };

    const open = (suggestions) => {
      choose(-1);
      list.replaceChildren(...suggestions.map(shown));
      list.hidden = !suggestions.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
      const count = suggestions.length;
      says.textContent = !count ? said.none : count === 1 ? said.one : `${count} ${said.many}`;
    };

    const ask = async (text) => {
      asking?.abort();
      asking = new AbortController();
      try {
        const url = new URL(box.dataset.suggest, location);
        url.searchParams.set("q", text);
        const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) return close();
        const { suggestions } = await answer.json();
        // Somebody may have typed on, or left, while it was on its way.
        if (box.value.trim() === text && document.activeElement === box) {
          open(suggestions.filter(({ url: to, near }) => (fills ? near : /^\/(?![/\\])/.test(to))));
        }
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    const take = ({ dataset: { goal } }) => {
      close();
      if (!fills) return location.assign(goal);
      box.value = goal;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };

    const soon = () => {
      const text = box.value.trim();
      clearTimeout(timer);
      if (text.length < FEWEST) return close();
      timer = setTimeout(ask, WAIT, text);
    };

    box.addEventListener("input", soon);
    box.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      const steps = { ArrowDown: chosen < last ? chosen + 1 : -1, ArrowUp: chosen < 0 ? last : chosen - 1 };
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key in steps) {
        if (event.key === "ArrowDown" && list.hidden && box.value.trim().length >= FEWEST) ask(box.value.trim());
        if (!list.hidden) choose(steps[event.key]);
        event.preventDefault();
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        take(list.children[chosen]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    box.addEventListener("blur", close);
    box.form.addEventListener("submit", close);
    // Pressing must not take the focus from the box, or the list would be gone before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) take(option);
    });
    // Letters typed before this file was here.
    if (document.activeElement === box && box.value !== box.defaultValue) soon();
  };

  const attached = new Set();
  const enter = (box) => {
    if (!box?.matches?.("[data-suggest]") || attached.has(box)) return;
    attached.add(box);
    attach(box);
  };
  document.addEventListener("focusin", ({ target }) => enter(target));
  enter(document.activeElement);
})();
