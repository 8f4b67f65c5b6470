/* Ticks of the newcomer's list: kept on this device, sent to nobody. Without scripts it is a plain list. */
(function () {
  "use strict";

  var KEY = "linli-newcomer";
  var root = document.querySelector("[data-things]");
  if (!root) return;
  var boxes = root.querySelectorAll("[data-thing]");

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch (error) {
      return [];
    }
  }

  function keep(done) {
    try {
      if (done.length) localStorage.setItem(KEY, JSON.stringify(done));
      else localStorage.removeItem(KEY);
    } catch (error) {
      return; // storage may be closed: then ticks last as long as the page
    }
  }

  function show(done) {
    root.querySelector("[data-done]").textContent = done.length;
    root.querySelector("progress").value = done.length;
    root.querySelector("[data-forget]").hidden = !done.length;
  }

  function ticked() {
    return Array.from(boxes)
      .filter(function (one) { return one.querySelector("input").checked; })
      .map(function (one) { return one.dataset.thing; });
  }

  function set(done) {
    boxes.forEach(function (one) {
      one.querySelector("label").hidden = false;
      one.querySelector("input").checked = done.indexOf(one.dataset.thing) >= 0;
    });
    show(ticked());
  }

  root.querySelector("[data-count]").hidden = false;
  set(kept());
  root.addEventListener("change", function () {
    keep(ticked());
    show(ticked());
  });
  root.querySelector("[data-forget]").addEventListener("click", function () {
    keep([]);
    set([]);
  });
})();
