"""Permits on the console: which there are, one of them, and how it is stopped and holds again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import permits
from linli.trace.forms.permits import PermitsForm, ReasonForm, SuspendForm
from linli.trace.models import Permit
from linli.trace.queries.permit_lists import permits_seen, register
from linli.trace.queries.permits_told import states_of
from linli.trace.views.applications import permits_trail
from linli.trace.views.permit_words import ending_told
from linli.trace.views.premises_words import activity_words, paper_told
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, told

ROWS = 30
_TITLES: dict[str, Words] = {
    "suspend": gettext_lazy("Suspend the permit"),
    "reinstate": gettext_lazy("Let the permit hold again"),
    "withdraw": gettext_lazy("Propose to withdraw the permit"),
}
_OF = {Permit.VALID: ("suspend", "withdraw"), Permit.SUSPENDED: ("reinstate", "withdraw")}


@require_safe
@staff_only(*READERS)
def permits_held(request: HttpRequest) -> HttpResponse:
    """List permits: an officer those of the own unit."""
    form, at = PermitsForm(request.GET), now()
    seen = permits_seen(acting(request)).order_by()
    found = register(**form.asked, today=localdate(at)).filter(pk__in=seen.values("pk"))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, paper_told(state), ending_told(one, at), activity_words(one.scope))
            for one, state in states_of(page.object_list, at)
        ],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()),
        "address": request.path,
        "trail": permits_trail((_("In the register"), "")),
    }
    return render(request, "trace/permits_held.html", context)


@require_safe
@staff_only(*READERS)
def permit_held(request: HttpRequest, code: str) -> HttpResponse:
    """Show one permit: every turn, what is proposed, what can be done."""
    by, found, at = acting(request), _permit(request, code), now()
    ((_one, state),) = states_of([found], at)
    proposed = found.withdrawals.filter(decided_at=None).first()
    deeds = _OF.get(found.state, ()) if _keeps(by, found) else ()
    context: dict[str, Any] = {
        "permit": found,
        "lamp": paper_told(state),
        "ending": ending_told(found, at),
        "scope": activity_words(found.scope),
        "steps": [(step, paper_told(step.to)) for step in found.steps.order_by("-id")],
        "application": getattr(found, "application", None),
        "proposed": proposed,
        "second": proposed is not None and proposed.by_name == by.name,
        "keeps": _keeps(by, found),
        "deeds": [(do, _TITLES[do]) for do in deeds if not (do == "withdraw" and proposed)],
        "trail": permits_trail((_("In the register"), _list()), (found.number, "")),
    }
    return render(request, "trace/permit_held.html", context)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def permit_deed(request: HttpRequest, code: str, do: str) -> HttpResponse:
    """Suspend a permit, let it hold again, or propose to withdraw it, with the reason."""
    by, found = acting(request), _permit(request, code)
    if do not in _OF.get(found.state, ()) or not _keeps(by, found):
        raise Http404
    form = SuspendForm(posted(request)) if do == "suspend" else ReasonForm(posted(request))
    if form.is_valid():
        try:
            _do(do, by, found, form)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Done, and seen by everybody who looks the permit up."))
            return redirect("trace:permit_held", code)
    here = reverse("trace:permit_held", args=[code])
    named = {"title": _TITLES[do], "button": _TITLES[do], "lead": found.premises.name, "back": here}
    return form_page(
        request, form, **named, trail=permits_trail((found.number, here), (_TITLES[do], ""))
    )


@require_POST
@staff_only(*KEEPERS)
def permit_withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw a permit as somebody else proposed it, or drop the proposal."""
    by, found = acting(request), _permit(request, code)
    proposed = found.withdrawals.filter(decided_at=None).first()
    if proposed is None or not _keeps(by, found):
        raise Http404
    done = request.POST.get("verb") == "withdraw"

    def deed() -> object:
        return permits.decide_withdrawal(by=by, at=now(), withdrawal=proposed, done=done)

    words = _("The permit is withdrawn.") if done else _("The proposal is dropped.")
    return told(request, deed, words, reverse("trace:permit_held", args=[code]))


def _do(do: str, by: Actor, found: Permit, form: Any) -> object:  # noqa: ANN401 - one of two forms
    given, at = form.cleaned_data, now()
    if do == "suspend":
        return permits.suspend(
            by=by, at=at, permit=found, reason=given["reason"], from_at=given["from_at"]
        )
    deed = permits.reinstate if do == "reinstate" else permits.propose_withdrawal
    return deed(by=by, at=at, permit=found, reason=given["reason"])


def _permit(request: HttpRequest, code: str) -> Permit:
    return get_object_or_404(permits_seen(acting(request)), code=code)


def _keeps(by: Actor, found: Permit) -> bool:
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == found.unit.name)


def _list() -> str:
    return reverse("trace:permits_held")
