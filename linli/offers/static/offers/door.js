/* The list at the door without a network: marks are kept on this device until the server has taken them.
   Kept are codes and numbers, never a name; what was taken is forgotten here at once. */
(function () {
  "use strict";

  var door = document.querySelector("[data-door]");
  if (!door || !window.fetch) return;
  var KEY = "linli.door." + door.dataset.door;
  var RETRY = 15000;
  var SETTLE = 500; // A network that has just come back needs a moment.
  var state = door.querySelector("[role=status]");
  var sending = false;

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch (error) {
      return [];
    }
  }

  function keep(marks) {
    if (marks.length) localStorage.setItem(KEY, JSON.stringify(marks));
    else localStorage.removeItem(KEY);
  }

  function plain(code) {
    return code.toUpperCase().replace(/[^0-9A-Z]/g, "");
  }

  function rowOf(code) {
    return Array.prototype.find.call(document.querySelectorAll("[data-code]"), function (row) {
      return plain(row.dataset.code) === plain(code);
    });
  }

  function show(mark) {
    var row = rowOf(mark.code);
    if (!row) return;
    var cell = row.querySelector("[data-row-came]");
    var came = Math.min(Math.max(Number(cell.textContent) || 0, mark.came), Number(row.dataset.size));
    cell.textContent = came;
    row.dataset.here = "";
    row.querySelector("button").disabled = came >= Number(row.dataset.size);
  }

  function sum() {
    var total = 0;
    document.querySelectorAll("[data-row-came]").forEach(function (cell) {
      total += Number(cell.textContent) || 0;
    });
    document.querySelector("[data-came]").textContent = total;
  }

  function say(words, kind) {
    state.textContent = words;
    state.dataset.state = kind;
  }

  function tell() {
    var marks = kept();
    if (marks.length) say(marks.length + " " + state.dataset.waiting, "waiting");
  }

  // What the server has taken goes; marks made meanwhile stay.
  function answered(said) {
    var unknown = said.unknown.map(plain);
    keep(
      kept().filter(function (mark) {
        return said.taken.indexOf(mark.name) < 0 && unknown.indexOf(plain(mark.code)) < 0;
      })
    );
    if (said.unknown.length) say(door.dataset.unknown + " " + said.unknown.join(", "), "unknown");
    else if (kept().length) tell();
    else say(state.dataset.sent, "sent");
  }

  function send() {
    var marks = kept();
    if (sending || !marks.length || navigator.onLine === false) return;
    sending = true;
    var body = new URLSearchParams();
    body.append("csrfmiddlewaretoken", door.querySelector("[name=csrfmiddlewaretoken]").value);
    marks.slice(0, 500).forEach(function (mark) {
      body.append("name", mark.name);
      body.append("code", mark.code);
      body.append("came", mark.came);
    });
    fetch(door.dataset.marks, { method: "POST", body: body, headers: { Accept: "application/json" } })
      .then(function (response) {
        var json = (response.headers.get("Content-Type") || "").indexOf("json") >= 0;
        if (response.ok && json) return response.json().then(answered);
        if (!json) return say(state.dataset.out, "waiting");
        return response.json().then(function (said) {
          say(said.title, "waiting");
        });
      })
      .catch(tell)
      .then(function () {
        sending = false;
      });
  }

  function name() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map
      .call(bytes, function (byte) {
        return ("0" + byte.toString(16)).slice(-2);
      })
      .join("");
  }

  function mark(code, came) {
    var one = { name: name(), code: code.trim(), came: came };
    try {
      keep(kept().concat([one]));
    } catch (error) {
      return false; // No room: the form goes its plain way.
    }
    show(one);
    sum();
    tell();
    send();
    return true;
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-one], [data-all]")) return;
    var code = form.elements.code.value;
    var came = Number(form.elements.came.value);
    if (!code.trim() || !(came > 0)) return;
    if (!mark(code, came)) return;
    event.preventDefault();
    if (form.matches("[data-one]")) {
      form.elements.code.value = "";
      form.elements.came.value = 1;
      form.elements.code.focus();
    }
  });

  kept().forEach(show);
  sum();
  tell();
  send();
  window.addEventListener("online", function () {
    setTimeout(send, SETTLE);
  });
  setInterval(send, RETRY);
})();
