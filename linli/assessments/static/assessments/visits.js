/* The checklist on a telephone: a draft that survives a closed tab, smaller photos, a signature, and the outbox
   instead of the network. And the pages of today kept by the worker. Without any of it the form is a plain form. */
(function () {
  "use strict";

  var kept = window.linliVisits;
  if (!kept) return;
  var SIDE = 1600; // pixels: a page shows no more
  var FINE = 0.8;
  var PAUSE = 400;

  function keepPages() {
    if (!("serviceWorker" in navigator)) {
      document.querySelector("[data-ready-said]").textContent = kept.words.unable;
      return;
    }
    var home = kept.words.home;
    navigator.serviceWorker
      .register(kept.words.worker, { scope: home, updateViaCache: "none" })
      .then(function () {
        return navigator.serviceWorker.ready;
      })
      .then(function () {
        if (navigator.serviceWorker.controller) return null;
        return new Promise(function (resolve) {
          navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
        });
      })
      .then(function () {
        if (navigator.onLine === false) return null;
        var links = document.querySelectorAll("[data-keep] a:not([data-not-kept])");
        var pages = Array.prototype.map.call(links, function (link) {
          return link.href;
        });
        return Promise.all(
          pages.concat([home, location.href.split("#")[0]]).map(function (page) {
            return fetch(page);
          })
        );
      })
      .then(function (done) {
        if (done) document.querySelector("[data-ready-said]").textContent = kept.words.ready;
      })
      .catch(function () {});
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  }

  function mark() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    var text = Array.prototype.map
      .call(bytes, function (byte) {
        return ("0" + byte.toString(16)).slice(-2);
      })
      .join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function entriesOf(form) {
    var found = [];
    new FormData(form).forEach(function (value, name) {
      if (name === "csrfmiddlewaretoken") return;
      if (value instanceof File) {
        if (value.size) found.push([name, value, value.name]);
      } else found.push([name, value]);
    });
    return found;
  }

  function smaller(file) {
    if (!window.createImageBitmap) return Promise.resolve(file);
    return createImageBitmap(file)
      .then(function (picture) {
        var by = Math.min(1, SIDE / Math.max(picture.width, picture.height));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(picture.width * by);
        canvas.height = Math.round(picture.height * by);
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        return new Promise(function (resolve) {
          canvas.toBlob(resolve, "image/jpeg", FINE);
        });
      })
      .then(function (blob) {
        return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
      })
      .catch(function () {
        return file; // The server says what it is not.
      });
  }

  function putFiles(input, files) {
    var list = new DataTransfer();
    files.forEach(function (file) {
      list.items.add(file);
    });
    input.files = list.files;
    var told = input.parentNode.querySelector("[data-shrunk]");
    if (told) told.textContent = files.length ? files.length + " " + told.dataset.shrunk : "";
  }

  function signature(form) {
    var part = form.querySelector("[data-sign]");
    var canvas = part.querySelector("canvas");
    var field = form.elements.strokes;
    var pen = canvas.getContext("2d");
    var strokes = [];
    var drawing = false;

    function draw() {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 5;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = "#111";
      strokes.forEach(function (line) {
        pen.beginPath();
        line.forEach(function (point) {
          pen.lineTo(point[0], point[1]);
        });
        if (line.length === 1) pen.lineTo(line[0][0] + 1, line[0][1]);
        pen.stroke();
      });
    }

    function place(event) {
      var at = canvas.getBoundingClientRect();
      var x = Math.round(((event.clientX - at.left) / at.width) * canvas.width);
      var y = Math.round(((event.clientY - at.top) / at.height) * canvas.height);
      return [Math.max(0, Math.min(canvas.width, x)), Math.max(0, Math.min(canvas.height, y))];
    }

    function done() {
      if (!drawing) return;
      drawing = false;
      field.value = JSON.stringify(strokes);
      form.dispatchEvent(new Event("change"));
    }

    canvas.addEventListener("pointerdown", function (event) {
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      strokes.push([place(event)]);
      draw();
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!drawing) return;
      strokes[strokes.length - 1].push(place(event));
      draw();
    });
    canvas.addEventListener("pointerup", done);
    canvas.addEventListener("pointercancel", done);
    part.querySelector("[data-clear]").addEventListener("click", function () {
      strokes = [];
      field.value = "";
      draw();
      form.dispatchEvent(new Event("change"));
    });
    part.hidden = false;
    return function () {
      strokes = field.value ? JSON.parse(field.value) : [];
      draw();
    };
  }

  function restore(form, draft, redraw) {
    var files = {};
    draft.entries.forEach(function (entry) {
      if (entry[2]) {
        (files[entry[0]] = files[entry[0]] || []).push(entry[1]);
        return;
      }
      var field = form.elements[entry[0]];
      if (!field || entry[0] === "client") return;
      if (field.type === "checkbox") field.checked = true;
      else field.value = entry[1];
      var note = field.closest && field.closest("details");
      if (note && entry[1]) note.open = true;
    });
    Object.keys(files).forEach(function (name) {
      if (form.elements[name]) putFiles(form.elements[name], files[name]);
    });
    redraw();
  }

  function fill(form) {
    var here = location.pathname;
    var redraw = signature(form);
    var waiting = null;
    var finished = false;

    function keepDraft() {
      clearTimeout(waiting);
      if (finished) return;
      kept.put("drafts", { url: here, entries: entriesOf(form), at: Date.now() }).catch(function () {});
    }

    function draft() {
      clearTimeout(waiting);
      waiting = setTimeout(keepDraft, PAUSE);
    }

    function save(event) {
      if (finished) return event.preventDefault();
      form.elements.client.value = mark();
      form.elements.filled_at.value = new Date().toISOString();
      var sheet = {
        client: form.elements.client.value,
        url: here,
        who: kept.words.who,
        title: form.dataset.title,
        at: Date.now(),
        entries: entriesOf(form),
      };
      event.preventDefault();
      finished = true;
      clearTimeout(waiting);
      kept
        .put("outbox", sheet)
        .then(function () {
          return kept.remove("drafts", here);
        })
        .then(function () {
          location.assign(kept.words.home);
        })
        .catch(function () {
          finished = false;
          kept.say(kept.words.full);
          form.submit(); // No room on the telephone: the form goes its plain way, with the same mark.
        });
    }

    form.addEventListener("submit", function (event) {
      var signed = form.elements.strokes.value || form.elements.words.value.trim();
      form.elements.words.required = !signed;
      if (!signed) {
        event.preventDefault();
        form.elements.words.reportValidity();
        return;
      }
      save(event);
    });
    form.addEventListener("input", draft);
    document.addEventListener("visibilitychange", function () {
      if (document.hidden && waiting) keepDraft();
    });
    form.addEventListener("change", function (event) {
      if (event.target.matches && event.target.matches("[data-photos]")) {
        Promise.all(Array.prototype.map.call(event.target.files, smaller)).then(function (files) {
          putFiles(event.target, files);
          draft();
        });
      } else draft();
    });
    kept.get("drafts", here).then(function (held) {
      if (held && !document.querySelector("[data-wrongs]")) restore(form, held, redraw);
      else redraw();
    });
  }

  // Back from the page that follows: the sheet is on its way, this is a fresh one.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) location.reload();
  });
  keepPages();
  var form = document.querySelector("[data-visit]");
  if (form) fill(form);
})();
