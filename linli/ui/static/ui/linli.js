/* What pages do a little better with scripts. Everything here has a way without them. */
(function () {
  "use strict";

  var root = document.documentElement;
  var TYPING = "input, textarea, select, [contenteditable]";

  // Buttons that only scripts can serve show themselves when scripts are there.
  function reveal(within) {
    within.querySelectorAll("[data-dismiss], [data-opens]").forEach(function (button) {
      button.hidden = false;
    });
  }

  function dismiss(button) {
    var toast = button.closest("[data-toast]");
    if (toast) toast.remove();
  }

  function open(button) {
    var dialog = document.getElementById(button.dataset.opens);
    if (dialog && dialog.showModal) dialog.showModal();
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    var button = target.closest("[data-dismiss], [data-opens]");
    if (button) (button.dataset.opens ? open : dismiss)(button);
    // A click on the dimmed page behind a dialog closes it.
    if (target.matches("dialog")) target.close();
    document.querySelectorAll("[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(target)) menu.open = false;
    });
  });

  function closeMenus() {
    document.querySelectorAll("[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  function rows() {
    return Array.from(document.querySelectorAll("[data-rows] tbody tr"));
  }

  function chosenRow() {
    return document.querySelector('[data-rows] tbody tr[aria-selected="true"]');
  }

  function move(step) {
    var all = rows();
    if (!all.length) return;
    var at = all.indexOf(chosenRow());
    var to = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step));
    if (at >= 0) all[at].removeAttribute("aria-selected");
    all[to].setAttribute("aria-selected", "true");
    all[to].scrollIntoView({ block: "nearest" });
    var link = all[to].querySelector("a");
    if (link) link.focus({ preventScroll: true });
  }

  function enter() {
    var row = chosenRow();
    var link = row && row.querySelector("a");
    if (link) link.click();
  }

  function search() {
    var box = document.querySelector("[data-search]") || document.querySelector(".filters input");
    if (box) box.focus();
  }

  var KEYS = {
    "/": search,
    j: function () { move(1); },
    k: function () { move(-1); },
    e: enter,
  };

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") closeMenus();
    if (root.dataset.density !== "compact" || root.dataset.keys !== "on") return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(TYPING) || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  document.addEventListener("DOMContentLoaded", function () {
    reveal(document);
    // After a form came back with errors, the reader starts at their list.
    var wrongs = document.querySelector('form[method="post"] [data-wrongs]');
    if (wrongs) wrongs.focus();
  });
  document.addEventListener("htmx:load", function (event) {
    reveal(event.target);
  });
})();
