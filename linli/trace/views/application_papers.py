"""Papers that were handed in: the file itself for who may see it, and what the unit says to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel import files
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused
from linli.trace.actions import examining
from linli.trace.models import Application, ApplicationPaper
from linli.trace.views.applications import application_of, may_keep, permits_trail
from linli.trace.views.permit_words import handed_told
from linli.trace.views.ways import DO, READERS

_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@never_cache
@require_http_methods(DO)
@staff_only(*READERS)
def application_paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show one paper, and take what is said to it: in order, or given back and why."""
    by, found = acting(request), application_of(request, code)
    paper = _paper(found, pk)
    keeps = may_keep(by, found)
    error, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        if not keeps:
            raise Http404
        accepted = request.POST.get("verb") == "accept"
        try:
            examining.rule_on_paper(by=by, at=now(), paper=paper, accepted=accepted, reason=reason)
        except Refused as refused:
            error = str(refused.sentence)
        else:
            messages.success(request, _("Said."))
            return redirect("trace:application", code)
    here = reverse("trace:application", args=[code])
    context = {
        "application": found,
        "paper": paper,
        "lamp": handed_told(paper),
        "rules": keeps and paper.state == paper.WAITING and found.stage in ("papers", "checking"),
        "error": error,
        "reason": reason,
        "trail": permits_trail((found.premises.name, here), (paper.kind.name, "")),
    }
    return render(request, "trace/application_paper.html", context, status=422 if error else 200)


@never_cache
@require_safe
@staff_only(*READERS)
def application_file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the file of a paper."""
    paper = _paper(application_of(request, code), pk)
    return given(paper.digest, paper.media_type, f"{code}-{paper.kind.key}-{paper.number}")


def given(digest: str, media_type: str, name: str) -> HttpResponse:
    """Give a file as a download: what somebody brought never runs under our name."""
    response = HttpResponse(files.fetch(digest), content_type="application/octet-stream")
    named = f"{name}.{_ENDINGS.get(media_type, 'bin')}"
    header = content_disposition_header(as_attachment=True, filename=named)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _paper(application: Application, pk: int) -> ApplicationPaper:
    return get_object_or_404(application.papers.select_related("kind", "application"), pk=pk)
