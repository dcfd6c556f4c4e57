/* The form of a change shows what the chosen change needs and nothing else: a new place is in no
   list, and only what moves or opens needs a point.  Without this script all of it is shown. */
(function () {
  "use strict";
  for (const form of document.querySelectorAll("[data-plan]")) {
    const fit = () => {
      const change = form.elements.change.value;
      for (const part of form.querySelectorAll("[data-for]")) {
        const needed = part.dataset.for.split(" ").includes(change);
        part.hidden = !needed;
        for (const field of part.querySelectorAll("input, select")) field.disabled = !needed;
      }
    };
    form.addEventListener("change", fit);
    addEventListener("pageshow", fit); // "back" brings the choice back, too
    fit();
  }
})();
