"""What the console pages of money share: the way here, which fund it is, and how a deed is answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.funds.models import Fund
from linli.funds.queries.books import visible_funds
from linli.funds.rules import flows
from linli.kernel.actors import Actor, Role
from linli.kernel.doors import acting
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

READERS = (Role.OFFICER, Role.PLANNER, Role.SUPERVISOR)
KEEPERS = (Role.OFFICER, Role.PLANNER)
DO = ["GET", "HEAD", "POST"]
# The pages of money on the console, in their order; each part adds its own.
WAYS: tuple[tuple[Words, str], ...] = (
    (gettext_lazy("Funds"), "funds:console_list"),
    (gettext_lazy("Orders for money"), "funds:console_orders"),
    (gettext_lazy("Matched money"), "funds:console_matches"),
    (gettext_lazy("Payment batches"), "funds:console_batches"),
    (gettext_lazy("Projects"), "funds:console_projects"),
    (gettext_lazy("Donations"), "funds:console_collections"),
    (gettext_lazy("What two sides say"), "funds:console_attested"),
    (gettext_lazy("Priority areas"), "funds:console_priorities"),
)
GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (gettext_lazy("Where it comes from"), flows.OUTSIDE),
    (gettext_lazy("Where it stands"), flows.INSIDE),
    (gettext_lazy("Where it has gone"), flows.GONE),
)


def ways() -> list[tuple[Words, str]]:
    """Return the pages of money as links."""
    return [(words, reverse(name)) for words, name in WAYS]


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk."""
    here = reverse("funds:console_list") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Funds"), here), *steps]


def fund_trail(fund: Fund, *steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, through a fund."""
    here = reverse("funds:console_fund", args=[fund.code]) if steps else ""
    return trail((fund.name, here), *steps)


def fund_of(request: HttpRequest, code: str) -> Fund:
    """Return the fund that an address names, if its books are open to whoever asks."""
    funds = visible_funds(acting(request)).select_related("unit", "area")
    return get_object_or_404(funds, code=code)


def keeps(by: Actor, fund: Fund) -> bool:
    """Say whether somebody keeps this fund's books, and does not only read them."""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == fund.unit.name)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the form that was sent, an empty one too; None when none was."""
    return request.POST if request.method == "POST" else None


def told(request: HttpRequest, deed: Callable[[], object], done: Words, to: str) -> HttpResponse:
    """Do a deed that is a button, and go on to where it shows; say what was done, or why not."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(done))
    return redirect(to)


def form_page(request: HttpRequest, form: Form, **named: Any) -> HttpResponse:
    """Show a form on a page of its own; 422 with what is missing."""
    status = 422 if form.is_bound else 200
    return render(request, "funds/console_form.html", {"form": form} | named, status=status)
