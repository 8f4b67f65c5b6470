/* The queue: one box for all rows, how many are chosen, and a drawer for the case. All of it works without. */
(function () {
  "use strict";

  function boxes() {
    return Array.from(document.querySelectorAll('input[name="case"][form="take"]'));
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

  function drawer() {
    return document.getElementById("drawer");
  }

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-choose-all]")) {
      boxes().forEach(function (box) { box.checked = event.target.checked; });
    }
    if (event.target.matches('[data-choose-all], input[name="case"]')) count();
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target === drawer() && !drawer().open) drawer().showModal();
  });

  // A case that is no longer ours answers with a page of its own: go and read it there.
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.target === drawer()) window.location.assign(event.detail.pathInfo.requestPath);
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-close-drawer]")) drawer().close();
  });

  document.addEventListener("DOMContentLoaded", count);
  document.addEventListener("htmx:load", count);
})();
