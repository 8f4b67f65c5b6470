"""A certificate for who holds the booking: make it, take it along as file and paper, withdraw it.

What it says is in the answer to one request and in nothing of ours: it goes back and forth with the page.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.clock import now
from linli.kernel.idempotency import new_key, once
from linli.kernel.refusals import Refused
from linli.offers.actions.certifying import certify, withdraw
from linli.offers.forms.certificates import NameForm
from linli.offers.models import Booking, Certificate
from linli.offers.queries import certificates as known
from linli.offers.rules import checking, credentials
from linli.offers.rules.jcs import canonical
from linli.offers.views.credential_words import square_of, told_day
from linli.offers.views.held import held
from linli.ui.paper import Line, Paper, drawn
from linli.ui.private import private


def section(booking: Booking, at: datetime) -> dict[str, Any] | None:
    """Return what a booking's page says of certificates; None until something was reached."""
    kind, people = known.reached(booking)
    if not people:
        return None
    standing = booking.certificates.filter(revoked_at=None).count()
    return {"booking": booking, "kind": kind, "people": people, "standing": standing}


@require_http_methods(["GET", "HEAD", "POST"])
@held
def certificate(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Ask for the name, make the certificate, hand it over."""
    form = NameForm(request.POST if request.method == "POST" else None)
    refused: Refused | None = None
    if form.is_valid():
        named = form.cleaned_data["named"]
        try:
            issued = certify(at=at, booking=booking, named=named)
        except Refused as error:
            refused = error
        else:
            return _handed_over(request, booking, issued.document, named)
    context = _context(booking) | {"form": form, "refused": refused, "once": new_key()}
    status = refused.status if refused else 422 if form.is_bound else 200
    return render(request, "offers/courses_certificate.html", context, status=status)


@require_POST
@held
@once
def take_back(request: HttpRequest, booking: Booking, at: datetime) -> HttpResponse:
    """Withdraw one certificate of this booking."""
    said = request.POST.get("number", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) <= 9 else None
    wanted = get_object_or_404(booking.certificates, number=number)
    withdraw(at=at, certificate=wanted)
    return redirect("offers:certificate", booking.code)


@private
@require_POST
def take_along(request: HttpRequest) -> HttpResponse:
    """Return a certificate of ours as a file: for a wallet (JSON) or on paper (PDF). Only whole ones of ours."""
    verdict = checking.check(request.POST.get("credential", ""), now())
    if not verdict.holds or not _ours(verdict.document):
        raise Refused("not_ours", _("This is no certificate of ours."), status=404)
    if request.POST.get("form") == "json":
        return _file(canonical(verdict.document), "application/vc", "json")
    return _file(_paper(verdict.document, request.POST.get("named", "")), "application/pdf", "pdf")


def _handed_over(
    request: HttpRequest, booking: Booking, document: Mapping[str, Any], named: str
) -> HttpResponse:
    context = _context(booking) | {
        "document": document,
        "text": canonical(document).decode(),
        "named": named,
        "day": told_day(document),
        "square": square_of(document),
        "files": [("pdf", _("Paper (PDF)")), ("json", _("File for wallets and other cities"))],
    }
    return render(request, "offers/courses_certified.html", context)


def _context(booking: Booking) -> dict[str, Any]:
    kind, people = known.reached(booking)
    certificates = list(booking.certificates.order_by("issued_at"))
    standing = [one for one in certificates if one.revoked_at is None]
    return {
        "booking": booking,
        "offer": booking.session.offer,
        "kind": kind,
        "people": people,
        "certificates": certificates,
        "left": max(0, people - len(standing)),
    }


def _ours(document: Mapping[str, Any]) -> bool:
    return Certificate.objects.filter(digest=credentials.digest(document)).exists()


def _paper(document: Mapping[str, Any], named: str) -> bytes:
    shown = named if credentials.is_of(document, named) else ""
    achievement = document["credentialSubject"]["achievement"]
    lines = (
        Line(_("Certificate"), 26, 54),
        Line(shown, 20, 34),
        Line(achievement["criteria"]["narrative"], 13, 40),
        Line(achievement["name"], 20, 44),
        Line(document["issuer"]["name"]),
        Line(told_day(document)),
    )
    return drawn(
        Paper(
            lines=lines,
            square=f"{document['id']}#{credentials.compact(document)}",
            below=_("Check it at %(address)s") % {"address": document["id"]},
            name="certificate.json",
            media_type="application/vc",
            data=canonical(document),
        )
    )


def _file(data: bytes, media_type: str, extension: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="certificate.{extension}"'
    return response
