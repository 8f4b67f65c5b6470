"""What everybody may see: readings that an officer has published."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from linli.reports.models import Report
from linli.reports.queries import review as queries
from linli.reports.views.page import comparisons, reading_page

PER_PAGE = 25


@require_safe
@vary_on_cookie
def public_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("words", "")[:100].replace("\0", "")
    reports = queries.listed_reports(state="published", words=words)
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/public_list.html", {"page": page, "words": words})


@require_safe
@vary_on_cookie
def public_reading(request: HttpRequest, code: str) -> HttpResponse:
    report = get_object_or_404(Report.objects.published(), code=code)
    trail = [(_("Home"), reverse("portal:home")), (_("Reports"), reverse("reports:public_list"))]
    others = queries.same_place(report).published()
    context = reading_page(report) | {
        "trail": trail,
        "comparisons": comparisons(report, others, "reports:public_compare"),
    }
    return render(request, "reports/public_reading.html", context)


@require_safe
def public_json(request: HttpRequest, code: str) -> JsonResponse:
    report = get_object_or_404(Report.objects.published(), code=code)
    return JsonResponse(report.reading, json_dumps_params={"ensure_ascii": False})
