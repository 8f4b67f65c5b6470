// One file for the page and for its worker: what both need is sent once.
import { Map } from "./node_modules/maplibre-gl/src/ui/map.ts";
import { Marker } from "./node_modules/maplibre-gl/src/ui/marker.ts";
import { config } from "./node_modules/maplibre-gl/src/util/config.ts";
import "./node_modules/maplibre-gl/src/source/worker.ts";

globalThis.maplibre = { Map, Marker, config };
