"""Exhibitions for everybody: the list, one of them, one work on the tour, all works on a wall, and their files."""

from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.models import Exhibition, ExhibitionEdition
from linli.atlas.queries.exhibitions import neighbours, opened, opened_editions
from linli.atlas.schemas.exhibition_words import said, told
from linli.atlas.views.squares import square
from linli.kernel import files
from linli.kernel.text import Words


@require_safe
@vary_on_cookie
def exhibitions(request: HttpRequest) -> HttpResponse:
    """List what is open."""
    listed = list(Exhibition.objects.opened().select_related("unit"))
    editions = opened_editions(listed)
    rows = [(one, *_head(editions[one.pk].content)) for one in listed]
    return render(request, "atlas/exhibitions.html", {"exhibitions": rows, "trail": _trail()})


@require_safe
@vary_on_cookie
def exhibition(request: HttpRequest, code: str) -> HttpResponse:
    """Show one exhibition: all its works in the order of the tour."""
    edition = _edition(code)
    title, about, _count = _head(edition.content)
    context = _context(edition) | {"about": about, "trail": _trail((title.words, ""))}
    return render(request, "atlas/exhibition.html", context)


@require_safe
@vary_on_cookie
def work(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one work, and the way to the next."""
    edition = _edition(code)
    one = told(_work(edition, number), number)
    works = edition.content["works"]
    beside = neighbours(number, len(works))
    here = (one["title"].words, "")
    context = {
        "exhibition": edition.exhibition,
        "title": said(edition.content["title"]),
        "work": one,
        "count": len(works),
        "before": told(works[beside.before - 1], beside.before) if beside.before else None,
        "behind": told(works[beside.behind - 1], beside.behind) if beside.behind else None,
        "trail": _trail((said(edition.content["title"]).words, _address(code)), here),
    }
    return render(request, "atlas/exhibition_work.html", context)


@require_safe
@vary_on_cookie
def exhibition_wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show all works large, each with a square that a telephone reads: for a screen in a hall, and for paper."""
    edition = _edition(code)
    context = _context(edition)
    hung = [
        (one, square(_of_work(request, code, one["number"]), "reading__square"))
        for one in context["works"]
    ]
    title = context["title"].words
    trail = _trail((title, _address(code)), (_("On a wall"), ""))
    return render(request, "atlas/exhibition_wall.html", context | {"hung": hung, "trail": trail})


@require_safe
def exhibition_file(
    request: HttpRequest, code: str, number: int, what: Literal["picture", "sound"]
) -> HttpResponse:
    """Return the picture or the recording of a work that hangs."""
    found = _work(_edition(code), number)
    if not found[what]:
        raise Http404
    return work_file(found[what], found["picture_type"] if what == "picture" else "audio/wav")


def work_file(digest: str, media_type: str) -> HttpResponse:
    """Return a file of a work. Raises Http404 where it is not there."""
    try:
        data = files.fetch(digest)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(data, content_type=media_type)
    patch_cache_control(response, public=True, max_age=300)
    return response


def _edition(code: str) -> ExhibitionEdition:
    found = opened(code)
    if found is None:
        raise Http404
    return found


def _work(edition: ExhibitionEdition, number: int) -> dict[str, Any]:
    works: list[dict[str, Any]] = edition.content["works"]
    if not 1 <= number <= len(works):
        raise Http404
    return works[number - 1]


def _head(content: dict[str, Any]) -> tuple[Any, Any, int]:
    return said(content["title"]), said(content["about"]), len(content["works"])


def _context(edition: ExhibitionEdition) -> dict[str, Any]:
    return {
        "exhibition": edition.exhibition,
        "edition": edition,
        "reading": edition.content["kind"] == Exhibition.READING,
        "title": said(edition.content["title"]),
        "works": [told(one, number) for number, one in enumerate(edition.content["works"], 1)],
    }


def _address(code: str) -> str:
    return reverse("atlas:exhibition", args=[code])


def _of_work(request: HttpRequest, code: str, number: int) -> str:
    return request.build_absolute_uri(reverse("atlas:exhibition_work", args=[code, number]))


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:exhibitions") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Exhibitions"), here), *steps]
