"""Check a certificate without an account, ours or another city's; the list of those withdrawn."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_http_methods, require_safe

from linli.kernel.clock import now
from linli.offers.forms.certificates import CheckForm
from linli.offers.models import Certificate
from linli.offers.queries import certificates as known
from linli.offers.rules import checking, credentials, status_list
from linli.offers.rules.jcs import canonical
from linli.offers.views.credential_words import told, told_day
from linli.ui.private import private

_LIST_KEPT = 300  # seconds


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a certificate and say whether it holds. Nothing of it is kept."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CheckForm(*sent)
    if not form.is_valid():
        return _page(request, {"form": form}, 422 if form.is_bound else 200)
    given = form.cleaned_data
    return _page(request, _checked(given["text"], given["named"]) | {"form": CheckForm()})


@private
@require_safe
def credential(request: HttpRequest, number: UUID) -> HttpResponse:
    """Say of a number whether it counts; what the certificate says, its holder has. The square code leads here."""
    asked = Certificate.objects.filter(pk=number).first()
    context = {"form": CheckForm(), "number": number, "asked": asked}
    return _page(request, context, 200 if asked else 404)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    context["key"] = known.issuer("").did
    return render(request, "offers/courses_credential.html", context, status=status)


def _etag(_request: HttpRequest, number: int) -> str | None:
    if number >= known.status_lists():
        return None
    return f'"{credentials.digest(known.status_document(number, now()))}"'


@require_safe
@condition(etag_func=_etag)
def status(_request: HttpRequest, number: int) -> HttpResponse:
    """Return one status list, signed: the same for everybody who asks."""
    if number >= known.status_lists():
        raise Http404
    response = HttpResponse(
        canonical(known.status_document(number, now())), content_type="application/vc"
    )
    response.headers["Cache-Control"] = f"public, max-age={_LIST_KEPT}"
    return response


def _checked(text: str, named: str) -> dict[str, Any]:
    at = now()
    verdict = checking.check(text, at)
    ours = verdict.signer == known.issuer("").did
    if ours and not verdict.faults:
        verdict = _with_our_list(verdict)
    fits = credentials.is_of(verdict.document, named) if named else None
    return {
        "verdict": verdict,
        "told": told(verdict, ours=ours, name_fits=fits),
        "says": _says(verdict.document) if verdict.signer else None,
        "ours": ours,
    }


def _with_our_list(verdict: checking.Verdict) -> checking.Verdict:
    found = Certificate.objects.filter(digest=credentials.digest(verdict.document)).first()
    if found is None or verdict.status is None:
        return checking.also(verdict, "not_handed_out")
    listed = known.status_document(found.number // status_list.SIZE, now())
    return checking.with_status(verdict, canonical(listed).decode(), now())


def _says(document: Mapping[str, Any]) -> dict[str, str]:
    """Return what a well-formed and signed one says."""
    subject, issuer = document["credentialSubject"], document["issuer"]
    subject = subject[0] if isinstance(subject, list) else subject
    achievement = subject["achievement"]
    criteria = achievement.get("criteria")
    return {
        "title": str(achievement.get("name", "")),
        "said": str(criteria.get("narrative", "")) if isinstance(criteria, dict) else "",
        "issuer": str(issuer.get("name", "")) if isinstance(issuer, dict) else str(issuer),
        "day": told_day(document),
    }
