/* Print the slip: the button shows when the script is there; until then a sentence says how. */
(function () {
  "use strict";

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  document.querySelectorAll("[data-print-how]").forEach(function (words) { words.hidden = true; });
})();
