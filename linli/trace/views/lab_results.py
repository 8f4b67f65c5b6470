"""Laboratory results for everybody: the list, and the report of each to read and to print."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.text import Words
from linli.trace.forms.lab_results import ResultsForm
from linli.trace.models import Report, Sample
from linli.trace.queries.lab_results import public_reports, targets_told, told
from linli.trace.queries.lab_standing import counter_by, counter_tested
from linli.trace.rules.laboratory.wording import LANGUAGES
from linli.trace.schemas.result_rows import COLUMNS
from linli.trace.views.lab_words import RESULTS, ROLES, WHYS, result_told

ROWS = 25


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """List the results that are public."""
    form = ResultsForm(request.GET)
    page = Paginator(form.found(public_reports()), ROWS).get_page(request.GET.get("page"))
    language = get_language() or "en"
    rows = [
        (one.sample, told(one), RESULTS[one.result], told(one).words(language))
        for one in page.object_list
    ]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "filtered": form.asks,
        "columns": COLUMNS,
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "trace/results.html", context)


@require_safe
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Show the report of a sample, all its public versions, and how it came about."""
    sample = get_object_or_404(Sample.objects.select_related("premises", "lot__product"), code=code)
    versions = list(_public(sample))
    if not versions:
        raise Http404
    report, standing = versions[-1], public_reports().filter(sample=sample).first()
    context = {
        "sample": sample,
        "report": report,
        "amended": standing is None,
        "lamp": result_told(report.result),
        "told": told(report),
        "targets": [
            (one, result_told(one.result), told(report).words(get_language() or "en")[place])
            for place, one in enumerate(targets_told(report))
        ],
        "others": [
            (language, told(report).words(language))
            for language in LANGUAGES
            if language != get_language()
        ],
        "versions": versions,
        "hearing": getattr(report, "hearing", None),
        "untested_by": _untested_by(report),
        "runs": _runs(sample, report),
        "trail": _trail((sample.material, "")),
    }
    return render(request, "trace/result.html", context)


def _untested_by(report: Report) -> datetime | None:
    """Return until when a counter-sample that the operator asked for was waited for, None where there was no such wait."""
    hearing = getattr(report, "hearing", None)
    if hearing is None or hearing.counter_asked_at is None or counter_tested(report.sample):
        return None
    return counter_by(hearing.counter_asked_at)


def _public(sample: Sample) -> list[Report]:
    related = ("hearing", "sample__method", "sample__laboratory", "sample__unit")
    found = sample.reports.filter(published_at__isnull=False).select_related(*related)
    return list(found.order_by("number"))


def _runs(sample: Sample, report: Report) -> list[tuple[object, tuple[str, Words], str]]:
    """Return every run that the report rests on, the invalid ones too: nobody chooses which count."""
    found = sample.findings.filter(run__at__lte=report.at).select_related("run__laboratory")
    return [
        (one, result_told(one.result), _why(one.run.failures))
        for one in found.order_by("run_id", "id")
    ]


def _why(failures: list[dict[str, str]]) -> str:
    if not failures:
        return ""
    first = failures[0]
    return f"{ROLES[first['role']]} {first['place']}: {WHYS[first['why']]}".replace(" :", ":")


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("trace:results") if steps else ""
    food = (_("Food you can check"), reverse("trace:food"))
    return [(_("Home"), reverse("portal:home")), food, (_("Laboratory results"), here), *steps]
