"""Applications on the console: which wait, one of them with its papers, and every deed of the unit."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import examining, permits
from linli.trace.forms.permits import ApplicationsForm, GrantForm, ReasonForm
from linli.trace.models import Application
from linli.trace.queries.applications import (
    applications_seen,
    listed,
    paper_rows,
    visits_since,
)
from linli.trace.queries.permits import standing
from linli.trace.views.permit_words import NEXT, due_told, handed_told, stage_told
from linli.trace.views.premises_words import activity_words, permit_told, visit_told
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, told, trail

ROWS = 30
_TITLES: dict[str, tuple[Words, Words]] = {
    "forgo": (gettext_lazy("Go on without a visit"), gettext_lazy("Go on without a visit")),
    "lapse": (gettext_lazy("Close for want of papers"), gettext_lazy("Close the application")),
    "refuse": (gettext_lazy("Refuse the permit"), gettext_lazy("Refuse it")),
    "grant": (gettext_lazy("Grant the permit"), gettext_lazy("Grant it")),
}
_DONE: dict[str, Words] = {
    "forgo": gettext_lazy("It is to be decided now, by somebody else."),
    "lapse": gettext_lazy("Closed. The business may apply again at any time."),
    "refuse": gettext_lazy("Refused. The business sees the reasons."),
    "grant": gettext_lazy("Granted. The permit stands in the register."),
}


@never_cache
@require_safe
@staff_only(*READERS)
def applications(request: HttpRequest) -> HttpResponse:
    """List applications, the most overdue first: an officer those of the own unit's businesses."""
    by, form, today = acting(request), ApplicationsForm(request.GET), localdate(now())
    found = listed(by, **form.asked, today=today)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, stage_told(one), due_told(one, today), activity_words(one.scope))
            for one in page.object_list
        ],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()),
        "address": request.path,
        "keeps": by.role in KEEPERS,
        "trail": permits_trail(),
    }
    return render(request, "trace/applications.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def application(request: HttpRequest, code: str) -> HttpResponse:
    """Show one application: whose turn it is, its papers, the visits since, every step; and what can be done."""
    by, found, at = acting(request), application_of(request, code), now()
    rows = paper_rows(found)
    waiting = [one for row in rows for one in row.papers if one.state == one.WAITING]
    context = {
        "application": found,
        "premises": found.premises,
        "stage": stage_told(found),
        "due": due_told(found, localdate(at)),
        "next": NEXT.get(found.stage, ""),
        "scope": activity_words(found.scope),
        "rows": [(row, [(one, handed_told(one)) for one in row.papers]) for row in rows],
        "waiting": len(waiting),
        "visits": [(one, visit_told(one)) for one in visits_since(found)],
        "stand": permit_told(standing([found.premises_id], at)[found.premises_id]),
        "steps": [(step, step.get_to_display()) for step in found.steps.order_by("-id")],
        "deeds": _deeds(by, found, over=bool(found.due_on and localdate(at) > found.due_on)),
        "keeps": may_keep(by, found),
        "second": by.name in (found.checked_by, found.by_name),
        "trail": permits_trail((found.premises.name, "")),
    }
    return render(request, "trace/application.html", context)


@require_POST
@staff_only(*KEEPERS)
def application_conclude(request: HttpRequest, code: str) -> HttpResponse:
    """End the look at the papers."""
    by, found = acting(request), application_of(request, code)

    def deed() -> object:
        return examining.conclude_papers(by=by, at=now(), application=found)

    here = reverse("trace:application", args=[code])
    return told(request, deed, _("Noted. The business sees what comes next, and until when."), here)


@never_cache
@require_http_methods(DO)
@staff_only(*KEEPERS)
def application_deed(request: HttpRequest, code: str, do: str) -> HttpResponse:
    """Do what takes reasons: go on without a visit, close, refuse, grant."""
    found = application_of(request, code)
    if do not in _TITLES or not may_keep(acting(request), found):
        raise Http404
    form = GrantForm(posted(request)) if do == "grant" else ReasonForm(posted(request))
    if form.is_valid():
        try:
            _do(do, acting(request), found, form)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, str(_DONE[do]))
            return redirect("trace:application", code)
    title, button = _TITLES[do]
    here = reverse("trace:application", args=[code])
    way = permits_trail((found.premises.name, here), (title, ""))
    lead = found.premises.name
    return form_page(request, form, title=title, button=button, lead=lead, back=here, trail=way)


def application_of(request: HttpRequest, code: str) -> Application:
    """Return an application that whoever asks may see."""
    return get_object_or_404(applications_seen(acting(request)), code=code)


def may_keep(by: Actor, found: Application) -> bool:
    """Say whether somebody decides about an application."""
    own = by.role == Role.OFFICER and by.unit == found.premises.operator.unit.name
    return own or by.role == Role.PLANNER


def permits_trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from the desk through the applications."""
    here = reverse("trace:applications") if steps else ""
    return trail((_("Permits"), here), *steps)


def _deeds(by: Actor, found: Application, *, over: bool) -> list[tuple[str, Words]]:
    """Return what can be done now that takes reasons."""
    if not may_keep(by, found):
        return []
    now_ = {
        Application.VISIT: ["forgo"],
        Application.DECISION: ["grant", "refuse"],
        Application.PAPERS: ["lapse"] if over else [],
    }.get(found.stage, [])
    return [(do, _TITLES[do][0]) for do in now_]


def _do(do: str, by: Actor, found: Application, form: Any) -> object:  # noqa: ANN401 - one of two forms
    words, at = form.cleaned_data["reason"], now()
    if do == "forgo":
        return examining.forgo_visit(by=by, at=at, application=found, words=words)
    if do == "lapse":
        return examining.lapse(by=by, at=at, application=found, words=words)
    grant = form.grant() if do == "grant" else None
    return permits.decide(by=by, at=at, application=found, grant=grant, words=words)
