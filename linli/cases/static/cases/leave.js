/* Leave at once: the page gives way before the answer comes, and stands in no history. */
(function () {
  "use strict";

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-leave]")) return;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
    document.documentElement.hidden = true;
    location.replace(form.dataset.leave);
  });
})();
