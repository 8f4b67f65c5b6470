"""The description of /ogc/ as OpenAPI 3.0: every operation, every word of an address, every answer."""

from collections.abc import Iterable
from typing import Any, Final

from linli.atlas.rules.features.asking import FORMATS, FURTHEST, MOST, SOME
from linli.atlas.schemas.features import GEOJSON, HTML, JSON, OPENAPI
from linli.kernel.open_data import Collection

_PROBLEM: Final = "application/problem+json"
_LINK: Final = {
    "type": "object",
    "required": ["href"],
    "properties": {
        name: {"type": "string"} for name in ("href", "rel", "type", "hreflang", "title")
    },
}
_LINKS: Final = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_BBOX: Final = {
    "name": "bbox",
    "in": "query",
    "description": "West, south, east, north in degrees of WGS 84; six numbers with heights, which are not looked at.",
    "required": False,
    "schema": {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    },
    "style": "form",
    "explode": False,
}
_DATETIME: Final = {
    "name": "datetime",
    "in": "query",
    "description": "A moment (RFC 3339), a day, or an interval of two with a slash between; open where it says nothing or ..",
    "required": False,
    "schema": {"type": "string"},
    "style": "form",
    "explode": False,
}
_LIMIT: Final = {
    "name": "limit",
    "in": "query",
    "description": "How many at most. More than the maximum gives the maximum.",
    "required": False,
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": SOME},
    "style": "form",
    "explode": False,
}
_OFFSET: Final = {
    "name": "offset",
    "in": "query",
    "description": "How many are passed over: follow the link next.",
    "required": False,
    "schema": {"type": "integer", "minimum": 0, "maximum": FURTHEST, "default": 0},
    "style": "form",
    "explode": False,
}
_FORM: Final = {
    "name": "f",
    "in": "query",
    "description": "The form of the answer; without it, what the request accepts.",
    "required": False,
    "schema": {"type": "string", "enum": [*FORMATS]},
    "style": "form",
    "explode": False,
}
_ITEM: Final = {
    "name": "featureId",
    "in": "path",
    "description": "The id of a feature.",
    "required": True,
    "schema": {"type": "string"},
}


def description(root: str, title: str, found: Iterable[Collection]) -> dict[str, Any]:
    """Return the description of what begins at this address."""
    codes = [one.code for one in found]
    which = {
        "name": "collectionId",
        "in": "path",
        "description": "The code of a collection.",
        "required": True,
        "schema": {"type": "string", "enum": codes},
    }
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1"},
        "servers": [{"url": root}],
        "paths": {
            "/": _get("landing", "The landing page", "landingPage"),
            "/conformance": _get("conformance", "Which parts are kept", "confClasses"),
            "/api": _get("api", "This description", "any", media=OPENAPI),
            "/collections": _get("collections", "All collections", "collections"),
            "/collections/{collectionId}": _get("collection", "One", "collection", which),
            "/collections/{collectionId}/items": _get(
                "items", "Features", "featureCollection", which, _BBOX, _DATETIME, _LIMIT, _OFFSET,
                media=GEOJSON,
            ),
            "/collections/{collectionId}/items/{featureId}": _get(
                "item", "One feature", "feature", which, _ITEM, media=GEOJSON
            ),
        },
        "components": {"schemas": _schemas()},
    }  # fmt: skip


def _get(
    name: str, words: str, schema: str, *parameters: dict[str, Any], media: str = JSON
) -> dict[str, Any]:
    told = {
        media: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
        HTML: {"schema": {"type": "string"}},
    }
    refused = {
        _PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}},
        HTML: {"schema": {"type": "string"}},
    }
    answers = {
        "200": {"description": words, "content": told},
        "400": {
            "description": "A word of the address is unknown or unreadable",
            "content": refused,
        },
    }
    if any(one["in"] == "path" for one in parameters):
        answers["404"] = {"description": "There is no such thing", "content": refused}
    return {
        "get": {
            "operationId": name,
            "summary": words,
            "parameters": [*parameters, _FORM],
            "responses": answers,
        }
    }


def _schemas() -> dict[str, Any]:
    text, anything = {"type": "string"}, {"type": "object"}
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": text,
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "nullable": True},
            "links": _LINKS,
        },
    }
    whole = {"type": "integer", "minimum": 0}
    return {
        "any": anything,
        "link": _LINK,
        "problem": {"type": "object", "required": ["type", "title", "status"], "properties": {"type": text, "title": text, "status": {"type": "integer"}, "code": text}},
        "landingPage": {"type": "object", "required": ["links"], "properties": {"title": text, "description": text, "links": _LINKS}},
        "confClasses": {"type": "object", "required": ["conformsTo"], "properties": {"conformsTo": {"type": "array", "items": text}}},
        "collection": {
            "type": "object",
            "required": ["id", "links"],
            "properties": {"id": text, "title": text, "description": text, "links": _LINKS, "extent": anything, "itemType": text, "crs": {"type": "array", "items": text}},
        },
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {"links": _LINKS, "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}}},
        },
        "feature": feature,
        "featureCollection": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
                "links": _LINKS, "timeStamp": {"type": "string", "format": "date-time"},
                "numberMatched": whole, "numberReturned": whole, "attribution": text,
            },
        },
    }  # fmt: skip
