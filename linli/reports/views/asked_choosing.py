"""One cell of a form in which figures contradict each other: somebody chooses by hand, and says why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.reports.actions import answering
from linli.reports.actions.asked import still_open
from linli.reports.forms.asked_choosing import ChooseForm
from linli.reports.queries.asked import standings
from linli.reports.schemas import asked as schemas
from linli.reports.views.asked_console import FILL, trail
from linli.reports.views.asked_deeds import own_form

_AT = {"no_reason": "reason", "not_a_choice": "fact"}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*FILL)
def choose_cell(request: HttpRequest, code: str, sheet: int, spot: str) -> HttpResponse:
    """Ask which figure stands in a cell. Whoever chose meanwhile is never passed over."""
    form = own_form(request, code)
    by, at = acting(request), now()
    still_open(by=by, at=at, form=form)
    name = f"{sheet}!{spot}"
    standing = next((one for one in standings(form) if one.cell.name == name and one.choices), None)
    if standing is None:
        raise Http404
    typed = ChooseForm(request.POST if request.method == "POST" else None, standing=standing)
    status = 422 if typed.is_bound else 200
    if typed.is_valid():
        given = typed.cleaned_data
        try:
            answering.choose(
                by=by, at=at, form=form, cell=name, fact=given["fact"], reason=given["reason"],
                seen=given["seen"] or 0,
            )  # fmt: skip
        except Refused as refused:
            on_form(typed, refused, _AT.get(refused.code))
            status = refused.status
        else:
            messages.success(request, _("Chosen: it stands in the cell, with your reason."))
            return redirect("reports:form_asked", code)
    context = {
        "form": form,
        "typed": typed,
        "line": schemas.of_standing(standing),
        "place": schemas.place_in(form, name),
        "choices": standing.choices,
        "trail": [
            *trail(form.title)[:-1],
            (form.title, reverse("reports:form_asked", args=[code])),
            (_("Choose between figures"), ""),
        ],
    }
    return render(request, "reports/asked_choose.html", context, status=status)
