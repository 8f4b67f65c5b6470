/* Keeps the pages of visits and what they need, for places without a network. Nothing else goes through here:
   what is sent waits in the page's own outbox, and no other page is kept. */
"use strict";

const VERSION = "linli-visits-{{ version }}";
const HOME = "{{ home|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(VERSION)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting())
  );
});

function isPage(url) {
  const rest = url.pathname.slice(HOME.length);
  return url.origin === location.origin && url.pathname.startsWith(HOME) && !/^(token|worker)/.test(rest);
}

// Whoever is signed out sees no visit any more, without a network neither. What waits in the outbox is not touched.
function forget() {
  return caches.open(VERSION).then((cache) =>
    cache.keys().then((held) =>
      Promise.all(held.filter((one) => isPage(new URL(one.url))).map((one) => cache.delete(one)))
    )
  );
}

function found(url) {
  return caches
    .open(VERSION)
    .then((cache) => cache.match(url, { ignoreSearch: true }))
    .then((held) => held || caches.match(url, { ignoreSearch: true }));
}

function kept(request, response) {
  if (response.redirected || response.type === "opaqueredirect") return forget().then(() => response);
  const html = (response.headers.get("Content-Type") || "").indexOf("text/html") === 0;
  if (!response.ok || !html) return response;
  const copy = response.clone();
  return caches
    .open(VERSION)
    .then((cache) => cache.put(request.url, copy))
    .then(() => response, () => response);
}

// Pages that an older version kept are fetched anew: their files have other names now. Without a network the old stay.
function renewed() {
  return caches.keys().then((names) =>
    Promise.all(
      names
        .filter((name) => name.indexOf("linli-visits-") === 0 && name !== VERSION)
        .map((name) =>
          caches
            .open(name)
            .then((old) => old.keys())
            .then((held) => held.map((one) => one.url).filter((url) => isPage(new URL(url))))
            .then((urls) => Promise.all(urls.map((url) => fetch(url).then((got) => kept({ url }, got)))))
            .then(() => caches.delete(name), () => undefined)
        )
    )
  );
}

self.addEventListener("activate", (event) => {
  event.waitUntil(renewed().then(() => self.clients.claim()));
});

function fromNetwork(request) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  const asked = fetch(request).then((response) => kept(request, response));
  return Promise.race([asked, late]).catch(() =>
    found(request.url).then((held) => held || asked)
  );
}

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (request.method !== "GET") return;
  if (isPage(url)) {
    event.respondWith(fromNetwork(request));
  } else if (FILES.indexOf(url.pathname) >= 0) {
    event.respondWith(found(url.pathname).then((held) => held || fetch(request)));
  }
});
