"""The cities that cases come from and go to: kept by planners, a key compared by telephone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.actions import partners as actions
from linli.cases.forms.exchange import PartnerForm
from linli.cases.models import Partner
from linli.cases.views.topics import READERS
from linli.kernel import city_key
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.note_keys import read_key
from linli.kernel.refusals import Refused, on_form

# Which field of the form a refusal is about.
_FIELDS = {
    "no_name": "name", "origin_wrong": "origin", "key_wrong": "key", "key_taken": "key",
    "fingerprint_differs": "fingerprint", "partner_taken": "name",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*READERS)
def partners(request: HttpRequest) -> HttpResponse:
    """List the other cities with the fingerprints of their keys; a planner adds one."""
    by = acting(request)
    if request.method == "POST" and by.role != Role.PLANNER:
        raise PermissionDenied
    form = PartnerForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_partner(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, _FIELDS.get(refused.code))
        else:
            messages.success(request, _("Cases can be handed to this city now."))
            return redirect("cases:partners")
    ours = city_key.signer().key
    context = {
        "partners": [(one, city_key.fingerprint(read_key(one.key))) for one in Partner.objects.all()],
        "form": form if by.role == Role.PLANNER else None,
        "ours": str(ours),
        "fingerprint": city_key.fingerprint(ours),
        "trail": [(_("Desk"), reverse("portal:console")), (_("Who answers for what"), reverse("cases:topics")), (_("Other cities"), "")],
    }  # fmt: skip
    return render(
        request, "cases/console/partners.html", context, status=422 if form.is_bound else 200
    )


@require_POST
@staff_only(Role.PLANNER)
def end_partner(request: HttpRequest, key: int) -> HttpResponse:
    """Exchange no more cases with a city."""
    found = get_object_or_404(Partner, pk=key, ended_on=None)
    actions.end_partner(by=acting(request), at=now(), partner=found)
    messages.success(request, _("Ended: every leave to read there has ended with it."))
    return redirect("cases:partners")
