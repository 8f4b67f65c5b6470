"""The resolver of GS1 Digital Link: from the code on a pack to the page about it, and all links for programs."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.kernel.refusals import Refused, problem
from linli.trace.queries.digital_links import KEYS, Known, known, targets
from linli.trace.rules.codes import linksets
from linli.trace.rules.codes.digital_links import read
from linli.trace.rules.codes.element_values import Malformed
from linli.trace.rules.codes.linksets import Target
from linli.ui.spoken import spoken

_AGE: Final = "public, max-age=60"
_ALL: Final = frozenset({"all", "linkset"})


@require_safe
def resolve(request: HttpRequest, path: str) -> HttpResponse:
    """Lead on to the best link of a thing, or tell all of them."""
    with override(spoken(request)):
        return _labelled(_resolved(request))


@require_safe
def resolver(request: HttpRequest) -> HttpResponse:
    """Say what this resolver knows."""
    root = _host(request)
    vocabulary = {"namespace": linksets.VOCABULARY, "prefix": "gs1:"}
    said: dict[str, Any] = {
        "name": "Linli",
        "resolverRoot": root,
        "supportedPrimaryKeys": list(KEYS),
        "supportedLinkType": [vocabulary],
        "linkTypeDefaultCanBeLinkset": False,
    }
    return _labelled(JsonResponse(said))


def _resolved(request: HttpRequest) -> HttpResponse:
    try:
        link = read(request.build_absolute_uri())
    except Malformed:
        return _refused(request, Refused("unreadable", _("This is no code that can be on goods."), status=400))  # fmt: skip
    thing = known(link)
    if thing is None:
        sentence = _("Nothing is known here of this code. It may belong to somebody else.")
        return _refused(request, Refused("unknown_thing", sentence, status=404))
    links = targets(thing, _host(request))
    if link.link_type in _ALL or _wants_all(request):
        return JsonResponse(
            linksets.written(thing.anchor, thing.name, links),
            content_type=linksets.MEDIA_TYPE,
            json_dumps_params={"ensure_ascii": False},
        )
    return _led_on(request, thing, links, link.link_type)


def _led_on(request: HttpRequest, thing: Known, links: list[Target], relation: str) -> HttpResponse:
    languages = [one.partition(";")[0].strip() for one in request.headers.get("Accept-Language", "").split(",")]  # fmt: skip
    media = "text/html" if request.accepts("text/html") else ""
    best = linksets.chosen(links, relation, [spoken(request), *languages], media)
    if best is None:
        sentence = _("No link of this kind is known here.")
        return _refused(request, Refused("no_such_link", sentence, status=404))
    response = HttpResponse(status=307, headers={"Location": best.href})
    response["Link"] = linksets.as_header(thing.anchor, links)
    return response


def _wants_all(request: HttpRequest) -> bool:
    said = request.headers.get("Accept", "")
    return any(
        one.partition(";")[0].strip() in {linksets.MEDIA_TYPE, "application/linkset"}
        for one in said.split(",")
    )


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    if not request.accepts("text/html"):
        return problem(refused)
    return render(request, "ui/refused.html", {"refused": refused}, status=refused.status)


def _labelled(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link, Location"
    response["Cache-Control"] = _AGE
    response["Vary"] = "Accept, Accept-Language, Cookie"
    return response


def _host(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
