"""Certificates of suppliers on the console: which wait to be checked, one of them, checked or struck."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.trace.actions import certificates as actions
from linli.trace.forms.permits import CertificatesForm, ReasonForm
from linli.trace.models import Certificate
from linli.trace.queries.permit_lists import certificates_seen, listed_certificates
from linli.trace.views.application_papers import given
from linli.trace.views.permit_words import certificate_told
from linli.trace.views.premises_words import activity_words
from linli.trace.views.ways import DO, KEEPERS, READERS, form_page, posted, told, trail

ROWS = 30


@never_cache
@require_safe
@staff_only(*READERS)
def certificates(request: HttpRequest) -> HttpResponse:
    """List certificates, those that nobody checked first: an officer those of the own unit's businesses."""
    form, today = CertificatesForm(request.GET), localdate(now())
    found = listed_certificates(acting(request), **form.asked, today=today)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, certificate_told(one, today)) for one in page.object_list],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()),
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "trace/certificates.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Show one certificate, and what can be done."""
    by, found = acting(request), _certificate(request, code)
    context = {
        "certificate": found,
        "lamp": certificate_told(found, localdate(now())),
        "scope": activity_words(found.kind.activities),
        "keeps": _keeps(by, found) and found.struck_at is None,
        "trail": _trail((f"{found.kind} {found.number}", "")),
    }
    return render(request, "trace/certificate.html", context)


@never_cache
@require_safe
@staff_only(*READERS)
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the file of a certificate."""
    found = _certificate(request, code)
    if not found.digest:
        raise Http404
    return given(found.digest, found.media_type, f"{code}-{found.kind.key}")


@require_POST
@staff_only(*KEEPERS)
def certificate_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a certificate was checked with who issued it."""
    by, found = acting(request), _certificate(request, code)

    def deed() -> object:
        return actions.check_certificate(by=by, at=now(), certificate=found)

    here = reverse("trace:certificate", args=[code])
    return told(request, deed, _("Checked. It counts from now on."), here)


@never_cache
@require_http_methods(DO)
@staff_only(*KEEPERS)
def certificate_struck(request: HttpRequest, code: str) -> HttpResponse:
    """Strike a certificate, with the reason."""
    by, found, form = acting(request), _certificate(request, code), ReasonForm(posted(request))
    here = reverse("trace:certificate", args=[code])
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.strike_certificate(by=by, at=now(), certificate=found, reason=reason)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Struck. It counts no more from now on."))
            return redirect(here)
    title = _("Strike the certificate")
    way = _trail((f"{found.kind} {found.number}", here), (title, ""))
    lead = found.operator.name
    return form_page(request, form, title=title, button=title, lead=lead, back=here, trail=way)


def _certificate(request: HttpRequest, code: str) -> Certificate:
    return get_object_or_404(certificates_seen(acting(request)), code=code)


def _keeps(by: Actor, found: Certificate) -> bool:
    own = by.role == Role.OFFICER and by.unit == found.operator.unit.name
    return own or by.role == Role.PLANNER


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:certificates") if steps else ""
    return trail((_("Certificates"), here), *steps)
