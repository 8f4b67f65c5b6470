"""The organizer's plans of appointments: which windows are cut for an offer, and what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions import slots
from linli.offers.forms.slots import SlotPlanForm
from linli.offers.models import Offer
from linli.offers.queries.hours import windows_for
from linli.offers.queries.organizing import visible
from linli.offers.queries.slots import plans_told
from linli.offers.views.console import ORGANIZERS, READERS, told, trail


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*READERS)
def plans(request: HttpRequest, code: str) -> HttpResponse:
    """Show the plans of an offer, and plan another window."""
    by, at = acting(request), now()
    offer = get_object_or_404(visible(by).filter(kind=Offer.APPOINTMENT), code=code)
    form = SlotPlanForm(request.POST or None, windows=windows_for(offer))
    if request.method == "POST" and form.is_valid():
        try:
            slots.plan_slots(by=by, at=at, offer=offer, draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Planned: these times can be booked now."))
            return redirect("offers:slot_plans", code)
    here = reverse("offers:console_offer", args=[code])
    context = {
        "offer": offer,
        "plans": plans_told(offer, at),
        "form": form if by.role in ORGANIZERS and offer.withdrawn_at is None else None,
        "organizes": by.role in ORGANIZERS,
        "trail": trail((offer.title, here), (_("Appointments"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/slots_plans.html", context, status=status)


@require_POST
@staff_only(*ORGANIZERS)
def end_plan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Cut no more of a window."""
    by = acting(request)
    offer = get_object_or_404(visible(by), code=code)
    plan = get_object_or_404(offer.slot_plans.select_related("offer__unit"), pk=number)
    return told(
        request,
        lambda: slots.end_plan(by=by, at=now(), plan=plan),
        _("Ended. What is booked stays; nothing more can be booked."),
        reverse("offers:slot_plans", args=[code]),
    )
