"""A service at one place on the console: its window, its own hours, and the days that differ."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.directory import actions, queries
from linli.directory.forms import OfferForms
from linli.directory.models import ServiceAtLocation
from linli.directory.queries.drafts import offer_draft
from linli.directory.views.hours import exceptions, plain_week
from linli.directory.views.told import on_rows
from linli.directory.views.wordings import WORDINGS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER, Role.OFFICER, Role.CLERK)
def offer_edit(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    offer, at, data = _offer(request, code, uuid), now(), request.POST or None
    forms = OfferForms.of(data, offer_draft(offer), WORDINGS)
    asked = request.method == "POST" and "more" not in request.POST
    if asked and data and forms.are_valid():
        try:
            draft = forms.draft(localdate(at))
            actions.amend_offer(by=acting(request), at=at, offer=offer, draft=draft)
        except Refused as refused:
            on_rows(forms.offer, refused)
        else:
            return redirect("directory:guide", code)
    own = list(offer.schedules.all())
    hold = own or list(offer.location.schedules.all())
    context = {
        "forms": forms,
        "form": forms.offer,
        "asked": asked,
        "offer": offer,
        "own": bool(own),
        "week": plain_week(hold, at),
        "exceptions": exceptions(hold, at),
        "trail": [
            (_("Desk"), reverse("portal:console")),
            (_("Services"), reverse("directory:guide_list")),
            (offer.service.name, reverse("directory:guide", args=[code])),
            (offer.location.name, ""),
        ],
    }
    return render(request, "directory/console_offer.html", context, status=422 if asked else 200)


def _offer(request: HttpRequest, code: str, uuid: UUID) -> ServiceAtLocation:
    """Return the offer, whose service whoever asks must keep."""
    offers = ServiceAtLocation.objects.select_related("service__organization__unit", "location")
    found = get_object_or_404(offers, service__code=code, uuid=uuid)
    if not queries.may_keep(acting(request), found.service.organization):
        raise PermissionDenied
    return found
