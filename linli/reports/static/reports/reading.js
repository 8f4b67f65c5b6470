// Hover and keyboard between a text and what was read in it. The page works without this file.
(() => {
  "use strict";
  const page = document.querySelector("[data-reading]");
  if (!page) return;

  const places = new Map(); // item id -> elements in the text and in the lists
  const add = (id, element) => places.set(id, [...(places.get(id) || []), element]);
  for (const mark of page.querySelectorAll("[data-items]")) {
    for (const id of mark.dataset.items.split(" ")) add(id, mark);
  }
  for (const row of page.querySelectorAll("[data-item]")) {
    for (const id of row.dataset.item.split(" ")) add(id, row);
  }

  const idsOf = (target) => {
    const element = target.closest("[data-items], [data-item]");
    if (!element || !page.contains(element)) return [];
    return (element.dataset.items || element.dataset.item).split(" ").slice(0, 1);
  };

  let lit = [];
  const light = (ids) => {
    for (const element of lit) element.classList.remove("is-lit");
    lit = ids.flatMap((id) => places.get(id) || []);
    for (const element of lit) element.classList.add("is-lit");
  };

  const bringIntoView = (origin) => {
    const pane = origin.closest("[data-pane]");
    const other = lit.find((element) => element.closest("[data-pane]") !== pane);
    if (other) other.scrollIntoView({ block: "nearest" });
  };

  const wide = window.matchMedia("(min-width: 64rem)");
  page.addEventListener("mouseover", (event) => light(idsOf(event.target)));
  page.addEventListener("mouseleave", () => light([]));
  page.addEventListener("focusin", (event) => {
    light(idsOf(event.target));
    // Only for keyboards: what moves under a pointer is missed by it.
    if (wide.matches && event.target.matches(":focus-visible")) bringIntoView(event.target);
  });

  // One tab stop for all marks: arrow keys go on from mark to mark, Enter crosses to the list.
  const links = [...page.querySelectorAll("a.mark[href]")];
  links.slice(1).forEach((link) => link.setAttribute("tabindex", "-1"));
  page.addEventListener("keydown", (event) => {
    const at = links.indexOf(document.activeElement);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = links[at + step];
    if (!next) return;
    event.preventDefault();
    links[at].setAttribute("tabindex", "-1");
    next.removeAttribute("tabindex");
    next.focus();
  });
})();
