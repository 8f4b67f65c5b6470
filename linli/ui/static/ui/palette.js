/* Go anywhere by keyboard: Ctrl or ⌘ with K, or ?, opens a field whose list answers while one types.
   Without this file its link opens a page with the same field. */
(function () {
  "use strict";

  var root = document.documentElement;
  var TYPING = "input, textarea, select, [contenteditable]";
  var dialog = document.getElementById("palette");
  if (!dialog || !dialog.showModal) return;
  var field = dialog.querySelector("[role=combobox]");
  var found = document.getElementById("palette-found");

  function options() {
    return Array.from(found.querySelectorAll("[role=option]"));
  }

  function current() {
    return found.querySelector('[aria-selected="true"]');
  }

  function choose(option) {
    options().forEach(function (one) {
      one.setAttribute("aria-selected", String(one === option));
    });
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function move(step) {
    var all = options();
    if (!all.length) return;
    var at = all.indexOf(current());
    choose(all[(at + step + all.length) % all.length]);
  }

  function open() {
    if (dialog.open) return;
    var other = document.querySelector("dialog[open]");
    if (other) return;
    field.value = "";
    dialog.showModal();
    field.focus();
    field.dispatchEvent(new CustomEvent("palette"));
  }

  document.addEventListener("keydown", function (event) {
    if (root.dataset.keys !== "on" || event.isComposing || event.altKey) return;
    var asked = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    var help = event.key === "?" && !event.ctrlKey && !event.metaKey && !event.target.closest(TYPING);
    if (!asked && !help) return;
    event.preventDefault();
    open();
  });

  field.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && current()) {
      event.preventDefault();
      current().click();
    }
  });

  // What came last is what the words ask for: its first line is chosen, so that Enter opens it.
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target === found) choose(options()[0] || null);
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-palette]")) return;
    event.preventDefault();
    open();
  });
})();
