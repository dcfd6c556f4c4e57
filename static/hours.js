// The helper for hours while somebody types: what was understood, as a week, and what was not.
// Without it, or without an answer, the form is sent and shows the same.
(() => {
  "use strict";
  const WAIT = 400; // milliseconds without a key

  const made = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  const helper = (root) => {
    const find = (name) => root.querySelector(`[data-hours-${name}]`);
    const text = find("text");
    const control = find("confirm").querySelector("input, button");
    let timer = 0;
    let asking = null;

    const put = (name, said) => {
      const part = find(name);
      part.hidden = !said;
      return part;
    };

    const row = ({ day, state, said }) => {
      const line = made("tr", "");
      line.className = `is-${state}`;
      const head = made("th", day);
      head.scope = "row";
      line.append(head, made("td", said));
      return line;
    };

    const show = ({ rule, words, left, faults, week, change, by_voivodeship: school }) => {
      put("fault", faults.length).textContent = faults.map(({ message }) => message).join(" ");
      if (faults.length) text.setAttribute("aria-invalid", "true");
      else text.removeAttribute("aria-invalid");
      put("left", left.length).querySelector("ul").replaceChildren(
        ...left.map((part) => { const item = made("li", ""); item.append(made("q", part)); return item; }),
      );
      put("none", !rule && !faults.length && text.value.trim());
      put("rule", rule);
      put("said", words !== rule);
      find("words").textContent = words;
      find("code").textContent = rule ?? "";
      put("week", week.length).querySelector("tbody").replaceChildren(...week.map(row));
      put("change", change).textContent = change;
      if (find("where") && !find("where").querySelector("select").value) put("where", school);
      put("confirm", rule);
      // What was confirmed was another rule.
      if (control.value !== (rule ?? "")) control.checked = false;
      control.value = rule ?? "";
    };

    const ask = async (typed) => {
      asking?.abort();
      asking = new AbortController();
      const where = find("where")?.querySelector("select").value ?? "";
      try {
        const url = `${root.dataset.hours}?${new URLSearchParams({ text: typed, voivodeship: where })}`;
        const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
        if (answer.ok && text.value === typed) show(await answer.json());
      } catch { /* The button that sends the form is still there. */ }
    };

    const soon = () => {
      clearTimeout(timer);
      // Until the answer is here nobody can confirm an old one.
      find("confirm").hidden = true;
      timer = setTimeout(() => ask(text.value), WAIT);
    };
    text.addEventListener("input", soon);
    find("where")?.addEventListener("change", soon);
  };

  document.querySelectorAll("[data-hours]").forEach(helper);

  for (const button of document.querySelectorAll("[data-hours-copy]")) {
    const field = document.getElementById(button.dataset.hoursCopy);
    if (!navigator.clipboard) button.hidden = true;
    button.addEventListener("click", async () => {
      field.select();
      await navigator.clipboard.writeText(field.value);
      document.querySelector("[data-hours-status]").textContent = field.dataset.hoursCopied;
    });
  }
})();
