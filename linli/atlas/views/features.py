"""The addresses of OGC API Features: what each answers to programs (JSON) and to people (pages)."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.atlas.queries.features import InMemory, in_memory
from linli.atlas.rules.features.asking import ITEMS, Unreadable, read
from linli.atlas.schemas import features as told
from linli.atlas.schemas.features import GEOJSON, HTML, JSON, OPENAPI, Here
from linli.atlas.schemas.features_description import description
from linli.atlas.views.features_shown import (
    show_api,
    show_collection,
    show_collections,
    show_item,
    show_items,
    show_landing,
)
from linli.kernel import open_data
from linli.kernel.clock import now
from linli.kernel.open_data import Collection
from linli.kernel.refusals import Refused, problem

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, str, P], HttpResponse]
_PLAIN: Final = ("f",)


def _answered(*, known: tuple[str, ...] = _PLAIN, media: str = JSON) -> Callable[
    [View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:  # fmt: skip
    """Tell a view in which form it answers; refuse words that the standard does not know; let any page fetch it."""

    def decorated(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @require_safe
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            form = _form(request, media)
            try:
                read(_words(request, form), known)
                answer = view(request, form, *args, **kwargs)
            except Unreadable as error:
                answer = _refused(request, form, _unread(error))
            except Refused as refused:
                answer = _refused(request, form, refused)
            answer.headers["Access-Control-Allow-Origin"] = "*"
            patch_vary_headers(answer, ["Accept"])
            return answer

        return answered

    return decorated


@_answered()
def landing(request: HttpRequest, form: str) -> HttpResponse:
    """Say what there is."""
    title, words = _("Features"), _("Areas, stations and released cells as GeoJSON, page by page.")
    said = told.landing(_here(request), form, title, words)
    return show_landing(request, said) if form == "html" else _json(said)


@_answered()
def conformance(request: HttpRequest, form: str) -> HttpResponse:
    """Say which parts of the standard are kept."""
    said = told.conformance(_here(request), form)
    if form == "html":
        return show_landing(
            request, said | {"title": _("Parts of the standard"), "description": ""}
        )
    return _json(said)


@_answered(media=OPENAPI)
def api(request: HttpRequest, form: str) -> HttpResponse:
    """Describe everything, as OpenAPI."""
    said = description(_here(request).at(""), "Linli", open_data.collections().values())
    return show_api(request, said) if form == "html" else _json(said, OPENAPI)


@_answered()
def collections(request: HttpRequest, form: str) -> HttpResponse:
    """List all collections."""
    found = [(one, in_memory(one)) for one in open_data.collections().values()]
    said = told.collections(_here(request), form, found)
    return show_collections(request, said) if form == "html" else _json(said)


@_answered()
def collection(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Describe one collection."""
    one, kept = _found(code)
    said = told.collection(_here(request), form, one, kept)
    return show_collection(request, said) if form == "html" else _json(said)


@_answered(known=ITEMS, media=GEOJSON)
def items(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Give the features that are asked for, a page of them."""
    asked = read(_words(request, form), ITEMS)
    one, kept = _found(code)
    found = kept.kept.find(asked)
    links = told.item_links(_here(request), form, asked, found, code)
    if form == "html":
        return show_items(request, one, kept, asked, (found, links))
    head = {
        "type": "FeatureCollection",
        "timeStamp": now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "numberMatched": found.matched,
        "numberReturned": len(found.page),
        **({"attribution": kept.notice} if kept.notice else {}),
        "links": links,
    }
    body = b",".join(kept.kept.text(at) for at in found.page)
    whole = json.dumps(head, ensure_ascii=False).encode()[:-1] + b', "features": [' + body + b"]}"
    return HttpResponse(whole, content_type=GEOJSON)


@_answered(media=GEOJSON)
def item(request: HttpRequest, form: str, code: str, feature: str) -> HttpResponse:
    """Give one feature."""
    one, kept = _found(code)
    at = kept.kept.position(feature)
    if at is None:
        raise _missing()
    links = told.feature_links(_here(request), form, code)
    if form == "html":
        return show_item(request, one, kept, at, links)
    linked = json.dumps(links, ensure_ascii=False).encode()
    whole = kept.kept.text(at)[:-1] + b',"links":' + linked + b"}"
    return HttpResponse(whole, content_type=GEOJSON)


def _found(code: str) -> tuple[Collection, InMemory]:
    one = open_data.collections().get(code)
    if one is None:
        raise _missing()
    return one, in_memory(one)


def _missing() -> Refused:
    return Refused("not_found", _("There is nothing under this address."), status=404)


def _unread(error: Unreadable) -> Refused:
    said = {
        "unknown": _("This address does not know the word “%(name)s”."),
        "twice": _("The word “%(name)s” stands in the address more than once."),
    }.get(error.why, _("What stands under “%(name)s” in the address cannot be read."))
    return Refused(f"unreadable_{error.why}", said % {"name": error.name[:40]}, status=400)


def _refused(request: HttpRequest, form: str, refused: Refused) -> HttpResponse:
    if form == "html":
        return render(request, "ui/refused.html", {"refused": refused}, status=refused.status)
    return problem(refused)


def _form(request: HttpRequest, media: str) -> str:
    """Return json or html: what the address asks for, else what is accepted first; programs that say nothing get JSON."""
    if (asked := request.GET.get("f")) in {"json", "html"}:
        return asked
    return "html" if request.get_preferred_type([media, JSON, GEOJSON, HTML]) == HTML else "json"


def _words(request: HttpRequest, form: str) -> dict[str, list[str]]:
    """Return the words of the address. A page's form sends what nobody filled in: that asks for nothing."""
    words = dict(request.GET.lists())
    return {name: said for name, said in words.items() if form == "json" or said != [""]}


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _here(request: HttpRequest) -> Here:
    words = [(name, str(value)) for name, value in request.GET.items() if name not in _PLAIN]
    root, _slash, _rest = request.path.partition("/ogc")  # a language may stand in front
    return Here(_host(request), request.path, f"{root}/ogc", words)


def _json(said: Mapping[str, Any], media: str = JSON) -> HttpResponse:
    return HttpResponse(json.dumps(said, ensure_ascii=False), content_type=media)
