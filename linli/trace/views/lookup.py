"""The public look-up: one screen for whoever holds food in their hand, in their language, of which nothing is kept."""

from functools import partial
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.kernel.actors import system
from linli.kernel.clock import now
from linli.trace.actions.lookups import count_lookup
from linli.trace.queries.looking_up import Answer, looked_up
from linli.trace.queries.meanings import path_code
from linli.trace.queries.standing_food import standing_food
from linli.trace.rules.answers import LAMPS, MISTYPED, UNKNOWN, names_premises
from linli.trace.views.lookup_words import HEADS, rows, saying
from linli.ui.context import look_of
from linli.ui.kept import always, each_time, kept_while
from linli.ui.languages import LANGUAGES
from linli.ui.look import Look, address_in
from linli.ui.spoken import spoken

LONGEST = 300  # characters of a code, or of the address in a square code


@require_safe
@kept_while(always, "lang", "mode", age=0)
def box(request: HttpRequest) -> HttpResponse:
    """Ask for a code; what was typed leads on to its answer."""
    typed = request.GET.get("code", "").strip()[:LONGEST]
    code = path_code(typed) if typed else ""
    if code:
        asked = {name: request.GET[name] for name in ("lang", "mode") if request.GET.get(name)}
        query = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
        return redirect(f"/q/{quote(code, safe='')}{'?' if query else ''}{query}")
    return _shown(request, "trace/lookup_box.html", {}, 200)


@require_safe
@kept_while(standing_food, "lang", "mode", age=0)
def lookup(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a code."""
    found = looked_up(code[:LONGEST].rstrip("/"), now())
    count = partial(_count, found.kind)
    count()
    each_time(request, count)
    status = 404 if found.kind in (UNKNOWN, MISTYPED) else 200
    typed = code[:LONGEST] if status == 404 else ""
    with override(language := spoken(request)):
        told = _told(found, language) | {"typed": typed}
        return _shown(request, "trace/lookup.html", told, status)


def _count(kind: str) -> None:
    count_lookup(by=system("look-up"), at=now(), kind=kind)


def _told(found: Answer, language: str) -> dict[str, object]:
    told: dict[str, object] = {
        "found": found,
        "head": HEADS[found.kind],
        "lamp": LAMPS[found.kind],
        "saying": saying(found),
        "rows": list(rows(found, language)),
        "product": _named(found.product, language),
        "operator": _named(found.operator, language),
        "places": found.places,
        "concern": names_premises(found.kind),
    }
    return told | _onward(found, language)


def _onward(found: Answer, language: str) -> dict[str, object]:
    """Return where one goes on from premises: a report of a concern, their page, the answer to take along."""
    if found.premises is None:
        return {}
    here = f"/food/{found.premises.code}/"
    lot = f"?lot={found.lot.code}" if found.lot else ""
    return {
        "about": address_in(here, language),
        "report": address_in(f"{here}concern/", language) + lot,
        "signed": f"/q/{found.code}.json",
    }


def _named(one: object, language: str) -> str:
    """Return the name of a product or an operator in a language, else its own."""
    names = getattr(one, "names", None) or {}
    return str(names.get(language) or getattr(one, "name", ""))


def _shown(
    request: HttpRequest, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    with override(spoken(request)):
        look = look_of(request).asked(request.GET)
        context |= {"look": look, "ways": _ways(look, request.path), "larger": _larger(look)}
        response = render(request, template, context, status=status)
        response.headers["Content-Language"] = look.text_tag
        return response


def _ways(look: Look, path: str) -> list[tuple[object, str]]:
    """Return the same page in every language; the address stays, but for what it asks for."""
    mode = "&mode=elder" if look.mode == "elder" else ""
    return [(one, f"{quote(path)}?lang={one.code}{mode}") for one in LANGUAGES]


def _larger(look: Look) -> str:
    """Return the address of the page in the other size of type, without a cookie."""
    mode = "standard" if look.mode == "elder" else "elder"
    return f"?lang={look.language.code}&mode={mode}"
