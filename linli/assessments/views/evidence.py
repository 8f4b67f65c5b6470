"""Evidence under one answer: brought once, and used wherever it proves something; files for those who may see them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import filling as actions
from linli.assessments.forms.evidence import CodeForm, FileForm
from linli.assessments.models import Assessment, Backing
from linli.assessments.queries.filling import at_hand, working
from linli.assessments.queries.item_words import shown
from linli.assessments.rules.instruments import Item
from linli.assessments.views.assessing import task_of, task_trail
from linli.assessments.views.ways import DO, READERS
from linli.facts.models import Evidence
from linli.kernel import files
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form


@never_cache
@require_http_methods(DO)
@staff_only(*READERS)
def task_evidence(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Put evidence under one answer, or take it away."""
    by, task = acting(request), task_of(request, code)
    if task.unit.name != by.unit:
        raise Http404
    asked_for = _item(task, item)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    file_form = FileForm(request.POST, request.FILES) if verb == "file" else FileForm()
    code_form = CodeForm(request.POST) if verb == "code" else CodeForm()
    asked = {"by": by, "at": now(), "assessment": task, "item": item}
    try:
        if verb and _done(request, verb, asked, file_form, code_form):
            return redirect(request.get_full_path())
    except Refused as refused:
        form = {"file": file_form, "code": code_form}.get(verb)
        if form is not None:
            on_form(form, refused)
        else:
            messages.error(request, str(refused.sentence))
    words = request.GET.get("q", "").replace("\0", "")[:60]
    ids = working(task_of(request, code)).backing.get(item, [])
    here = at_hand(task.unit, words=words)
    context = {
        "task": task,
        "item": asked_for,
        "text": shown(asked_for.text),
        "guidance": shown(asked_for.guidance),
        "pieces": [one for one in map(Evidence.objects.in_bulk(ids).get, ids) if one],
        "at_hand": [one for one in here if one.pk not in ids],
        "words": words,
        "file_form": file_form,
        "code_form": code_form,
        "back": _back(task, asked_for),
        "trail": task_trail(task, (_("Evidence"), "")),
    }
    return render(
        request,
        "assessments/evidence.html",
        context,
        status=422 if request.method == "POST" else 200,
    )


def _done(
    request: HttpRequest, verb: str, asked: dict[str, Any], file: FileForm, code: CodeForm
) -> bool:
    """Do what a form of the page asks for; False where the form says what is missing."""
    if verb == "file":
        if not file.is_valid() or (brought := file.brought()) is None:
            return False
        actions.bring(**asked, brought=brought)
    elif verb == "code":
        if not code.is_valid() or code.found is None:
            return False
        actions.back(**asked, evidence=code.found)
    else:
        number = request.POST.get("evidence", "")
        if verb not in ("use", "away") or not number.isdecimal() or len(number) > 18:
            raise Http404
        evidence = get_object_or_404(Evidence, pk=int(number))
        deed = actions.back if verb == "use" else actions.take_away
        deed(**asked, evidence=evidence)
    return True


@never_cache
@require_safe
@staff_only(*READERS)
def evidence_file(request: HttpRequest, number: int) -> HttpResponse:
    """Give a file that stands under an answer, as a download: what somebody brought never runs under our name."""
    evidence = get_object_or_404(Evidence, pk=number, kind=Evidence.FILE)
    if not _may_see(acting(request), evidence):
        raise Http404
    response = HttpResponse(files.fetch(evidence.digest), content_type="application/octet-stream")
    named = content_disposition_header(as_attachment=True, filename=evidence.file_name)
    response.headers["Content-Disposition"] = named or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _may_see(by: Actor, evidence: Evidence) -> bool:
    """Say whether a file of an answer may be seen: by who brought it, oversees, is assessed, or assesses the same."""
    own = by.unit in (evidence.source, evidence.by_unit)
    backings = Backing.objects.filter(evidence=evidence)
    if own or by.role in (Role.PLANNER, Role.SUPERVISOR):
        return own or backings.exists()
    about = "sheet__assessment__candidacy"
    return backings.filter(
        Q(**{f"{about}__subject__unit__name": by.unit})
        | Q(**{f"{about}__assessments__unit__name": by.unit})
        | Q(**{f"{about}__round__scheme__unit__name": by.unit})
    ).exists()


def _item(task: Assessment, key: str) -> Item:
    found = next((one for one in task.edition.form.items() if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _back(task: Assessment, item: Item) -> str:
    section = next(one for one in task.edition.form.sections if item in one.items)
    here = reverse("assessments:task", args=[task.code])
    return f"{here}?{urlencode({'part': section.key})}#q-{item.key}"
