"""The public register of inspections: results with what the premises say to them; nothing that is only planned."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import register
from linli.assessments.forms.inspections import RegisterForm, ReplyForm
from linli.assessments.models import Inspection, Subject
from linli.assessments.queries.inspection_results import results
from linli.assessments.queries.inspections import published_inspections
from linli.assessments.queries.sheets import sheet_parts
from linli.assessments.views.inspection_words import (
    findings_told,
    level_words,
    result_lamp,
    share_words,
)
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused
from linli.kernel.text import Words
from linli.ui.private import private

ROWS = 20
# One code may be tried seldom, one address often: a market hall has one for many.
_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """List what visits found, the newest first."""
    form, of = RegisterForm(request.GET), request.GET.get("of", "")[:9]
    found = published_inspections(**form.asked, of=of)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [
            (one, result_lamp(one), share_words(one)) for one in results(list(page.object_list))
        ],
        "page": page,
        "form": form,
        "filtered": any(form.asked.values()) or bool(of),
        "premises": Subject.objects.filter(code=of).first() if of and page.object_list else None,
        "address": request.path,
        "trail": _trail(),
    }
    return render(request, "assessments/inspections.html", context)


@require_safe
def inspection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one result: what was looked at, what was wrong, what became of it, what the premises say."""
    found = get_object_or_404(published_inspections(), assessment__code=code)
    (result,) = results([found])
    context: dict[str, Any] = {
        "inspection": found,
        "task": found.assessment,
        "result": result,
        "lamp": result_lamp(result),
        "share": share_words(result),
        "level": level_words(result),
        "findings": findings_told(found, result.findings, localdate(now())),
        "parts": sheet_parts(result.sheet) if result.sheet else (),
        "revisions": found.assessment.sheets.count(),
        "replies": found.replies.all(),
        "again": found.again.published().select_related("assessment"),
        "others": _others(found),
        "trail": _trail((found.assessment.subject.name, "")),
    }
    return render(request, "assessments/inspection.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def inspection_reply(request: HttpRequest) -> HttpResponse:
    """Take what the premises say, by the code on the paper that was handed over."""
    sent = request.POST if request.method == "POST" else None
    form = ReplyForm(sent, initial={"code": read_code(request.GET.get("code", "")) or ""})
    if form.is_valid():
        at, code = now(), form.cleaned_data["code"]
        allow_knock("inspection", read_code(code) or code, at=at, **_OF_A_CODE)
        allow_knock("inspection-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            said = register.reply(at=at, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            return _replied(request, said.inspection)
    status = 422 if form.is_bound else 200
    context = {"form": form, "trail": _trail((_("Reply to a result"), ""))}
    return render(request, "assessments/inspection_reply.html", context, status=status)


def _replied(request: HttpRequest, found: Inspection) -> HttpResponse:
    if found.published_at is not None:
        messages.success(request, _("Your reply stands beside the result."))
        return redirect("assessments:inspection", found.assessment.code)
    messages.success(
        request, _("Your reply is kept, and stands beside the result once that is published.")
    )
    return redirect("assessments:inspection_reply")


def _others(found: Inspection) -> int:
    same = published_inspections(of=found.assessment.subject.code)
    return same.exclude(pk=found.pk).count()


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("assessments:inspections") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Inspections"), here), *steps]
