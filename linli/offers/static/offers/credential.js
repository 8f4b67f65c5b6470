/* What stands behind the # of a square code reaches no server by itself: it is put into the form and sent to be checked. */
(() => {
  const form = document.querySelector("[data-credential]");
  const packed = location.hash.slice(1);
  if (!form || packed.length < 100) return;
  history.replaceState(null, "", location.pathname);
  form.elements.namedItem("text").value = packed;
  form.submit();
})();
