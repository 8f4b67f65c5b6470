"""Hand one's own case to another city: what leaves is an envelope; the words stay, under a leave that ends."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.cases.actions import referring
from linli.cases.forms.exchange import ReferForm
from linli.cases.models import Case
from linli.cases.queries.partners import open_partners
from linli.cases.views.follow import followed
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@followed
def refer(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    """Ask which unit of which city may read what, and hand it over."""
    partners = open_partners()
    form = ReferForm(request.POST if request.method == "POST" else None, partners=partners)
    if form.is_valid():
        try:
            return _act(request, case, at, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    context = {"case": case, "form": form, "partners": partners, "once": new_key()}
    context |= {"sensitive": case.topic.sensitive}
    status = 422 if form.is_bound else 200
    return render(request, "cases/public/refer.html", context, status=status)


@once
def _act(request: HttpRequest, case: Case, at: datetime, given: dict[str, Any]) -> HttpResponse:
    referring.refer(
        at=at,
        case=case,
        partner=given["partner"],
        unit_name=given["unit_name"],
        fields=given["fields_given"],
        days=given["days"],
    )
    return redirect(f"{reverse('cases:follow_case', args=[case.code])}?said=granted")
