"""Cases from other cities, for the unit that the person named: read from there, shown once, kept nowhere."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.cases.actions import receiving
from linli.cases.forms.exchange import DoneForm, PurposeForm, SendBackForm
from linli.cases.models import Received
from linli.cases.models.reasons import FIELDS
from linli.cases.models.topic import Topic
from linli.cases.queries.partners import meant_for, received_by
from linli.cases.views.desk_frame import HANDLERS, trail
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form

PAGE = 25
_KINDS = dict(Topic.KINDS)


@require_safe
@staff_only(*HANDLERS)
def received_list(request: HttpRequest) -> HttpResponse:
    """List what other cities handed to one's own unit; nothing that anybody said."""
    page = Paginator(received_by(acting(request).unit), PAGE).get_page(request.GET.get("page"))
    rows = [{"one": one, "kind": _KINDS.get(one.kind, "")} for one in page.object_list]
    context = {"rows": rows, "page": page, "trail": trail((_("From other cities"), ""))}
    return render(request, "cases/console/received.html", context)


@require_safe
@staff_only(*HANDLERS)
def received(request: HttpRequest, code: str) -> HttpResponse:
    """Show one: what may be read and until when. Reading is a deed of its own."""
    return _page(request, _own(request, code))


@require_POST
@staff_only(*HANDLERS)
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the other city for the words, show them, and keep nothing."""
    found, form = _own(request, code), PurposeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, purpose=form)
    try:
        told = receiving.read_received(
            by=acting(request), at=now(), received=found, **form.cleaned_data
        )
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return _page(request, _own(request, code), status=refused.status)
    texts = [(words, told.texts[name]) for name, words in FIELDS if name in told.texts]
    return _page(request, found, purpose=form, told=told, texts=texts)


@require_POST
@staff_only(*HANDLERS)
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Take it in hand."""
    return _deed(request, code, "accept", forms.Form(request.POST), receiving.accept)


@require_POST
@staff_only(*HANDLERS)
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Send it back with a reason."""
    return _deed(request, code, "send_back", SendBackForm(request.POST), receiving.decline)


@require_POST
@staff_only(*HANDLERS)
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Say what came of it."""
    return _deed(request, code, "done", DoneForm(request.POST), receiving.finish)


def _deed(
    request: HttpRequest, code: str, name: str, form: forms.Form, do: Callable[..., Received]
) -> HttpResponse:
    found = _own(request, code)
    if not form.is_valid():
        return _page(request, found, status=422, **{name: form})
    try:
        do(by=acting(request), at=now(), received=found, **form.cleaned_data)
    except Refused as refused:
        on_form(form, refused)
        messages.error(request, str(refused.sentence))
        return _page(request, _own(request, code), status=refused.status, **{name: form})
    messages.success(request, _("The person reads it in their city."))
    return redirect("cases:received", code)


def _own(request: HttpRequest, code: str) -> Received:
    return get_object_or_404(received_by(acting(request).unit), code=read_code(code) or "")


def _page(
    request: HttpRequest, found: Received, *, status: int = 200, **shown: Any
) -> HttpResponse:
    meant = meant_for(found)
    context = {
        "received": found,
        "kind": _KINDS.get(found.kind, ""),
        "fields": [words for name, words in FIELDS if name in found.fields],
        "meant": meant,
        "is_meant": meant == acting(request).unit,
        "purpose": PurposeForm(),
        "send_back": SendBackForm(),
        "done": DoneForm(),
        "trail": trail((_("From other cities"), reverse("cases:received_list")), (found.code, "")),
    }
    response = render(request, "cases/console/received_case.html", context | shown, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
