"""OGC API Features, part 1: what each address tells, as JSON, and the links between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from linli.atlas.queries.catalogue import LICENCE
from linli.atlas.queries.features import InMemory
from linli.atlas.rules.features.asking import Asked
from linli.atlas.rules.features.selecting import CRS84, Found
from linli.kernel.open_data import Collection

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_SPEC: Final = "http://www.opengis.net/spec/ogcapi-features-1"
CONFORMS: Final = tuple(
    f"{_SPEC}/{version}/conf/{part}"
    for version in ("1.0", "1.1")
    for part in ("core", "geojson", "html", "oas30")
)


@dataclass(frozen=True, slots=True)
class Here:
    """Where an answer stands: host, path, path of the landing page, the words of its address without the form."""

    host: str
    path: str
    root: str
    words: Sequence[tuple[str, str]] = ()

    def address(self, form: str, **more: object) -> str:
        """Return this address in a form (json, html), with other words."""
        told = {**dict(self.words), **{name: str(value) for name, value in more.items()}, "f": form}
        return f"{self.host}{self.path}?{urlencode(told, safe=',:/')}"

    def at(self, path: str) -> str:
        """Return an address below the landing page."""
        return f"{self.host}{self.root}{path}"


def link(href: str, rel: str, media: str, title: str = "") -> dict[str, str]:
    """Return one link."""
    return {"href": href, "rel": rel, "type": media} | ({"title": title} if title else {})


def both_forms(here: Here, form: str, media: str = JSON) -> list[dict[str, str]]:
    """Return the links of an answer to itself and to its other form."""
    other = "html" if form == "json" else "json"
    types = {"json": media, "html": HTML}
    return [
        link(here.address(form), "self", types[form]),
        link(here.address(other), "alternate", types[other]),
    ]


def landing(here: Here, form: str, title: str, words: str) -> dict[str, Any]:
    """Return where everything begins."""
    return {
        "title": title,
        "description": words,
        "links": [
            *both_forms(here, form),
            link(here.at("/api"), "service-desc", OPENAPI),
            link(f"{here.at('/api')}?f=html", "service-doc", HTML),
            link(here.at("/conformance"), "conformance", JSON),
            link(here.at("/collections"), "data", JSON),
            link(LICENCE, "license", HTML),
        ],
    }


def conformance(here: Here, form: str) -> dict[str, Any]:
    """Return which parts of the standard are kept."""
    return {"conformsTo": [*CONFORMS], "links": both_forms(here, form)}


def collections(
    here: Here, form: str, found: Iterable[tuple[Collection, InMemory]]
) -> dict[str, Any]:
    """Return all collections."""
    told = [
        collection(
            Here(here.host, f"{here.root}/collections/{one.code}", here.root), "json", one, kept
        )
        for one, kept in found
    ]
    return {"links": both_forms(here, form), "collections": told}


def collection(here: Here, form: str, one: Collection, kept: InMemory) -> dict[str, Any]:
    """Return what a collection is, where and when its features are."""
    items = here.at(f"/collections/{one.code}/items")
    words = " ".join(filter(None, (str(one.description), kept.notice)))
    extent = {"extent": kept.kept.extent} if kept.kept.extent else {}
    return {
        "id": one.code,
        "title": str(one.title),
        "description": words,
        "links": [
            *both_forms(here, form),
            link(items, "items", GEOJSON),
            link(f"{items}?f=html", "items", HTML),
            link(LICENCE, "license", HTML),
        ],
        **extent,
        "itemType": "feature",
        "crs": [CRS84],
    }


def item_links(here: Here, form: str, asked: Asked, found: Found, code: str) -> list[dict[str, str]]:  # fmt: skip
    """Return the links of a page of features: to itself, the next and the one before, and the collection."""
    types = {"json": GEOJSON, "html": HTML}
    links = both_forms(here, form, GEOJSON)
    if asked.offset + len(found.page) < found.matched and found.page:
        after = here.address(form, offset=asked.offset + asked.limit, limit=asked.limit)
        links.append(link(after, "next", types[form]))
    if asked.offset:
        before = here.address(form, offset=max(asked.offset - asked.limit, 0), limit=asked.limit)
        links.append(link(before, "prev", types[form]))
    return [*links, link(here.at(f"/collections/{code}"), "collection", JSON)]


def feature_links(here: Here, form: str, code: str) -> list[dict[str, str]]:
    """Return the links of one feature."""
    return [
        *both_forms(here, form, GEOJSON),
        link(here.at(f"/collections/{code}"), "collection", JSON),
    ]
