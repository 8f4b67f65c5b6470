"""Kinds of papers on the console: what is asked for, of which activities."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions.paper_kinds import end_kind, name_kind
from linli.trace.forms.permits import KindForm
from linli.trace.models import PaperKind
from linli.trace.views.applications import permits_trail
from linli.trace.views.premises_words import activity_words
from linli.trace.views.ways import DO, READERS, form_page, posted, told


@require_safe
@staff_only(*READERS)
def paper_kinds(request: HttpRequest) -> HttpResponse:
    """List the kinds of papers that are asked for."""
    kinds = PaperKind.objects.filter(ended_on=None)
    context = {
        "rows": [(one, activity_words(one.activities)) for one in kinds],
        "keeps": acting(request).role == Role.PLANNER,
        "trail": permits_trail((_("Papers that are asked for"), "")),
    }
    return render(request, "trace/paper_kinds.html", context)


@require_http_methods(DO)
@staff_only(Role.PLANNER)
def paper_kind_new(request: HttpRequest) -> HttpResponse:
    """Name a kind of paper."""
    form = KindForm(posted(request))
    if form.is_valid():
        try:
            name_kind(by=acting(request), at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("It is asked for from now on."))
            return redirect("trace:paper_kinds")
    title, back = _("A kind of paper"), reverse("trace:paper_kinds")
    way = permits_trail((_("Papers that are asked for"), back), (title, ""))
    return form_page(request, form, title=title, button=_("Enter it"), back=back, trail=way)


@require_POST
@staff_only(Role.PLANNER)
def paper_kind_end(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a kind of paper no more."""
    kind, at = get_object_or_404(PaperKind, key=key), now()

    def deed() -> object:
        return end_kind(by=acting(request), at=at, kind=kind, on=localdate(at))

    done = _("It is asked for no more. What was handed in stays.")
    return told(request, deed, done, reverse("trace:paper_kinds"))
