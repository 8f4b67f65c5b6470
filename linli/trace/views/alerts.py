"""Alerts on the console: what a unit must know, settled with words."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions.alerts import settle_alert
from linli.trace.forms.alerts import AlertFilterForm, SettleForm
from linli.trace.queries.alerts import alerts_seen, listed_alerts
from linli.trace.views.alert_words import alert_told
from linli.trace.views.ways import DO, KEEPERS, READERS, posted, trail

ROWS = 30


@require_safe
@staff_only(*READERS)
def alerts(request: HttpRequest) -> HttpResponse:
    """List alerts, open ones first."""
    by, form = acting(request), AlertFilterForm(request.GET)
    page = Paginator(listed_alerts(by, **form.asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [alert_told(one) for one in page],
        "filtered": any(form.asked.values()),
        "address": request.path,
        "trail": trail((_("Alerts"), "")),
    }
    return render(request, "trace/alerts.html", context)


@require_http_methods(DO)
@staff_only(*READERS, post=KEEPERS)
def alert(request: HttpRequest, code: str) -> HttpResponse:
    """Show one alert; say what was done about it."""
    by = acting(request)
    found = get_object_or_404(alerts_seen(by), code=code)
    form = SettleForm(posted(request))
    if form.is_valid():
        try:
            settle_alert(by=by, at=now(), alert=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Settled."))
            return redirect("trace:alerts")
    told = alert_told(found)
    context = {
        "told": told,
        "alert": found,
        "form": form,
        "settles": by.role in KEEPERS and found.settled_at is None,
        "trail": trail((_("Alerts"), reverse("trace:alerts")), (told.kind, "")),
    }
    return render(request, "trace/alert.html", context, status=422 if form.is_bound else 200)
