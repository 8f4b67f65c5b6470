"""One figure at its permanent address: what it states, what it rests on, what was said before and after."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.facts import queries
from linli.facts.models import Fact
from linli.facts.schemas.rows import COLUMNS, Row, citation, described, in_json
from linli.facts.views.told import cited, name_lang, told
from linli.kernel.codes import read_code


@require_safe
@vary_on_cookie
def page(request: HttpRequest, code: str) -> HttpResponse:
    meant = read_code(code)
    if meant is None:
        return render(request, "facts/citation_unknown.html", {"typed": code[:40]}, status=404)
    if meant != code:
        return redirect("facts:citation", meant)
    fact = _visible(request, meant)
    vintages = queries.vintages(fact)
    indicator = fact.indicator
    now, later = vintages[-1], vintages[vintages.index(fact) + 1 :]
    shown = told(fact)
    context = shown | {
        "told": shown,
        "trail": _trail(fact),
        "indicator": indicator,
        "name_lang": name_lang(indicator),
        "unit": indicator.shown_unit,
        "vintages": [told(one) for one in vintages],
        "newest": told(now) if later else None,
        "next": told(later[0]) if later else None,
        "quote_line": cited(indicator, fact, _host(request)),
        "address": f"{_host(request)}{citation(fact)}",
    }
    return render(request, "facts/citation.html", context)


@require_safe
def data(request: HttpRequest, code: str) -> HttpResponse:
    meant = read_code(code)
    if meant is None:
        raise Http404
    if meant != code:
        return redirect("facts:citation_json", meant)
    fact = _visible(request, meant)
    return JsonResponse(_data(fact, _host(request)), json_dumps_params={"ensure_ascii": False})


def _data(fact: Fact, host: str) -> dict[str, Any]:
    vintages = queries.vintages(fact)
    place = vintages.index(fact)
    evidence = fact.evidence
    later = vintages[place + 1 :]
    return {
        "code": fact.code,
        "current": not later and fact.status != Fact.WITHDRAWN,
        "figure": in_json(Row(fact, tuple(vintages[: place + 1])), host),
        "columns": {name: str(words) for name, words in COLUMNS.items()},
        "indicator": described(fact.indicator),
        "evidence": {
            "kind": evidence.kind,
            "source": evidence.source,
            "words": evidence.words,
            "address": evidence.address,
            "sha256": evidence.digest,
            "start": evidence.start,
            "end": evidence.end,
            "file_name": evidence.file_name,
            "media_type": evidence.media_type,
            "data_version": evidence.version,
        },
        "superseded_by": f"{host}{citation(later[0])}" if later else None,
        "newest": f"{host}{citation(vintages[-1])}",
        "history": [
            in_json(Row(one, tuple(vintages[: number + 1])), host)
            for number, one in enumerate(vintages)
        ],
        "quote": cited(fact.indicator, fact, host),
    }


def _visible(request: HttpRequest, code: str) -> Fact:
    """Return the fact, or 404 where there is none or it is not for everybody."""
    fact = queries.cited(code, hidden=request.user.is_authenticated)
    if fact is None:
        raise Http404
    return fact


def _host(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _trail(fact: Fact) -> list[tuple[str, str]]:
    indicator = fact.indicator
    return [
        (_("Home"), reverse("portal:home")),
        (_("Figures"), reverse("facts:public_list")),
        (indicator.shown_name, reverse("facts:public_indicator", args=[indicator.code])),
        (fact.code, ""),
    ]
