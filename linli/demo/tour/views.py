"""The tours, one tour, and the way to fill the demo anew. Where this is no demo there is nothing here."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.demo.staff import PASSWORD
from linli.demo.tour.anew import ask_to_fill, is_under_way
from linli.demo.tour.forms import ResetForm
from linli.demo.tour.public_tours import PUBLIC
from linli.demo.tour.staff_tours import STAFF
from linli.demo.tour.stops import Tour
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.kept import always, kept_while

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
TOURS: Final[dict[str, Tour]] = {one.key: one for one in (*PUBLIC, *STAFF)}


def of_a_demo(view: View[P]) -> View[P]:
    """Answer as if there were nothing where this is no demo, whoever asks."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@of_a_demo
@kept_while(always)
def tours(request: HttpRequest) -> HttpResponse:
    """Let somebody choose who they are."""
    return render(request, "demo/tours.html", {"tours": TOURS.values()})


@require_safe
@of_a_demo
@kept_while(always)
def tour(request: HttpRequest, role: str) -> HttpResponse:
    """Show one stop of a tour, and where it stands among the ten. The address says which."""
    chosen = TOURS.get(role)
    if chosen is None:
        raise Http404
    number = _number(request.GET.get("stop", ""), len(chosen.stops))
    context = {
        "tour": chosen,
        "number": number,
        "stop": chosen.stops[number - 1],
        "stops": list(enumerate(chosen.stops, 1)),
        "before": number - 1,
        "after": number + 1 if number < len(chosen.stops) else 0,
        "password": PASSWORD,
    }
    return render(request, "demo/tour.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_demo
@staff_only(Role.ADMINISTRATOR)
def reset(request: HttpRequest) -> HttpResponse:
    """Ask whether everything may go, and have the demo filled anew."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_fill(by=acting(request), at=now())
        except Refused as refused:
            on_form(form, refused, "sure")
        else:
            messages.success(request, _("The demo is being filled anew. It takes some minutes."))
            return redirect("demo:reset")
    context = {"form": form, "under_way": is_under_way()}
    failed = request.method == "POST"
    return render(request, "demo/reset.html", context, status=422 if failed else 200)


def _number(typed: str, most: int) -> int:
    """Return the stop that the address names, the first for anything that names none."""
    plain = typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))
    return min(max(int(typed), 1), most) if plain else 1
