"""Food businesses on the console: the list, one of them, what is entered and ended. An officer's are the own unit's."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel import idempotency
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.idempotency import once
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import operators as deeds
from linli.trace.actions import replies
from linli.trace.forms.operators import (
    ClosingForm,
    KeyForm,
    OperatorFilterForm,
    OperatorForm,
    PremisesForm,
    ReasonForm,
)
from linli.trace.models import Operator, OperatorKey, OperatorReply, Premises
from linli.trace.queries.alerts import alerts_seen
from linli.trace.queries.premises_lists import (
    Asked,
    operator_rows,
    operators_found,
    operators_seen,
    premises_rows,
)
from linli.trace.views.alert_words import alert_told
from linli.trace.views.premises_words import row_told
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, trail

ROWS = 30
_WITHHOLDERS = (Role.PLANNER, Role.SUPERVISOR)


@require_safe
@staff_only(*READERS)
def operators(request: HttpRequest) -> HttpResponse:
    """List businesses with their premises, permits and latest inspections."""
    by, at = acting(request), now()
    form = OperatorFilterForm(request.GET, by=by)
    found = operators_found(by, form.asked, at, **form.more)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [
            (row.operator, [row_told(one) for one in row.premises])
            for row in operator_rows(list(page.object_list), at)
        ],
        "filtered": form.asked != Asked() or any(form.more.values()),
        "keeps": by.role in KEEPERS,
        "address": request.path,
        "trail": trail(),
    }
    return render(request, "trace/operators.html", context)


@require_safe
@staff_only(*READERS)
def operator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one business."""
    found = operator_of(request, code)
    return operator_page(request, found, KeyForm())


@require_http_methods(DO)
@staff_only(*KEEPERS)
@once
def operator_new(request: HttpRequest) -> HttpResponse:
    """Enter a business."""
    by = acting(request)
    form = OperatorForm(posted(request), by=by)
    if form.is_valid():
        try:
            made = deeds.enter(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "credit_code" if "credit_code" in refused.code else None)
        else:
            messages.success(request, _("Entered. Now say where it works."))
            return redirect("trace:premises_new", made.code)
    return _form(request, form, _("Enter a food business"), reverse("trace:operators"))


@require_http_methods(DO)
@staff_only(*KEEPERS)
@once
def premises_new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter premises of a business."""
    found, form = operator_of(request, code), PremisesForm(posted(request))
    if form.is_valid():
        try:
            deeds.open_premises(by=acting(request), at=now(), operator=found, draft=form.draft())
        except Refused as refused:
            on_form(form, refused, "gln" if "gln" in refused.code else None)
        else:
            messages.success(request, _("The premises are entered."))
            return redirect("trace:operator", code)
    return _form(request, form, _("Enter premises"), *_back(found))


@require_http_methods(DO)
@staff_only(*KEEPERS)
def premises_close(request: HttpRequest, code: str) -> HttpResponse:
    """Say that premises are closed for good."""
    seen = Premises.objects.filter(operator__in=operators_seen(acting(request)))
    place = get_object_or_404(seen.select_related("operator"), code=code)
    form = ClosingForm(posted(request), initial={"on": localdate(now())})
    if form.is_valid():
        try:
            deeds.close_premises(by=acting(request), at=now(), premises=place, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Closed. What was told of these premises stays."))
            return redirect("trace:operator", place.operator.code)
    return _form(request, form, _("Close premises for good"), *_back(place.operator), place.name)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def operator_end(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a business has ended."""
    found = operator_of(request, code)
    form = ClosingForm(posted(request), initial={"on": localdate(now())})
    if form.is_valid():
        try:
            deeds.end_business(by=acting(request), at=now(), operator=found, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Ended. What was told of it stays."))
            return redirect("trace:operator", code)
    return _form(request, form, _("Say that the business has ended"), *_back(found), found.name)


@require_http_methods(DO)
@staff_only(*_WITHHOLDERS)
def reply_withhold(request: HttpRequest, pk: int) -> HttpResponse:
    """Withhold a reply that must not stand in public."""
    said = get_object_or_404(OperatorReply.objects.select_related("premises__operator"), pk=pk)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            replies.withhold(by=acting(request), at=now(), reply=said, **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Withheld. The reason stands in its place."))
            return redirect("trace:operator", said.premises.operator.code)
    return _form(request, form, _("Withhold a reply"), *_back(said.premises.operator), said.words)


def operator_of(request: HttpRequest, code: str) -> Operator:
    """Return an operator that whoever asks may see."""
    return get_object_or_404(operators_seen(acting(request)), code=code)


def operator_page(
    request: HttpRequest, found: Operator, key_form: KeyForm, *, status: int = 200
) -> HttpResponse:
    """Show a business with its premises, keys, replies and what is open about it."""
    by, at = acting(request), now()
    places = found.premises.select_related("operator", "area").order_by("closed_on", "name")
    context: dict[str, Any] = {
        "operator": found,
        "rows": [row_told(row) for row in premises_rows(places, at)],
        "keys": found.keys.all() if by.role in KEEPERS else (),
        "program": OperatorKey.PROGRAM,
        "replies": OperatorReply.objects.filter(premises__operator=found)
        .select_related("premises")
        .order_by("-at"),
        "alerts": [alert_told(one) for one in alerts_seen(by, of=found)],
        "key_form": key_form,
        "once": idempotency.new_key(),
        "keeps": by.role in KEEPERS,
        "withholds": _withholds(by, found),
        "trail": trail((found.name, "")),
    }
    return render(request, "trace/operator.html", context, status=status)


def _withholds(by: Actor, found: Operator) -> bool:
    return by.role in _WITHHOLDERS and by.unit != found.unit.name


def _back(found: Operator) -> tuple[str, tuple[Words, str]]:
    here = reverse("trace:operator", args=[found.code])
    return here, (found.name, here)


def _form(
    request: HttpRequest,
    form: Any,  # noqa: ANN401 - any form of ours
    title: str,
    back: str,
    above: tuple[Words, str] | None = None,
    lead: str = "",
) -> HttpResponse:
    steps = [above] if above else []
    named = {"title": title, "button": title, "back": back, "lead": lead}
    return form_page(
        request, form, **named, once=idempotency.new_key(), trail=trail(*steps, (title, ""))
    )
