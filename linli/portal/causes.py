"""Ask that something be planned against a cause: a page of cases and plans together."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.cases.queries.causes import causes_seen_by
from linli.flows.cause_to_measure import ask_measure
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

MAY_ASK = (Role.OFFICER, Role.CLERK, Role.SUPERVISOR, Role.PLANNER)


class MeasureForm(forms.Form):
    """A new task, or one that the plans have already."""

    code = forms.CharField(
        label=gettext_lazy("Code of the task, if the plans have one already"),
        max_length=12,
        required=False,
        help_text=gettext_lazy("Leave it empty to ask for a new one."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*MAY_ASK)
def cause_measure(request: HttpRequest, code: str) -> HttpResponse:
    by = acting(request)
    cause = get_object_or_404(causes_seen_by(by), code=code)
    form = MeasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_measure(by=by, at=now(), cause=cause, code=form.cleaned_data["code"])
        except Refused as refused:
            on_form(form, refused, "code" if refused.code == "unknown_task" else None)
        else:
            messages.success(request, _("Asked for. The planners give it a day and promise it."))
            return redirect("cases:cause", code)
    trail = [
        (_("Desk"), reverse("portal:console")),
        (_("Causes"), reverse("cases:causes")),
        (cause.title, reverse("cases:cause", args=[code])),
        (_("Ask for a measure"), ""),
    ]
    context = {"form": form, "cause": cause, "trail": trail}
    return render(request, "portal/cause_measure.html", context, status=422 if form.errors else 200)
