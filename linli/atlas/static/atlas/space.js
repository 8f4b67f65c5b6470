// The map that turns: asked for by a button, made of the page's own look, and left out where it cannot be drawn.
(() => {
  "use strict";
  const box = document.querySelector("[data-turning]");
  if (!box) return;
  const part = (name) => box.querySelector(`[data-turning-${name}]`);
  const [open, panel, state, said, labels, go] =
    ["open", "panel", "state", "said", "labels", "go"].map(part);
  const words = (name) => { state.textContent = state.dataset[name]; };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const STEEP = 0, LOOKING = 50, FLAT = 65;
  let map, scene, begin, names = [];

  const able = () => {
    try {
      return Boolean(document.createElement("canvas").getContext("webgl2"));
    } catch {
      return false;
    }
  };
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const load = () => new Promise((done, failed) => {
    if (window.maplibre) return done();
    const script = document.createElement("script");
    script.src = box.dataset.script;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });

  // Places are tall from afar and sink as one comes close, so that buildings stand free.
  const places = (zoom) => ["interpolate", ["linear"], ["zoom"], zoom + 1.5, ["get", "height"], zoom + 4, 0];
  const kind = (name) => ["==", ["get", "kind"], name];
  const coloured = () => ["match", ["get", "step"],
    ...[1, 2, 3, 4, 5].flatMap((step) => [step, token(`--step-${step}`)]), token("--surface")];

  const hatch = () => {
    const side = 12, data = new Uint8ClampedArray(side * side * 4);
    const drawing = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const [line, ground] = ["--edge", "--surface"].map((name) => {
      drawing.fillStyle = token(name);
      drawing.fillRect(0, 0, 1, 1);
      return [...drawing.getImageData(0, 0, 1, 1).data];
    });
    for (let at = 0; at < side * side; at++) {
      data.set((at % side + Math.floor(at / side)) % 6 < 2 ? line : ground, at * 4);
    }
    return { width: side, height: side, data };
  };

  const style = (zoom) => ({
    version: 8,
    sources: { scene: { type: "geojson", data: scene } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": token("--sunk") } },
      { id: "flat", type: "fill", source: "scene", filter: kind("area"), paint: { "fill-color": coloured() } },
      { id: "borders", type: "line", source: "scene", filter: kind("area"), paint: { "line-color": token("--edge"), "line-width": 1 } },
      { id: "places", type: "fill-extrusion", source: "scene", filter: ["all", kind("area"), [">", ["get", "height"], 0]], paint: { "fill-extrusion-color": coloured(), "fill-extrusion-height": places(zoom) } },
      { id: "buildings", type: "fill-extrusion", source: "scene", minzoom: zoom + 2, filter: kind("building"), paint: { "fill-extrusion-color": token("--brand"), "fill-extrusion-height": ["get", "height"] } },
    ],
  });

  const tell = (one) => {
    const { kind: what, name, said: words, height } = one.properties;
    said.textContent = what === "area" ? words
      : `${name}: ${words}, ${box.dataset.metres.replace("{n}", height)}`;
  };

  const label = () => {
    labels.replaceChildren();
    names = scene.features.map((one) => {
      const { kind: what, name, short } = one.properties;
      const element = document.createElement("span");
      element.className = "turning__label";
      element.textContent = what === "area" ? `${name} ${short}` : name;
      labels.append(element);
      return { one, element };
    });
  };

  // A name stands above its body; where two would lie over each other the taller body keeps its name.
  const place = () => {
    const zoom = map.getZoom(), taken = [];
    const metre = 512 * 2 ** zoom / (40075017 * Math.cos(map.getCenter().lat * Math.PI / 180));
    const sunk = Math.min(1, Math.max(0, (begin.zoom + 4 - zoom) / 2.5));
    const frame = labels.getBoundingClientRect();
    for (const { one, element } of names) {
      const { kind: what, centre, height } = one.properties;
      const near = zoom > begin.zoom + 2;
      const at = map.project(centre);
      const up = height * metre * Math.sin(map.getPitch() * Math.PI / 180) * (what === "area" ? sunk : 1);
      const [width, tall] = [element.offsetWidth || 60, element.offsetHeight || 20];
      const [x, y] = [at.x - width / 2, at.y - up - tall];
      const free = (what === "area" || near) && x > -width && y > -tall && x < frame.width && y < frame.height &&
        taken.every((other) => x + width < other.x || other.x + other.width < x || y + tall < other.y || other.y + other.tall < y);
      element.hidden = !free;
      if (free) {
        taken.push({ x, y, width, tall });
        element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
      }
    }
  };

  const move = (to) => calm.matches ? map.jumpTo(to) : map.easeTo({ duration: 500, ...to });
  // Where all of it is seen: worked out before there is a map, with air above for tall bodies.
  const whole = () => fitted(scene.bbox, 0.45);

  const fitted = ([west, south, east, north], air) => {
    const up = (lat) => Math.log(Math.tan(Math.PI / 4 + lat * Math.PI / 360)) * 180 / Math.PI;
    const frame = part("map");
    const across = frame.clientWidth / Math.max(east - west, 1e-6);
    const along = frame.clientHeight / Math.max(up(north) - up(south), 1e-6);
    const zoom = Math.log2(Math.min(across, along) * 360 / 512) - air;
    return { center: [(west + east) / 2, (south + north) / 2], zoom, pitch: LOOKING, bearing: 0 };
  };

  const choices = () => {
    const group = (words, kind) => {
      const found = scene.features.map((one, at) => [one, at]).filter(([one]) => one.properties.kind === kind);
      if (!found.length) return;
      const listed = document.createElement("optgroup");
      listed.label = words;
      for (const [one, at] of found) listed.append(new Option(one.properties.name, at));
      go.append(listed);
    };
    go.replaceChildren(new Option(box.dataset.whole, ""));
    group(box.dataset.places, "area");
    group(box.dataset.buildings, "building");
  };

  const turns = {
    in: () => move({ zoom: map.getZoom() + 1 }),
    out: () => move({ zoom: map.getZoom() - 1 }),
    left: () => move({ bearing: map.getBearing() - 30 }),
    right: () => move({ bearing: map.getBearing() + 30 }),
    steep: () => move({ pitch: STEEP }),
    flat: () => move({ pitch: FLAT }),
    close: () => { close(); open.querySelector("button").focus(); },
  };

  const close = () => {
    map?.remove();
    map = undefined;
    labels.replaceChildren();
    panel.hidden = true;
    open.hidden = false;
    state.textContent = "";
    delete box.dataset.ready;
  };

  const fail = (name) => {
    close();
    words(name);
  };

  const paint = () => {
    if (!map) return;
    map.updateImage("hatch", hatch());
    map.setPaintProperty("ground", "background-color", token("--sunk"));
    map.setPaintProperty("borders", "line-color", token("--edge"));
    map.setPaintProperty("flat", "fill-color", coloured());
    map.setPaintProperty("places", "fill-extrusion-color", coloured());
    map.setPaintProperty("buildings", "fill-extrusion-color", token("--brand"));
  };

  const draw = () => {
    maplibre.config.WORKER_URL = new URL(box.dataset.script, location.href).href;
    begin = whole();
    map = new maplibre.Map({
      ...begin,
      container: part("map"),
      style: style(begin.zoom),
      attributionControl: false,
      cooperativeGestures: true,
      fadeDuration: 0,
      hash: "view",
      maxPitch: 70,
      renderWorldCopies: false,
      locale: {
        "Map.Title": box.dataset.canvas,
        "CooperativeGesturesHandler.WindowsHelpText": box.dataset.wheel,
        "CooperativeGesturesHandler.MacHelpText": box.dataset.wheel,
        "CooperativeGesturesHandler.MobileHelpText": box.dataset.fingers,
      },
    });
    map.once("style.load", () => {
      map.addImage("hatch", hatch());
      map.addLayer({ id: "hatched", type: "fill", source: "scene", filter: ["==", ["get", "state"], "kept_back"], paint: { "fill-pattern": "hatch" } }, "borders");
    });
    map.on("error", () => fail("broken"));
    map.getCanvas().addEventListener("webglcontextlost", () => fail("missing"));
    map.on("click", (event) => {
      const [one] = map.queryRenderedFeatures(event.point, { layers: ["buildings", "places", "flat"] });
      if (one) tell(one);
    });
    map.on("move", place);
    map.once("idle", () => {
      place();
      words("ready");
      box.dataset.ready = "";
    });
  };

  open.addEventListener("click", async () => {
    if (!able()) return words("missing");
    open.hidden = true;
    words("loading");
    try {
      const asked = fetch(box.dataset.scene).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      [scene] = await Promise.all([asked, load()]);
      // Tallest first: they keep their names.
      scene.features.sort((a, b) => b.properties.height - a.properties.height);
      panel.hidden = false;
      choices();
      label();
      draw();
      part("map").querySelector("canvas").focus({ preventScroll: true });
    } catch {
      fail("broken");
    }
  });
  box.addEventListener("click", (event) => turns[event.target.dataset.turn]?.());
  go.addEventListener("change", () => {
    const one = scene.features[go.value];
    if (!go.value || !one) return move(whole());
    tell(one);
    const points = one.geometry.coordinates.flat(Infinity);
    const [easts, norths] = [0, 1].map((odd) => points.filter((_, at) => at % 2 === odd));
    const frame = [Math.min(...easts), Math.min(...norths), Math.max(...easts), Math.max(...norths)];
    const building = one.properties.kind === "building";
    move({ ...fitted(frame, building ? 2.5 : 1.2), center: one.properties.centre });
  });
  dark.addEventListener("change", paint);
  open.hidden = false;
})();
