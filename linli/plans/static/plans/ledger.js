/* Many rows at once: one box for all, how many are chosen, and the bar says so. All of it works without. */
(function () {
  "use strict";

  function boxes() {
    return Array.from(document.querySelectorAll('input[name="task"][form="assign"]'));
  }

  function count() {
    var all = boxes();
    var chosen = all.filter(function (box) { return box.checked; }).length;
    var said = document.querySelector("[data-chosen]");
    var every = document.querySelector("[data-choose-all]");
    if (said) said.textContent = chosen ? String(chosen) : "";
    if (!every) return;
    every.hidden = false;
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-choose-all]")) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches('[data-choose-all], input[name="task"]')) count();
  });
  document.addEventListener("DOMContentLoaded", count);
  document.addEventListener("htmx:load", count);
})();
