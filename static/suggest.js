// Suggestions under the search box: a combobox with a listbox, as the ARIA practices describe it.
// The box is a plain one until this runs, and stays one where the answer does not come.
(() => {
  "use strict";
  const box = document.querySelector("#q[data-suggest]");
  if (!box) return;
  const WAIT = 150; // milliseconds without a key
  const FEWEST = 2; // letters
  const kinds = JSON.parse(box.dataset.kinds);
  const list = document.createElement("ul");
  const says = document.createElement("span");
  let timer = 0;
  let asking = null;
  let chosen = -1;

  Object.assign(list, { id: "podpowiedzi", hidden: true, className: "suggest" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.list);
  says.className = "hide";
  says.setAttribute("role", "status");
  box.parentElement.classList.add("suggesting");
  box.parentElement.append(list, says);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id],
  ]) box.setAttribute(name, value);

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

  const part = (name, text) => {
    const made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  };

  const shown = (one, number) => {
    const option = document.createElement("li");
    option.id = `podpowiedz-${number}`;
    option.className = "option suggest-option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.url = one.url;
    const label = part("suggest-label", one.label);
    if (one.context) label.append(" ", Object.assign(document.createElement("small"), { textContent: one.context }));
    option.append(label, " ", part("suggest-kind", kinds[one.kind] ?? ""));
    if (one.count) option.append(" ", part("count", String(one.count)));
    return option;
  };

  const open = (suggestions) => {
    choose(-1);
    list.replaceChildren(...suggestions.map(shown));
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    const { one, many, none } = box.dataset;
    const count = suggestions.length;
    says.textContent = !count ? none : count === 1 ? one : `${count} ${many}`;
  };

  const ask = async (text) => {
    asking?.abort();
    asking = new AbortController();
    try {
      const url = `${box.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const { suggestions } = await answer.json();
      // Somebody may have typed on, or left, while it was on its way.
      if (box.value.trim() === text && document.activeElement === box) {
        open(suggestions.filter(({ url: to }) => /^\/(?![/\\])/.test(to)));
      }
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  const go = (option) => {
    close();
    location.assign(option.dataset.url);
  };

  box.addEventListener("input", () => {
    const text = box.value.trim();
    clearTimeout(timer);
    if (text.length < FEWEST) return close();
    timer = setTimeout(ask, WAIT, text);
  });
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
      go(list.children[chosen]);
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
    if (option) go(option);
  });
})();
