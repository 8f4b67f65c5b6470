// The square on a slip carries the code behind a #, which is sent to nobody: put it into the field, and out of sight.
(() => {
  const field = document.querySelector("[data-slip]");
  const code = location.hash.slice(1).replace(/\D/g, "");
  if (!field || !code) return;
  field.value = code.replace(/(\d{4})(?=\d)/g, "$1 ");
  history.replaceState(null, "", location.pathname);
})();
