"""The page of a case for the unit that handles it: who may open it, what comes back when something was wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.models import Case
from linli.cases.queries.desk import case_at, has_handled
from linli.kernel.actors import Role
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

Trail = list[tuple[Words, str]]
HANDLERS = (Role.OFFICER, Role.CLERK)
_TYPED = ("words", "reason", "title")


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back with something wrong, or with something to show once: a preview, a contact."""

    wrong: Mapping[str, BaseForm] = field(default_factory=dict)
    status: int = 200
    preview: bool = False
    contact: str | None = None


def trail(*steps: tuple[Words, str]) -> Trail:
    """Return the way from the desk to a page of cases."""
    queue = (_("Cases"), reverse("cases:queue"))
    return [(_("Desk"), reverse("portal:console")), queue, *steps]


def case_or_404(request: HttpRequest, code: str) -> Case:
    """Return the case that the own unit may open; of every other nobody learns that it is there."""
    case = case_at(acting(request).unit, read_code(code) or "")
    if case is None:
        raise Http404
    return case


def deed(view: Callable[[HttpRequest, Case], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST on a case through; when it went on meanwhile, say so and lose nothing that was typed."""

    @require_POST
    @staff_only(*HANDLERS)
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str) -> HttpResponse:
        case = case_at(acting(request).unit, read_code(code) or "")
        return passed_on(request, code) if case is None else view(request, case)

    return guarded


Show = Callable[[HttpRequest, Case, Sent], HttpResponse]


def done(
    request: HttpRequest,
    case: Case,
    named: tuple[str, BaseForm | None],
    do: Callable[[], str],
    show: Show,
) -> HttpResponse:
    """Do it and go back to the page; or show the page with what is wrong on the form."""
    name, form = named
    if form is not None and not form.is_valid():
        return show(request, case, Sent({name: form}, 422))
    try:
        messages.success(request, do())
    except Refused as refused:
        return _refused(request, case, named, refused, show)
    if case_at(acting(request).unit, case.code) is None:
        return redirect("cases:queue")
    return redirect("cases:desk", case.code)


def passed_on(request: HttpRequest, code: str, sentence: Words = "") -> HttpResponse:
    """Say that a case is with another unit now, with what was typed; to strangers there is no such case."""
    code = read_code(code) or ""
    if not has_handled(acting(request).unit, code):
        raise Http404
    context = {
        "code": code,
        "sentence": sentence,
        "typed": _typed(request.POST),
        "trail": trail((code, "")),
    }
    return render(request, "cases/console/passed_on.html", context, status=409)


def typed_in(form: BaseForm) -> list[str]:
    """Return the words that somebody typed into a form."""
    return _typed(form.data)


def _typed(data: Mapping[str, Any]) -> list[str]:
    return [value for name, value in data.items() if name.rpartition("-")[2] in _TYPED and value]


def _refused(
    request: HttpRequest,
    case: Case,
    named: tuple[str, BaseForm | None],
    refused: Refused,
    show: Show,
) -> HttpResponse:
    """Show the page as the case stands now, with the refusal where the person who typed will see it."""
    name, form = named
    kept = case_at(acting(request).unit, case.code)
    if kept is None:
        return passed_on(request, case.code, refused.sentence)
    if form is None:
        messages.error(request, str(refused.sentence))
        return show(request, kept, Sent(status=refused.status))
    on_form(form, refused)
    return show(request, kept, Sent({name: form}, refused.status))
