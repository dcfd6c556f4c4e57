// The desk by keyboard.  Single letters act only when nobody is typing; all of it works without.
(() => {
  "use strict";
  const find = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const entries = all(".entry");
  let at = -1;

  const isTyping = (target) =>
    target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

  function go(step) {
    if (!entries.length) return;
    at = Math.min(entries.length - 1, Math.max(0, at + step));
    entries.forEach((one, number) => one.classList.toggle("is-here", number === at));
    entries[at].querySelector("h3 a").focus();
    entries[at].scrollIntoView({ block: "nearest" });
  }

  function reveal(element) {
    const closed = element.closest("details:not([open])");
    if (closed) closed.open = true;
    element.focus();
    element.scrollIntoView({ block: "center" });
  }

  const keys = {
    j: () => go(1),
    ArrowDown: () => entries.length > 0 && go(1),
    k: () => go(-1),
    ArrowUp: () => entries.length > 0 && go(-1),
    o: () => entries[at]?.querySelector("h3 a").click(),
    x: () => entries[at]?.querySelector("input[type=checkbox]")?.click(),
    a: () => find('[data-key="a"]') && reveal(find('[data-key="a"]')),
    r: () => find('[data-key="r"]') && reveal(find('[data-key="r"]')),
    u: () => find(".crumbs a")?.click(),
    "?": () => {
      const help = find(".keys");
      if (help) { help.open = !help.open; if (help.open) reveal(help.querySelector("summary")); }
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (!(event.key in keys)) return;
    if (event.key.startsWith("Arrow") && !entries.length) return; // The page scrolls.
    event.preventDefault();
    keys[event.key]();
  });

  // Where the pointer or Tab has gone, the keys go on from there.
  entries.forEach((one, number) => one.addEventListener("focusin", () => {
    at = number;
    entries.forEach((other) => other.classList.toggle("is-here", other === one));
  }));

  // How many are ticked, and all of them at once.
  const ticks = all('.entry input[type="checkbox"]');
  const said = find("#zaznaczone");
  const everything = find("#wszystkie");
  const count = () => {
    const chosen = ticks.filter((one) => one.checked).length;
    if (said) said.textContent = said.dataset.said.replace("0", String(chosen));
    if (everything) everything.checked = chosen > 0 && chosen === ticks.length;
  };
  ticks.forEach((one) => one.addEventListener("change", count));
  everything?.addEventListener("change", () => {
    ticks.forEach((one) => { one.checked = everything.checked; });
    count();
  });

  // What went wrong, or what has just been done, comes first.
  (find("#bledy") ?? find(".flash"))?.focus();
})();
