/* What waits on this telephone until the server has it. One store of sheets, one of drafts, one of what was sent;
   each sheet has a mark of its own, so that the server takes it once however often it is sent. */
(function () {
  "use strict";

  var box = document.querySelector("[data-outbox]");
  if (!box || !window.indexedDB || !window.fetch || !window.Promise) return;

  var NAME = "linli-visits";
  var WEEK = 7 * 24 * 3600 * 1000;
  var RETRY = 20000;
  var SETTLE = 500; // A network that has just come back needs a moment.
  var words = box.dataset;
  var sending = false;
  var opened = null;
  var signedIn = ""; // Who is, as far as the server has said.

  function open() {
    if (!opened) {
      opened = new Promise(function (resolve, reject) {
        var asked = indexedDB.open(NAME, 1);
        asked.onupgradeneeded = function () {
          asked.result.createObjectStore("outbox", { keyPath: "client" });
          asked.result.createObjectStore("drafts", { keyPath: "url" });
          asked.result.createObjectStore("notes", { keyPath: "name" });
        };
        asked.onsuccess = function () {
          resolve(asked.result);
        };
        asked.onerror = function () {
          reject(asked.error);
        };
      });
    }
    return opened;
  }

  // Resolves once the transaction is on the disk, not before.
  function run(store, mode, act) {
    return open().then(function (db) {
      return new Promise(function (resolve, reject) {
        var deed = db.transaction(store, mode, { durability: "strict" });
        var asked = act(deed.objectStore(store));
        deed.oncomplete = function () {
          resolve(asked && asked.result);
        };
        deed.onabort = deed.onerror = function () {
          reject(deed.error);
        };
      });
    });
  }

  function all() {
    return run("outbox", "readonly", function (store) {
      return store.getAll();
    });
  }

  function put(store, row) {
    return run(store, "readwrite", function (kept) {
      return kept.put(row);
    });
  }

  function get(store, key) {
    return run(store, "readonly", function (kept) {
      return kept.get(key);
    });
  }

  function remove(store, key) {
    return run(store, "readwrite", function (kept) {
      return kept.delete(key);
    });
  }

  function say(text) {
    box.querySelector("[data-said]").textContent = text;
  }

  function moment(at) {
    return new Date(at).toLocaleString(document.documentElement.lang || undefined);
  }

  function rowOf(one) {
    var row = document.createElement("li");
    var name = document.createElement("b");
    var told = document.createElement("span");
    name.textContent = one.title;
    told.className = "small";
    told.textContent = one.refused || (isOthers(one) && words.other) || (Date.now() - one.at > WEEK ? words.old : moment(one.at));
    row.append(name, told);
    if (one.refused) row.append(dropper(one));
    return row;
  }

  // Nobody signs with another's name what somebody else saw, on a telephone that goes from hand to hand.
  function isOthers(one) {
    return signedIn && one.who && one.who !== signedIn;
  }

  function dropper(one) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.textContent = words.drop;
    button.addEventListener("click", function () {
      if (window.confirm(words.sure)) remove("outbox", one.client).then(show);
    });
    return button;
  }

  function show() {
    return Promise.all([all(), get("notes", "sent")]).then(function (held) {
      var waiting = held[0];
      var sent = held[1];
      var late = waiting.some(function (one) {
        return one.refused || Date.now() - one.at > WEEK;
      });
      box.hidden = false;
      box.dataset.state = late ? "late" : waiting.length ? "waiting" : "none";
      box.querySelector("[data-count]").textContent = waiting.length || "";
      box.querySelector("[data-send]").hidden = !waiting.length;
      box.querySelector("[data-list]").replaceChildren.apply(
        box.querySelector("[data-list]"),
        waiting.map(rowOf)
      );
      box.querySelector("[data-when]").textContent = sent
        ? words.last + " " + moment(sent.at) + (sent.second ? " · " + words.second : "")
        : words.never;
      say(waiting.length ? words.waiting : words.none);
      return waiting;
    });
  }

  function json(response) {
    return (response.headers.get("Content-Type") || "").indexOf("json") >= 0 && !response.redirected;
  }

  function token() {
    return fetch(words.token, { headers: { Accept: "application/json" }, cache: "no-store" }).then(
      function (response) {
        if (!response.ok || !json(response)) throw new Error("out");
        return response.json().then(function (said) {
          signedIn = said.who;
          return said.token;
        });
      }
    );
  }

  function bodyOf(one) {
    var body = new FormData();
    one.entries.forEach(function (entry) {
      if (entry[2]) body.append(entry[0], entry[1], entry[2]);
      else body.append(entry[0], entry[1]);
    });
    return body;
  }

  function post(one, key) {
    var headers = { Accept: "application/json", "X-CSRFToken": key };
    return fetch(one.url, { method: "POST", body: bodyOf(one), headers: headers }).then(function (response) {
      if (!json(response)) throw new Error(response.status >= 500 ? "later" : "out");
      return response.json().then(function (said) {
        if (response.ok && said.taken === one.client) return taken(one, said);
        if (response.status >= 500 || response.status === 429) throw new Error("later");
        one.refused = said.title || String(response.status);
        return put("outbox", one);
      });
    });
  }

  function taken(one, said) {
    return put("notes", { name: "sent", at: Date.now(), second: said.number > 1 }).then(function () {
      return remove("outbox", one.client);
    });
  }

  function oneByOne(waiting, key) {
    return waiting.reduce(function (before, one) {
      return before.then(function () {
        return post(one, key);
      });
    }, Promise.resolve());
  }

  function flush() {
    return all().then(function (waiting) {
      if (!waiting.length) return null;
      if (navigator.onLine === false) throw new Error("offline");
      say(words.sending);
      return token().then(function (key) {
        return oneByOne(
          waiting.filter(function (one) {
            return !isOthers(one);
          }),
          key
        );
      });
    });
  }

  // One tab at a time where the browser can see to it; two would only send the same sheet twice, which is one sheet.
  function alone(act) {
    if (navigator.locks) return navigator.locks.request(NAME, { ifAvailable: true }, function (lock) {
      return lock ? act() : null;
    });
    return act();
  }

  function send() {
    if (sending) return Promise.resolve();
    sending = true;
    var login = box.querySelector("[data-login]");
    var why = "";
    return alone(flush)
      .catch(function (error) {
        why = error.message === "out" ? words.out : words.offline;
        login.hidden = error.message !== "out";
      })
      .then(show)
      .then(function (waiting) {
        if (waiting.length && why) say(words.waiting + ". " + why);
        if (!why) login.hidden = true;
        sending = false;
      });
  }

  box.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("online", function () {
    setTimeout(send, SETTLE);
  });
  setInterval(function () {
    if (navigator.onLine !== false) send();
  }, RETRY);

  window.linliVisits = { put: put, get: get, remove: remove, send: send, show: show, say: say, words: words };
  show().then(send);
})();
