"""Language guarantees on the console: those that stand with their gaps; a planner promises and ends."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory.actions.guarantees import end_guarantee, promise_language
from linli.directory.forms.guarantees import GuaranteeForm
from linli.directory.models import LanguageGuarantee
from linli.directory.queries.guarantees import ended_guarantees, guarantees_of
from linli.directory.schemas.telling import language_name
from linli.directory.views.guaranteed import guaranteed
from linli.directory.views.wordings import WORDINGS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

AHEAD = 14  # days whose gaps are listed


@require_safe
@staff_only()
def guarantee_list(request: HttpRequest) -> HttpResponse:
    told = guaranteed(guarantees_of(), AHEAD)
    context = {
        "guaranteed": told,
        "gaps": sum(len(one.broken) for one in told),
        "ended": [(one, language_name(one.language)) for one in ended_guarantees()],
        "ahead": AHEAD,
        "may_edit": acting(request).role == Role.PLANNER,
        "trail": _trail(),
    }
    return render(request, "directory/console_guarantees.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def guarantee_new(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = GuaranteeForm(sent, WORDINGS, today=localdate(now()).isoformat())
    if request.method == "POST" and form.is_valid():
        try:
            promise_language(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, {"closes_before_it_opens": "closes_at"}.get(refused.code))
        else:
            messages.success(request, _("Guaranteed. Everybody reads it, and where it is broken."))
            return redirect("directory:guarantee_list")
    context = {"form": form, "trail": _trail(_("A new guarantee"))}
    status = 422 if form.errors else 200
    return render(request, "directory/console_guarantee.html", context, status=status)


@require_POST
@staff_only(Role.PLANNER)
def guarantee_end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    guarantee = get_object_or_404(LanguageGuarantee, uuid=uuid)
    try:
        end_guarantee(by=acting(request), at=now(), guarantee=guarantee)
    except Refused as refused:
        messages.warning(request, str(refused.sentence))
    else:
        messages.success(
            request, _("It is guaranteed no longer. Until when it held stays readable.")
        )
    return redirect("directory:guarantee_list")


def _trail(here: str = "") -> list[tuple[str, str]]:
    steps = [
        (_("Desk"), reverse("portal:console")),
        (_("Language guarantees"), reverse("directory:guarantee_list") if here else ""),
    ]
    return [*steps, (here, "")] if here else steps
