"""What is done with an inspection: worded, ordered, looked at again, published, and what it has sealed opened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import correcting, inspecting, register, signatures
from linli.assessments.forms import inspections as forms
from linli.assessments.models import (
    Backing,
    CorrectionOrder,
    Finding,
    Inspection,
    PremisesReply,
    SheetSignature,
)
from linli.assessments.queries.inspections import inspections_seen
from linli.assessments.views.inspections import inspection_of, inspection_trail, may_keep
from linli.assessments.views.ways import DO, KEEPERS, READERS, form_page, posted, told
from linli.directory.views.qr import drawn
from linli.kernel import files
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

Do = Callable[[Any, Actor, datetime, Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that can be done about a finding, an order or a reply; `key`: how that leads to its inspection."""

    title: Words
    button: Words
    form: type[Form]
    do: Do
    about: type[Model]
    key: str = "inspection"
    lead: Callable[[Any], str] = str


@require_http_methods(DO)
@staff_only(*READERS)
def deed(request: HttpRequest, code: str, do: str, of: int) -> HttpResponse:
    """Ask for what a deed needs, and do it."""
    by, found, chosen = acting(request), inspection_of(request, code), DEEDS.get(do)
    if chosen is None or not _may(by, found, chosen):
        raise Http404
    about = get_object_or_404(chosen.about, **{chosen.key: found}, pk=of)
    extra: dict[str, Any] = {"of": found} if chosen.form is forms.CheckForm else {}
    form = chosen.form(posted(request), **extra)
    if isinstance(about, Finding) and chosen.form is forms.FindingForm:
        form.initial = {"severity": about.severity, "words": about.words}
    here = reverse("assessments:console_inspection", args=[code])
    if form.is_valid():
        try:
            chosen.do(form, by, now(), about)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, str(_("Recorded.")))
            return redirect(here)
    trail = inspection_trail((found.assessment.subject.name, here), (chosen.title, ""))
    named = {"title": chosen.title, "button": chosen.button, "back": here}
    return form_page(request, form, **named, lead=chosen.lead(about), trail=trail)


@require_POST
@staff_only(*KEEPERS)
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Put a result into the public register."""
    by, found = acting(request), inspection_of(request, code)
    return told(
        request,
        lambda: register.publish(by=by, at=now(), inspection=found),
        _("Published."),
        reverse("assessments:console_inspection", args=[code]),
    )


@require_POST
@staff_only(*KEEPERS)
def call_off(request: HttpRequest, code: str) -> HttpResponse:
    """Call a visit off."""
    by, found = acting(request), inspection_of(request, code)
    return told(
        request,
        lambda: inspecting.call_off(by=by, at=now(), inspection=found),
        _("Called off."),
        reverse("assessments:console_inspection", args=[code]),
    )


@private
@require_POST
@staff_only(*KEEPERS)
def hand_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show once, to print, what the premises reply with."""
    by, found = acting(request), inspection_of(request, code)
    passphrase = register.hand_code(by=by, at=now(), inspection=found)
    address = request.build_absolute_uri(reverse("assessments:inspection_reply"))
    here = reverse("assessments:console_inspection", args=[code])
    context = {
        "task": found.assessment,
        "passphrase": passphrase,
        "address": address,
        "square": drawn(f"{address}?code={code}"),
        "back": here,
        "trail": inspection_trail((found.assessment.subject.name, here), (_("Slip"), "")),
    }
    return render(request, "assessments/inspection_slip.html", context)


@private
@require_POST
@staff_only(Role.OFFICER, Role.SUPERVISOR)
def signature(request: HttpRequest, code: str) -> HttpResponse:
    """Open what stands under a sheet. That somebody looked is written down."""
    by, found = acting(request), inspection_of(request, code)
    number = request.POST.get("sheet", "")
    if not number.isdecimal() or len(number) > 4:
        raise Http404
    rows = SheetSignature.objects.select_related("sheet__assessment__unit", "subject")
    row = get_object_or_404(rows, sheet__assessment=found.assessment, sheet__number=int(number))
    opened = signatures.open_signature(by=by, at=now(), signature=row)
    here = reverse("assessments:console_inspection", args=[code])
    context = {
        "task": found.assessment,
        "sheet": row.sheet,
        "lines": [" ".join(f"{x},{y}" for x, y in line) for line in opened.strokes],
        "words": opened.words,
        "back": here,
        "trail": inspection_trail((found.assessment.subject.name, here), (_("Signature"), "")),
    }
    return render(request, "assessments/inspection_signature.html", context)


@private
@require_safe
@staff_only(*READERS)
def photo(request: HttpRequest, number: int) -> HttpResponse:
    """Give a photo of a visit to whoever of the staff sees the visit."""
    seen = inspections_seen(acting(request)).values("assessment")
    rows = Backing.objects.select_related("evidence").filter(sheet__assessment__in=seen)
    shot = get_object_or_404(rows, pk=number, evidence__media_type__startswith="image/").evidence
    response = HttpResponse(files.fetch(shot.digest), content_type=shot.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _may(by: Actor, found: Inspection, deed: Deed) -> bool:
    if deed.about is PremisesReply:
        return by.role in (Role.PLANNER, Role.SUPERVISOR) and by.unit != found.assessment.unit.name
    return may_keep(by, found)


def _word(form: Form, by: Actor, at: datetime, of: Finding) -> object:
    return correcting.word_finding(by=by, at=at, finding=of, **form.cleaned_data)


def _order(form: Form, by: Actor, at: datetime, of: Finding) -> object:
    return correcting.order(by=by, at=at, finding=of, **form.cleaned_data)


def _check(form: forms.CheckForm, by: Actor, at: datetime, of: CorrectionOrder) -> object:
    return correcting.check(by=by, at=at, order=of, seen=form.seen())


def _withdraw(form: Form, by: Actor, at: datetime, of: Finding) -> object:
    reason = form.cleaned_data["reason"]
    return correcting.withdraw_finding(by=by, at=at, finding=of, reason=reason)


def _withhold(form: Form, by: Actor, at: datetime, of: PremisesReply) -> object:
    return register.withhold(by=by, at=at, reply=of, reason=form.cleaned_data["reason"])


DEEDS: Final[dict[str, Deed]] = {
    "word": Deed(
        title=_("Say what was found"), button=_("Keep it"), form=forms.FindingForm, do=_word,
        about=Finding, lead=lambda one: one.words,
    ),
    "order": Deed(
        title=_("Order a correction"), button=_("Give the order"), form=forms.OrderForm, do=_order,
        about=Finding, lead=lambda one: one.words,
    ),
    "check": Deed(
        title=_("Look at it again"), button=_("Record it"), form=forms.CheckForm, do=_check,
        about=CorrectionOrder, key="finding__inspection", lead=lambda one: one.words,
    ),
    "withdraw": Deed(
        title=_("Withdraw a finding"), button=_("Withdraw it"), form=forms.ReasonForm, do=_withdraw,
        about=Finding, lead=lambda one: one.words,
    ),
    "withhold": Deed(
        title=_("Withhold a reply"), button=_("Withhold it"), form=forms.ReasonForm, do=_withhold,
        about=PremisesReply, lead=lambda one: one.words,
    ),
}  # fmt: skip
