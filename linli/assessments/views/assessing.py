"""A unit's tasks, and the page on which a sheet is filled in part by part and handed in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import filling as actions
from linli.assessments.forms.items import ItemsForm
from linli.assessments.models import Assessment
from linli.assessments.queries.filling import working
from linli.assessments.queries.item_words import shown
from linli.assessments.queries.round_lists import FILLED_IN, oversees, tasks_of
from linli.assessments.queries.sheets import sheet_parts
from linli.assessments.queries.stage_words import KINDS
from linli.assessments.rules.filling import NOW, UNPROVEN, lacking, turn
from linli.assessments.views.candidates import task_lamp
from linli.assessments.views.filling_page import Page, page_of
from linli.assessments.views.ways import DO, READERS, told, trail
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused

ROWS = 50


@require_safe
@staff_only(*READERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """List what the own unit was asked to fill in."""
    done = request.GET.get("shown") == "done"
    listed = tasks_of(acting(request).unit, done=done)
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {
        "rows": [(one, KINDS[one.kind], task_lamp(one)) for one in page.object_list],
        "page": page,
        "done": done,
        "trail": trail((_("My tasks"), "")),
    }
    return render(request, "assessments/tasks.html", context)


@never_cache
@require_http_methods(DO)
@staff_only(*READERS)
def task(request: HttpRequest, code: str) -> HttpResponse:
    """Fill in one part of a sheet; what was handed in, and others' sheets, are shown."""
    found = task_of(request, code)
    if not _fills_in(request, found):
        if request.method == "POST":
            raise Http404
        return _shown(request, found)
    page = page_of(found, request.GET.get("part", ""))
    if request.method != "POST":
        return _part(request, page, page.form())
    form = page.form(request.POST)
    form.is_valid()
    right = [one.key for one in form.right]
    seen = request.POST.get("seen", "")[:64]
    try:
        part = page.typed(right, form.answers(), seen)
        actions.keep_part(by=acting(request), at=now(), assessment=found, part=part)
    except Refused as refused:
        form.add_error(None, str(refused.sentence))
        return _part(request, page, form, 409 if refused.status == 409 else 422)
    if form.errors:
        # What was right is kept by now: read it anew, so that what is sent next rests on it.
        return _part(request, page_of(task_of(request, code), page.section.key), form, 422)
    return redirect(_next(request, page))


@require_POST
@staff_only(*READERS)
def task_take(request: HttpRequest, code: str) -> HttpResponse:
    """Take over what facts say of items that nobody answered yet."""
    found = _own_task(request, code)
    here = reverse("assessments:task", args=[code])
    return told(
        request,
        lambda: actions.take_facts(by=acting(request), at=now(), assessment=found),
        _("Taken over. Look at each figure before you hand in."),
        f"{here}?{urlencode({'part': request.POST.get('part', '')[:40]})}",
    )


@never_cache
@require_http_methods(DO)
@staff_only(*READERS)
def task_hand_in(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a sheet lacks, then hand it in."""
    found, status = _own_task(request, code), 200
    if request.method == "POST":
        try:
            actions.hand_in_draft(by=acting(request), at=now(), assessment=found)
        except Refused as refused:
            messages.error(request, str(refused.sentence))
            status = 422
        else:
            messages.success(request, _("Handed in."))
            return redirect("assessments:task", code)
    stands, form = working(found), found.edition.form
    items = {one.key: (section, one) for section in form.sections for one in section.items}
    lacks = lacking(form, stands.answers, stands.proven)
    told_of = [
        (shown(items[one.item][1].text), items[one.item][0].key, one.code == UNPROVEN)
        for one in lacks
    ]
    context = {
        "task": found,
        "lacks": told_of,
        "stopped": found.kind == Assessment.SELF and any(one[2] for one in told_of),
        "answered": len(stands.answers),
        "items": len(items),
        "early": _turn(found) != NOW,
        "trail": task_trail(found, (_("Hand in"), "")),
    }
    return render(request, "assessments/task_hand_in.html", context, status=status)


def task_of(request: HttpRequest, code: str) -> Assessment:
    """Return the task that an address names: of the own unit, of a round that one oversees, of a decision for readers."""
    rows = Assessment.objects.select_related(
        "unit", "subject__area", "edition", "round__scheme__unit", "candidacy", "draft"
    )
    found = get_object_or_404(rows, code=code, kind__in=FILLED_IN)
    by = acting(request)
    reads = oversees(by, found.round) if found.round else by.role != Role.OFFICER
    if found.unit.name != by.unit and not reads:
        raise Http404
    return found


def task_trail(found: Assessment, *steps: tuple[str, str]) -> list[Any]:
    """Return the way here, through my tasks."""
    here = reverse("assessments:task", args=[found.code]) if steps else ""
    return trail((_("My tasks"), reverse("assessments:tasks")), (found.subject.name, here), *steps)


def _own_task(request: HttpRequest, code: str) -> Assessment:
    found = task_of(request, code)
    if found.unit.name != acting(request).unit:
        raise Http404
    return found


def _turn(found: Assessment) -> str:
    return turn(found.kind, found.candidacy.stage) if found.candidacy else NOW


def _fills_in(request: HttpRequest, found: Assessment) -> bool:
    """Say whether this page is for filling in: the own task that stands, not handed in, or begun once more."""
    if found.unit.name != acting(request).unit or found.dropped_at or _turn(found) == "over":
        return False
    again = "again" in request.GET or request.method == "POST" or "part" in request.GET
    return found.done_at is None or hasattr(found, "draft") or again


def _next(request: HttpRequest, page: Page) -> str:
    """Return where to go on: to evidence for an answer, the next part, or to the end."""
    here = reverse("assessments:task", args=[page.task.code])
    item = request.POST.get("evidence", "")
    if item in {one.key for one in page.section.items}:
        return reverse("assessments:task_evidence", args=[page.task.code, item])
    if "stay" in request.POST:
        return f"{here}?{urlencode({'part': page.section.key})}"
    if page.following is None:
        return reverse("assessments:task_hand_in", args=[page.task.code])
    return f"{here}?{urlencode({'part': page.following.key})}"


def _part(request: HttpRequest, page: Page, form: ItemsForm, status: int = 200) -> HttpResponse:
    context = page.context(form) | {
        "trail": task_trail(page.task),
        "early": _turn(page.task) != NOW,
    }
    return render(request, "assessments/task.html", context, status=status)


def _shown(request: HttpRequest, found: Assessment) -> HttpResponse:
    sheet = found.sheets.order_by("number").last()
    own = found.unit.name == acting(request).unit
    context = {
        "task": found,
        "kind": KINDS[found.kind],
        "lamp": task_lamp(found),
        "sheet": sheet,
        "parts": sheet_parts(sheet) if sheet else [],
        "again": own and sheet and not found.dropped_at and _turn(found) == NOW,
        "trail": task_trail(found),
    }
    return render(request, "assessments/task_shown.html", context)
