"""Saved views: one's own names for filters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.models import Staff
from linli.kernel.refusals import Refused, on_form
from linli.plans import actions
from linli.plans.actions.views import KEEPERS
from linli.plans.forms.ledger import SaveViewForm
from linli.plans.models import SavedView
from linli.plans.views.ledger import list_page
from linli.plans.views.ledger_frame import Asked, way_back


@require_POST
@staff_only(*KEEPERS)
def save_view(request: HttpRequest) -> HttpResponse:
    form = SaveViewForm(request.POST)
    asked = Asked.of(QueryDict(request.POST.get("query", "")[:2000]))
    if form.is_valid():
        try:
            view = actions.save_view(
                by=acting(request), at=now(), owner=_owner(request),
                name=form.cleaned_data["name"], query=asked.query,
            )  # fmt: skip
        except Refused as refused:
            on_form(form, refused, "name")
        else:
            messages.success(request, _("Saved under “%(name)s”.") % {"name": view.name})
            return redirect(f"{reverse('plans:ledger')}?{view.query}")
    return list_page(request, asked, form, status=422)


@require_POST
@staff_only(*KEEPERS)
def forget_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(
        SavedView.objects.select_related("owner"), pk=pk, owner=_owner(request)
    )
    actions.forget_view(by=acting(request), at=now(), view=view)
    messages.success(request, _("Forgotten: “%(name)s”.") % {"name": view.name})
    return redirect(way_back(request))


def _owner(request: HttpRequest) -> Staff:
    assert isinstance(request.user, Staff)  # noqa: S101 - behind staff_only
    return request.user
