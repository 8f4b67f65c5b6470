"""Whether a service is for you: a few questions, a judgement with its reasons, and nothing that stays."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from linli.directory.models import Service
from linli.directory.queries import service_guide
from linli.directory.rules.eligibility import Judgement, judge
from linli.directory.schemas.for_you import ForYouForm
from linli.directory.schemas.telling import question_words
from linli.kernel.clock import now
from linli.ui.kept import NOT_KEPT


# Without a token: it changes nothing, and a page without a token needs no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def for_you(request: HttpRequest, code: str) -> HttpResponse:
    guide = service_guide(code, localdate(now()))
    if guide is None or not guide.service.rules:
        raise Http404
    service = guide.service
    form = ForYouForm(service.rules, request.POST if request.method == "POST" else None)
    context = {
        "service": service,
        "form": form,
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Services"), reverse("directory:services")),
            (service.name, reverse("directory:service", args=[code])),
            (_("Is it for you?"), ""),
        ],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and status == 200:
        context |= _judged(service, judge(service.rules, form.answers()))
    response = render(request, "directory/public_for_you.html", context, status=status)
    response.headers["Cache-Control"] = NOT_KEPT
    return response


def _judged(service: Service, judgement: Judgement) -> dict[str, Any]:
    brought = set(judgement.bring)
    return {
        "judgement": judgement,
        "missing": [question_words(question) for question in judgement.missing],
        "holding": [reason for reason in judgement.reasons if reason.holds],
        "bring": [
            *judgement.bring,
            *(paper.name for paper in service.documents.all() if paper.name not in brought),
        ],
        "instead": service.instead if judgement.fits is False else None,
    }
