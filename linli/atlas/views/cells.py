"""One cell: as it stands now, given an address for ever, looked at under it, made again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.atlas.actions.citing import WHY, cite
from linli.atlas.models import CellCitation, Rate
from linli.atlas.queries.cited_cells import citation, known_areas, known_periods, made_again
from linli.atlas.queries.single_cells import Answer, answer
from linli.atlas.schemas import cell_words
from linli.atlas.schemas.cell_asked import question, way_to
from linli.facts.rules.released import NotReleased
from linli.kernel.actors import HOLDER
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

_KNOCKS = {"burst": 60, "per_hour": 600}


@require_safe
@vary_on_cookie
def cell(request: HttpRequest) -> HttpResponse:
    """Show one cell as it stands now, or say why there is none."""
    if not request.GET:  # an address cut short
        return redirect("atlas:atlas")
    found = answer(question(request.GET))
    context = cell_words.told(found) | {"trail": _trail(found), "asked": request.GET.items()}
    if found.result.point is None:
        context |= {"why": WHY[found.result.why], "known": _known(found)}
        return render(request, "atlas/cell.html", context, status=422)
    context["history"] = cell_words.history(found)
    return render(request, "atlas/cell.html", context)


# Without a token: whoever forges this gives a public figure an address, and the page needs no cookie.
@csrf_exempt
@require_POST
def cell_cite(request: HttpRequest) -> HttpResponse:
    """Give the cell that a form names an address for ever."""
    asked = question(request.POST)
    at = now()
    allow_knock("cite a cell", source_of(request), at=at, **_KNOCKS)
    try:
        made = cite(by=HOLDER, at=at, question=asked)
    except Refused:
        # The same page says why.
        return redirect(way_to(asked.of, asked.area.code, asked.period, asked.before))
    return redirect("atlas:cell_cited", made.code)


@require_safe
@vary_on_cookie
def cell_cited(request: HttpRequest, code: str) -> HttpResponse:
    """Show a cited cell as it was cited, made again just now, and what has become of it since."""
    if (meant := _meant(code)) != code:
        return redirect("atlas:cell_cited", meant)
    found = _citation(meant)
    try:
        again = made_again(found)
    except NotReleased as error:
        raise Http404 from error
    host = _host(request)
    told = cell_words.told(again.answer)
    context = told | {
        "trail": _trail(again.answer, found.code),
        "cited": found,
        "again": again,
        "address": cell_words.address(found, host),
        "quote_line": cell_words.quoted(again.answer, found, localdate(found.at).isoformat(), host),
        "history": cell_words.history(again.answer),
        "since": _since(again.answer, told["headline"]),
    }
    return render(request, "atlas/cell.html", context)


@require_safe
def cell_json(request: HttpRequest, code: str) -> HttpResponse:
    """Give a cited cell to programs."""
    if (meant := _meant(code)) != code:
        return redirect("atlas:cell_json", meant)
    found = _citation(meant)
    try:
        again = made_again(found)
    except NotReleased as error:
        raise Http404 from error
    told = cell_words.in_json(found, again.answer, same=again.same, host=_host(request))
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


def _meant(code: str) -> str:
    meant = read_code(code)
    if meant is None:
        raise Http404
    return meant


def _citation(code: str) -> CellCitation:
    found = citation(code)
    if found is None:
        raise Http404
    return found


def _since(found: Answer, headline: str) -> dict[str, str] | None:
    """Return what the same cell says today, None when it says the same."""
    asked = found.question
    today = answer(asked)
    if today.result.point is not None and today.said == found.said:
        return None
    said = cell_words.headline(today)
    return {
        "headline": "" if said == headline else said,
        "address": way_to(asked.of, asked.area.code, asked.period, asked.before),
    }


def _known(found: Answer) -> list[dict[str, Any]]:
    """Return for each side what is known of it here, and where else over this period: what one could ask instead."""
    asked = found.question
    sides = known_periods(asked)
    listed = []
    for role, of in asked.sides.items():
        here = [(cell_words.words(one), one) for one in sides[role]]
        near = [] if asked.period in sides[role] else known_areas(of, asked.period, asked.area)
        listed.append(
            {
                "indicator": of,
                "name_lang": cell_words.name_lang(of),
                "periods": [(words, way_to(asked.of, asked.area.code, one)) for words, one in here],
                "areas": [(area.name, way_to(asked.of, area.code, asked.period)) for area in near],
            }
        )
    return listed


def _trail(found: Answer, code: str = "") -> list[tuple[Words, str]]:
    of = found.question.of
    steps: list[tuple[Words, str]] = [(_("Home"), reverse("portal:home")), (_("Atlas"), reverse("atlas:atlas"))]  # fmt: skip
    if isinstance(of, Rate):
        steps += [(_("Rates"), reverse("atlas:rates")), (of.shown_name, reverse("atlas:rate", args=[of.code]))]  # fmt: skip
    else:
        steps.append((of.shown_name, reverse("facts:public_indicator", args=[of.code])))
    return [*steps, (code or _("One cell"), "")]


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
