// The review by keyboard, and its drawer. Every act is a button or a link of the page, which works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const drawer = document.getElementById("drawer");
  const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const list = () => document.querySelector("[data-review]");
  if (!list()) return;

  let current = ""; // the id of the item that keys speak of
  const rows = () => [...list().querySelectorAll("[data-item]")];
  const row = () => rows().find((each) => each.dataset.item === current);

  const mark = (next, { focus = true } = {}) => {
    for (const each of rows()) each.removeAttribute("aria-current");
    if (!next) return;
    current = next.dataset.item;
    next.setAttribute("aria-current", "true");
    if (focus) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "nearest" });
    }
  };

  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(row());
    mark(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]);
  };

  const press = (key) => {
    const way = row() && row().querySelector(`[data-key="${key}"]`);
    if (way) way.click();
    return Boolean(way);
  };

  const choose = () => {
    const box = row() && row().querySelector("[name=item]");
    if (box) box.checked = !box.checked;
  };

  let onwards = false; // after a decision the next open item is current
  const decide = (key) => {
    onwards = press(key);
  };

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    a: () => decide("a"),
    x: () => decide("x"),
    m: () => press("m"),
    e: () => press("e"),
    u: () => press("u"),
    s: choose,
    z: () => {
      const undo = list().querySelector('[data-key="z"]');
      if (undo) undo.click();
    },
  };

  // While an answer is on its way, keys wait for it: nobody types too fast.
  let busy = false;
  const waiting = [];
  const act = (key) => {
    if (busy) waiting.push(key);
    else KEYS[key]();
  };

  const settled = () => {
    busy = false;
    while (waiting.length && !busy) KEYS[waiting.shift()]();
  };

  document.addEventListener("keydown", (event) => {
    if (root.dataset.keys !== "on" || (drawer && drawer.open)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest(TYPING) || !KEYS[event.key]) return;
    event.preventDefault();
    act(event.key);
  });

  const reveal = () => {
    for (const each of list().querySelectorAll("[data-scripted]")) each.hidden = false;
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    for (const box of list().querySelectorAll("[name=item]")) box.checked = event.target.checked;
  });

  document.addEventListener("focusin", (event) => {
    const own = event.target.closest("[data-review] [data-item]");
    if (own && own.dataset.item !== current) mark(own, { focus: false });
  });

  document.addEventListener("click", (event) => {
    if (drawer && event.target.closest("[data-closes]") && drawer.open) {
      event.preventDefault();
      drawer.close();
    }
  });

  if (drawer) drawer.addEventListener("close", () => mark(row()));

  document.addEventListener("htmx:beforeRequest", () => {
    busy = true;
  });
  for (const failed of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failed, () => {
      busy = false;
      waiting.length = 0;
    });
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (drawer && (event.target === drawer || drawer.contains(event.target))) {
      busy = false;
      waiting.length = 0;
      if (!drawer.open) drawer.showModal();
      return;
    }
    reveal();
    const all = rows();
    const at = Math.max(0, all.indexOf(row()));
    const next = onwards && all.slice(at).find((each) => each.dataset.state === "open");
    onwards = false;
    if (all.length) mark(next || all[at]);
    settled();
  });

  reveal();
  const linked = document.getElementById(location.hash.slice(1));
  if (linked && linked.matches("[data-review] [data-item]")) mark(linked);
})();
