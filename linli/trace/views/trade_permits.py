"""The papers of a business at its workplace: permits, applications on their way, certificates of its suppliers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.clock import now
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions import applying, certificates, expiry
from linli.trace.forms.papers import CertificateForm, PaperForm
from linli.trace.forms.permits import ApplyForm
from linli.trace.models import Application, Certificate, ExpiryNotice
from linli.trace.queries.applications import PaperRow, kinds_for, paper_rows
from linli.trace.queries.expiring import unseen
from linli.trace.queries.permit_lists import certificates_of, permits_of
from linli.trace.queries.permits_told import states_of
from linli.trace.rules.applying import CHECKING, PAPERS
from linli.trace.views.permit_words import (
    NEXT,
    certificate_told,
    due_told,
    ending_told,
    handed_told,
    stage_told,
)
from linli.trace.views.premises_words import activity_words, paper_told
from linli.trace.views.trade_desk import Desk
from linli.trace.views.ways import DO, form_page, posted, told


@require_safe
def papers(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show how all papers of a business stand, and what runs out."""
    at = now()
    today, own = localdate(at), Application.objects.filter(premises__operator=desk.operator)
    running = own.open().select_related("premises")
    context = {
        "desk": desk,
        "notices": unseen(desk.operator),
        "permits": [
            (one, paper_told(state), ending_told(one, at), activity_words(one.scope))
            for one, state in states_of(permits_of(desk.operator), at)
        ],
        "applications": [(one, stage_told(one), due_told(one, today)) for one in running],
        "certificates": [
            (one, certificate_told(one, today)) for one in certificates_of(desk.operator)
        ],
        "asked": kinds_for(_activities(desk), "goods"),
        "trail": desk.trail((_("Permits and papers"), "")),
    }
    return render(request, "trace/trade_permits.html", context)


@require_http_methods(DO)
def apply(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for what a permit is applied for."""
    places = desk.operator.premises.open()
    initial = {"premises": first.code} if (first := places.first()) else {}
    form = ApplyForm(posted(request), among=places, initial=initial)
    if form.is_valid():
        try:
            made = applying.file(by=desk.by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Filed. Here you see what is missing, and until when."))
            return redirect(f"{desk.base}permits/{made.code}/")
    return _form(request, desk, form, title=_("Apply for a permit"), button=_("Go on"))


@require_http_methods(DO)
def application(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show where an application stands: whose turn it is, until when, what is missing; take its papers."""
    found, at = _application(desk, code), now()
    rows = paper_rows(found)
    open_ = [row.kind for row in rows if row.last is None or row.last.state == "returned"]
    form = PaperForm(posted(request), request.FILES or None, kinds=open_)
    if _handed_in(desk, found, form, at):
        messages.success(request, _("It is there."))
        return redirect(request.path)
    context = {
        "desk": desk,
        "application": found,
        "stage": stage_told(found),
        "due": due_told(found, localdate(at)),
        "next": NEXT.get(found.stage, ""),
        "rows": [(row, _paper(row)) for row in rows],
        "missing": [row.kind for row in rows if row.missing],
        "form": form if open_ and found.stage in (PAPERS, CHECKING) else None,
        "steps": [(step, step.get_to_display()) for step in found.steps.order_by("-id")],
        "scope": activity_words(found.scope),
        "trail": desk.trail((_("Permits and papers"), "permits/"), (found.code, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "trace/trade_application.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Take an application back."""
    found = _application(desk, code)

    def deed() -> object:
        return applying.take_back(by=desk.by, at=now(), application=found)

    return told(request, deed, _("Taken back."), f"{desk.base}permits/")


@require_http_methods(DO)
def certificate_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take a certificate of a supplier."""
    form = CertificateForm(posted(request), request.FILES or None)
    if form.is_valid() and (draft := form.draft()) is not None:
        try:
            certificates.enter_certificate(
                by=desk.by, at=now(), operator=desk.operator, draft=draft
            )
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Entered. It counts once the unit has checked it."))
            return redirect(f"{desk.base}permits/")
    title = _("Certificate of a supplier")
    return _form(request, desk, form, title=title, button=_("Enter it"))


@require_POST
def certificate_strike(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Strike a certificate that was entered wrongly and nobody has checked yet."""
    found = get_object_or_404(Certificate, operator=desk.operator, code=code)

    def deed() -> object:
        return certificates.strike_certificate(
            by=desk.by, at=now(), certificate=found, reason=_("Entered wrongly")
        )

    return told(request, deed, _("Struck."), f"{desk.base}permits/")


@require_POST
def notice_seen(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Put a notice away."""
    found = get_object_or_404(ExpiryNotice, operator=desk.operator, pk=pk)
    expiry.see_notice(by=desk.by, at=now(), notice=found)
    return redirect(f"{desk.base}permits/")


def _application(desk: Desk, code: str) -> Application:
    found = Application.objects.select_related("premises__operator__unit", "renews", "permit")
    return get_object_or_404(found, premises__operator=desk.operator, code=code)


def _activities(desk: Desk) -> set[str]:
    return {one for place in desk.operator.premises.open() for one in place.activities}


def _handed_in(desk: Desk, found: Application, form: PaperForm, at: datetime) -> bool:
    """Hand in what a form brings; False where it says what is missing."""
    if not form.is_valid() or (paper := form.paper()) is None:
        return False
    try:
        applying.hand_in_paper(
            by=desk.by, at=at, application=found, kind=form.cleaned_data["kind"], paper=paper
        )
    except Refused as refused:
        on_form(form, refused)
        return False
    return True


def _paper(row: PaperRow) -> Any:  # noqa: ANN401 - a lamp with words, or None
    if row.last is not None:
        return handed_told(row.last)
    return None


def _form(request: HttpRequest, desk: Desk, form: Any, **named: Any) -> HttpResponse:  # noqa: ANN401
    trail = desk.trail((_("Permits and papers"), "permits/"), (named["title"], ""))
    named |= {"desk": desk, "trail": trail, "back": f"{desk.base}permits/"}
    return form_page(request, form, template="trace/trade_form.html", **named)
