"""The way in, the desk, what the house stands for, and pages for when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.portal.cards import doing_cards, knowing_cards, matching, public_cards
from linli.portal.chain import LIMITS, PLACES, STEPS
from linli.portal.desk import desk_entries
from linli.portal.finding import found_money, found_things
from linli.portal.work_cards import work_cards
from linli.ui.kept import always, kept_while


@require_safe
@kept_while(always)
def home(request: HttpRequest) -> HttpResponse:
    """Ask what the visitor wants to do, and say what this is."""
    context = {
        "doing": doing_cards(),
        "knowing": knowing_cards(),
        "steps": STEPS,
        "places": PLACES,
        "limits": LIMITS,
    }
    return render(request, "portal/home.html", context)


@require_safe
@vary_on_cookie
def search(request: HttpRequest) -> HttpResponse:
    """Find services, places and pages; say plainly when there is none. What was typed stays nowhere."""
    words = request.GET.get("q", "")[:100].replace("\0", "").strip()
    context = {
        "words": words,
        "groups": found_things(words) if words else [],
        "money": found_money(words) if words else [],
        "pages": matching(public_cards(), words) if words else [],
    }
    response = render(request, "portal/search.html", context)
    if words:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@kept_while(always)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is held, for how long, and what is never built."""
    return render(request, "portal/privacy.html", {"limits": LIMITS})


@require_safe
@kept_while(always)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works for whom, what does not yet, and how we know."""
    return render(request, "portal/accessibility.html")


@require_safe
@staff_only()
def console(request: HttpRequest) -> HttpResponse:
    """Show what waits for this member of staff."""
    by = acting(request)
    context = {"desk": desk_entries(by, now()), "work": work_cards(by.role)}
    return render(request, "portal/console.html", context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what we could not read."""
    return render(request, "portal/bad_request.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer who may not enter."""
    return render(request, "portal/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere, leaning on nothing that may be what is missing."""
    return HttpResponse(render_to_string("portal/not_found.html"), status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed, leaning on nothing that may be what failed."""
    return HttpResponse(render_to_string("portal/server_error.html"), status=500)
