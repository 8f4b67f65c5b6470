"""A case goes on: to another unit, back, to one that helps, to another city."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.actions import handing, handling
from linli.cases.forms import handing as forms
from linli.cases.models import Case, HandOver
from linli.cases.queries.desk import around, case_at
from linli.cases.views.desk_frame import HANDLERS, Sent, deed, done, passed_on
from linli.cases.views.desk_page import show
from linli.kernel import grants
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused


@deed
def hand_on(request: HttpRequest, case: Case) -> HttpResponse:
    by = acting(request)
    form = forms.HandOnForm(request.POST, own=by.unit, held=_held(case, by.unit))

    def do() -> str:
        given = dict(form.cleaned_data)
        fields = tuple(given.pop("fields_read"))
        way = handing.hand_on(by=by, at=now(), case=case, fields=fields, **given)
        if way.state == HandOver.WAITING:
            return _("The person is asked for leave. Until they answer, your unit does.")
        return _("Proposed to %(unit)s. Until it accepts, your unit answers.") % {
            "unit": way.to_unit
        }

    return done(request, case, ("hand_on", form), do, show)


@deed
def call_back(request: HttpRequest, case: Case) -> HttpResponse:
    by = acting(request)

    def do() -> str:
        found = around(case, by.unit, now()).on_the_way
        if found is None:
            raise Refused("already_decided", _("This hand-over was decided meanwhile."), status=409)
        handing.call_back(by=by, at=now(), hand_over=found)
        return _("Called back. Your unit answers.")

    return done(request, case, ("call_back", None), do, show)


@deed
def join(request: HttpRequest, case: Case) -> HttpResponse:
    by = acting(request)
    form = forms.JoinForm(request.POST, own=by.unit)

    def do() -> str:
        handling.join(by=by, at=now(), case=case, **form.cleaned_data)
        return _("Asked. It finds the case in its queue.")

    return done(request, case, ("join", form), do, show)


@deed
def finish_joint(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.FinishForm(request.POST)

    def do() -> str:
        handling.finish_joint(by=acting(request), at=now(), case=case, **form.cleaned_data)
        return _("Done. Your unit does not read this case any more.")

    return done(request, case, ("finish_joint", form), do, show)


def way(view: Callable[[HttpRequest, HandOver], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST on a hand-over through that is proposed to the own unit; of others nobody learns."""

    @require_POST
    @staff_only(*HANDLERS)
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str) -> HttpResponse:
        ways = HandOver.objects.select_related("case__unit", "case__topic", "to_unit", "from_unit")
        found = ways.filter(code=code, to_unit__name=acting(request).unit).first()
        if found is None:
            raise Http404
        if found.state != HandOver.PROPOSED:
            return _late(request, found.case)
        return view(request, found)

    return guarded


@way
def accept(request: HttpRequest, found: HandOver) -> HttpResponse:
    def do() -> str:
        handing.accept(by=acting(request), at=now(), hand_over=found)
        return _("Your unit answers for it now.")

    return done(request, found.case, ("accept", None), do, show)


@way
def decline(request: HttpRequest, found: HandOver) -> HttpResponse:
    form = forms.DeclineForm(request.POST)

    def do() -> str:
        handing.decline(by=acting(request), at=now(), hand_over=found, **form.cleaned_data)
        return _("Declined. The other unit answers, and reads why.")

    return done(request, found.case, ("decline", form), do, show)


def _late(request: HttpRequest, case: Case) -> HttpResponse:
    """Say that somebody decided before us; what was typed stays in sight."""
    sentence = _("This hand-over was decided meanwhile.")
    kept = case_at(acting(request).unit, case.code)
    if kept is None:
        return passed_on(request, case.code, sentence)
    form = forms.DeclineForm(request.POST)
    form.is_valid()
    form.errors.clear()
    form.add_error(None, sentence)
    return show(request, kept, Sent({"decline": form}, 409))


def _held(case: Case, unit: str) -> frozenset[str]:
    return grants.granted_fields(case.subject, case.code, unit, now())
