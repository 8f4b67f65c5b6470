"""Pages of /ogc/ for people: the same as the JSON, with names in words."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.atlas.queries.features import InMemory
from linli.atlas.rules.features.asking import MOST, Asked
from linli.atlas.rules.features.selecting import Found
from linli.kernel.open_data import Collection

# What a list shows of a feature, where it has it; the rest stands on the page of one.
_TOLD = ("name", "indicator", "value", "kept_back", "level", "parent", "kind", "area", "street")
_MANY = 5
Links = Sequence[Mapping[str, str]]


def show_landing(request: HttpRequest, said: Mapping[str, Any]) -> HttpResponse:
    """Show where everything begins, or which parts of the standard are kept."""
    context = {
        "title": said["title"],
        "words": said["description"],
        "ways": [(_("Collections"), reverse("atlas:ogc_collections")), (_("How programs ask"), f"{reverse('atlas:ogc_api')}?f=html"), (_("Parts of the standard"), reverse("atlas:ogc_conformance"))],
        "codes": said.get("conformsTo", ()),
        "links": said["links"],
        "trail": _trail(),
    }  # fmt: skip
    return render(request, "atlas/features_home.html", context)


def show_collections(request: HttpRequest, said: Mapping[str, Any]) -> HttpResponse:
    """Show all collections."""
    cards = [(one, reverse("atlas:ogc_items", args=[one["id"]])) for one in said["collections"]]
    context = {
        "title": _("Collections"),
        "cards": cards,
        "links": said["links"],
        "trail": _trail((_("Collections"), "")),
    }
    return render(request, "atlas/features_home.html", context)


def show_collection(request: HttpRequest, said: Mapping[str, Any]) -> HttpResponse:
    """Show one collection: where, when, and the way to its features."""
    extent = said.get("extent", {})
    context = {
        "title": said["title"],
        "words": said["description"],
        "box": next(iter(extent.get("spatial", {}).get("bbox", ())), None),
        "interval": next(iter(extent.get("temporal", {}).get("interval", ())), None),
        "ways": [(_("Look at the features"), reverse("atlas:ogc_items", args=[said["id"]]))],
        "links": said["links"],
        "trail": _trail(_collections(), (said["title"], "")),
    }
    return render(request, "atlas/features_home.html", context)


def show_api(request: HttpRequest, said: Mapping[str, Any]) -> HttpResponse:
    """Show every operation with its words."""
    paths = [
        (f"/ogc{path}", operation["get"]["summary"], operation["get"]["parameters"])
        for path, operation in said["paths"].items()
    ]
    context = {
        "title": _("How programs ask"),
        "paths": paths,
        "links": [],
        "trail": _trail((_("How programs ask"), "")),
    }
    return render(request, "atlas/features_home.html", context)


def show_items(
    request: HttpRequest, one: Collection, kept: InMemory, asked: Asked, told: tuple[Found, Links]
) -> HttpResponse:
    """Show a page of features as a table."""
    found, links = told
    things = [kept.kept.things[at] for at in found.page]
    names = _names(things[0].properties if things else {})
    rows = [
        (thing.id, _way(one, thing.id), [_shown(thing.properties.get(name)) for name in names])
        for thing in things
    ]
    context = {
        "title": one.title,
        "words": one.description,
        "notice": kept.notice,
        "heads": [one.columns.get(name, name) for name in names],
        "rows": rows,
        "matched": found.matched,
        "first": asked.offset + 1,
        "last": asked.offset + len(things),
        "asked": {name: request.GET.get(name, "") for name in ("bbox", "datetime", "limit")},
        "most": MOST,
        "links": links,
        "pages": {link["rel"]: f"?{urlsplit(link['href']).query}" for link in links},
        "trail": _trail(_collections(), (one.title, "")),
    }
    return render(request, "atlas/features_items.html", context)


def show_item(
    request: HttpRequest, one: Collection, kept: InMemory, at: int, links: Links
) -> HttpResponse:
    """Show one feature with all that is known of it."""
    thing = kept.kept.things[at]
    since, until = thing.since, thing.until
    shape = thing.geometry["type"] if thing.geometry else None
    point = thing.geometry["coordinates"] if thing.geometry and shape == "Point" else None
    context = {
        "title": thing.properties.get("name") or thing.id,
        "thing": thing,
        "facts": [
            (one.columns.get(name, name), _shown(value))
            for name, value in thing.properties.items()
            if value not in {None, ""}
        ],
        "shape": shape,
        "point": point,
        "span": (since, until) if since or until else None,
        "notice": kept.notice,
        "links": links,
        "trail": _trail(
            _collections(),
            (one.title, f"{reverse('atlas:ogc_items', args=[one.code])}?f=html"),
            (thing.properties.get("name") or thing.id, ""),
        ),
    }
    return render(request, "atlas/features_item.html", context)


def _names(properties: Mapping[str, Any]) -> list[str]:
    return [name for name in _TOLD if name in properties][:_MANY]


def _shown(value: object) -> tuple[str, str]:
    """Return a value in words, and where it leads if it is an address."""
    said = "" if value is None else str(value)
    return (said, said) if said.startswith(("http://", "https://")) else (said, "")


def _way(one: Collection, feature: str) -> str:
    return f"{reverse('atlas:ogc_item', args=[one.code, feature])}?f=html"


def _collections() -> tuple[str, str]:
    return _("Collections"), f"{reverse('atlas:ogc_collections')}?f=html"


def _trail(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    here = reverse("atlas:ogc_landing") + "?f=html" if more else ""
    return [
        (_("Home"), reverse("portal:home")),
        (_("Open data"), reverse("atlas:open_data")),
        (_("Features"), here),
        *more,
    ]
