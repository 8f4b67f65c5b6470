"""Rates on the console: planners declare them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.atlas.actions.rates import declare_rate
from linli.atlas.forms.rates import RateForm
from linli.atlas.models import Rate
from linli.atlas.schemas.cell_words import name_lang
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

_FIELDS = {
    "same_indicator": "denominator", "not_public": "numerator", "official_only": "numerator",
    "not_countable": "numerator", "code_taken": "code", "trait_of_a_person": "name",
}  # fmt: skip
_READERS = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR)


@private
@require_safe
@staff_only(*_READERS)
def console_rates(request: HttpRequest) -> HttpResponse:
    """List all rates."""
    context = {
        "rates": [(one, name_lang(one)) for one in Rate.objects.whole()],
        "declares": acting(request).role == Role.PLANNER,
        "trail": [(_("Desk"), reverse("portal:console")), (_("Rates"), "")],
    }
    return render(request, "atlas/console_rates.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def rate_new(request: HttpRequest) -> HttpResponse:
    """Declare a rate."""
    form = RateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = declare_rate(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Declared. Everybody sees it now."))
            return redirect("atlas:rate", made.code)
    title = _("A new rate")
    context = {
        "form": form,
        "title": title,
        "lead": _("A rate is never changed: another meaning is another code. Shares of groups of people are taken as published, and never worked out here."),
        "button": _("Declare it"),
        "back": reverse("atlas:console_rates"),
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Rates"), reverse("atlas:console_rates")),
            (title, ""),
        ],
    }  # fmt: skip
    return render(request, "atlas/board_form.html", context, status=422 if form.is_bound else 200)
