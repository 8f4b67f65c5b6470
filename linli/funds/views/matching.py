"""What one does about matched money: agree and agree anew, show what a part rests on, release."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.funds.actions import matching
from linli.funds.forms.matches import AgreementForm, AnewForm
from linli.funds.forms.rests import ShowForm
from linli.funds.views.matches import match_of, match_page
from linli.funds.views.posting import evidence_of
from linli.funds.views.ways import (
    DO,
    KEEPERS,
    form_page,
    fund_of,
    fund_trail,
    posted,
    told,
    trail,
)
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@require_http_methods(DO)
@staff_only(*KEEPERS)
def agree(request: HttpRequest, code: str) -> HttpResponse:
    fund = fund_of(request, code)
    form = AgreementForm(posted(request), fund=fund)
    if form.is_valid():
        try:
            match = matching.agree(
                by=acting(request), at=now(), fund=fund, agreement=form.agreement()
            )
        except Refused as refused:
            on_form(form, refused, "last_day" if refused.code == "day_passed" else None)
        else:
            messages.success(
                request, _("Agreed. Nothing has moved; both sides see what is missing.")
            )
            return redirect("funds:console_match", match.code)
    title = _("Agree on matched money")
    lead = _(
        "This fund's part is released when the partner's is posted, and what it rests on is shown. There is no other way to it."
    )
    named = {"title": title, "button": _("Agree"), "lead": lead, "fund": fund}
    back = reverse("funds:console_fund", args=[code])
    return form_page(request, form, back=back, trail=fund_trail(fund, (title, "")), **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def agree_anew(request: HttpRequest, code: str) -> HttpResponse:
    match = match_of(request, code)
    fund = fund_of(request, match.fund.code)
    form = AnewForm(posted(request), match=match)
    if form.is_valid():
        try:
            newer = matching.agree_anew(
                by=acting(request), at=now(), match=match, agreement=form.agreement()
            )
        except Refused as refused:
            on_form(form, refused, "last_day" if refused.code == "day_passed" else None)
        else:
            messages.success(
                request, _("Agreed. Nothing has moved; both sides see what is missing.")
            )
            return redirect("funds:console_match", newer.code)
    here = reverse("funds:console_match", args=[code])
    title = _("Agree anew")
    lead = _(
        "The accounts of both sides stay. The older agreement stays to be read, and counts no more."
    )
    named = {"title": title, "button": _("Agree"), "lead": lead, "fund": fund, "back": here}
    return form_page(request, form, trail=trail((match.words, here), (title, "")), **named)


@require_http_methods(DO)
@staff_only(*KEEPERS)
def show(request: HttpRequest, code: str) -> HttpResponse:
    match = match_of(request, code)
    form = ShowForm(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                evidence = evidence_of(request, form)
                assert evidence  # noqa: S101 - the form needs it
                matching.show(by=acting(request), at=now(), match=match, evidence=evidence)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Shown: both sides see it."))
            return redirect("funds:console_match", code)
    return match_page(request, match, form)


@require_POST
@staff_only(*KEEPERS)
def release(request: HttpRequest, code: str) -> HttpResponse:
    match = match_of(request, code)
    return told(
        request,
        lambda: matching.release(by=acting(request), at=now(), match=match),
        _("Released."),
        reverse("funds:console_match", args=[code]),
    )
