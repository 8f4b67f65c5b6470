/* Passkeys: the browser asks the device. Nothing here works without scripts, so that nothing shows without. */
(function () {
  "use strict";

  var button = document.querySelector("[data-passkey]");
  if (!button || !window.allauth || !window.webauthnJSON.supported()) return;

  var wrong = document.querySelector("[data-passkey-wrong]");
  var missing = document.querySelector("[data-passkey-missing]");
  var ids = {
    credential: button.dataset.credential,
    passwordless: "id_passwordless",
    data: "passkey-options",
  };
  ids[button.dataset.passkey.replace("Form", "")] = button.id;
  window.allauth.webauthn.forms[button.dataset.passkey]({ ids: ids });
  button.hidden = false;
  if (missing) missing.hidden = true;

  // The return key in a field of the form means the button, too.
  if (button.type === "button") {
    button.form.addEventListener("submit", function (event) {
      event.preventDefault();
      button.click();
    });
  }

  button.addEventListener("click", function () {
    wrong.hidden = true;
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    wrong.hidden = false;
  });
})();
