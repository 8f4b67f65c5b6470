"""The certificates of a course for who organizes it: which stand, by the code of the booking; withdraw one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.offers.actions.certifying import withdraw
from linli.offers.forms.certificates import WithdrawForm
from linli.offers.queries.organizing import visible
from linli.offers.views.console import DO, ORGANIZERS, trail

_ROWS = 50


@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def certificates(request: HttpRequest, code: str) -> HttpResponse:
    """List the certificates of a course, the newest first; withdraw one that should not stand."""
    by = acting(request)
    found = get_object_or_404(visible(by), code=code)
    rows = found.certificates.select_related("booking", "offer__unit")
    form = WithdrawForm(request.POST or None, standing=rows.filter(revoked_at=None))
    if form.is_valid():
        given = form.cleaned_data
        try:
            withdraw(by=by, at=now(), certificate=given["certificate"], why=given["why"])
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Withdrawn. Whoever checks it reads so from now on."))
            return redirect("offers:console_certificates", code)
    here = reverse("offers:console_offer", args=[code])
    context = {
        "offer": found,
        "page": Paginator(rows.order_by("-issued_at", "-pk"), _ROWS).get_page(
            request.GET.get("page")
        ),
        "form": form,
        "trail": trail((found.title, here), (_("Certificates"), "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "offers/courses_certificates.html", context, status=status)
