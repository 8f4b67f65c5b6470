"""The workplace of an operator: in its own hands after signing in, or in those of a clerk who enters for it.

Each page is one view of a desk, and stands at two addresses: under /trade/, and under /console/trade/<code>/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import getclosurevars
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Actor, Role
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.text import Words
from linli.trace.models import Operator
from linli.trace.queries.keys import as_operator
from linli.trace.views.trading import for_operator
from linli.ui.private import private

ENTERERS: Final = (Role.PLANNER, Role.OFFICER, Role.CLERK)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Desk:
    """One workplace: of which operator, who works at it, and where its pages stand."""

    operator: Operator
    by: Actor
    base: str
    at_station: bool

    @property
    def frame(self) -> str:
        """The page around it: calm for a shop, dense for staff."""
        return "ui/console.html" if self.at_station else "ui/base.html"

    def trail(self, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
        """Return the way here; addresses of the steps are those below the desk."""
        below = [(words, self.base + to if to else "") for words, to in steps]
        home: tuple[Words, str] = (self.operator.name, self.base if steps else "")
        if self.at_station:
            counter = reverse("trace:counter")
            return [(_("Desk"), reverse("portal:console")), (_("Enter for a business"), counter), home, *below]  # fmt: skip
        return [home, *below]


def of_operator(view: View) -> View:
    """Give a page to the operator that signed in."""

    @wraps(view)
    def page(request: HttpRequest, operator: Operator, **named: Any) -> HttpResponse:
        base = reverse("trace:trade")
        return view(request, Desk(operator, as_operator(operator), base, at_station=False), **named)

    return _by_method(view)(for_operator(page))


def at_station(view: View) -> View:
    """Give the same page to staff: a clerk for every business, an officer for those of the own unit."""

    @_by_method(view)
    @private
    @staff_only(*ENTERERS)
    @wraps(view)
    def page(request: HttpRequest, /, of: str, **named: Any) -> HttpResponse:
        by = acting(request)
        rows = Operator.objects.working().select_related("unit")
        if by.role == Role.OFFICER:
            rows = rows.filter(unit__name=by.unit)
        operator = get_object_or_404(rows, code=read_code(of) or "")
        base = reverse("trace:counter_desk", args=[operator.code])
        return view(request, Desk(operator, by, base, at_station=True), **named)

    return page


def _by_method(view: View) -> Callable[[View], View]:
    """Ask for the methods of the view itself before anybody is led to a door: to others a stranger hears no too."""
    return require_http_methods(getclosurevars(view).nonlocals["request_method_list"])
