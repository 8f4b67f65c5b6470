"""Objections on the console: what waits, opened with a look, decided by somebody who had no part in it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.assessments.actions import resolving
from linli.assessments.forms.objections import ReplyForm, ResolveForm
from linli.assessments.models import Objection
from linli.assessments.queries import objections as queries
from linli.assessments.queries.notice_words import objection_lamp
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.stage_words import level_name, percent
from linli.assessments.rules.instruments import said
from linli.assessments.views.candidates import candidacy_of, candidacy_trail
from linli.assessments.views.ways import DO, form_page, posted, trail
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.working_days import working_days_between
from linli.ui.private import private

ROWS = 25
_READERS = (Role.PLANNER, Role.SUPERVISOR)


@private
@require_safe
@staff_only(*_READERS)
def objections(request: HttpRequest) -> HttpResponse:
    """List objections, without their words: what is due first stands first."""
    today, state = localdate(now()), request.GET.get("state", Objection.OPEN)
    late = state == "late"
    found = queries.objections(
        state="" if late else state if state in dict(Objection.STATES) else "",
        late_on=today if late else None,
    )
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (one, objection_lamp(one, today), working_days_between(today, one.due_on))
            for one in page.object_list
        ],
        "tabs": [*Objection.STATES[:1], ("late", _("late")), *Objection.STATES[1:], ("all", _("All"))],
        "state": state,
        "trail": trail((_("Objections"), "")),
    }  # fmt: skip
    return render(request, "assessments/objections.html", context)


@private
@require_safe
@staff_only(*_READERS)
def console_objection(request: HttpRequest, code: str) -> HttpResponse:
    """Show one objection without its words, and whether whoever asks may decide on it."""
    return _page(request, _objection(code))


@private
@require_POST
@staff_only(Role.SUPERVISOR)
def objection_open(request: HttpRequest, code: str) -> HttpResponse:
    """Show its words, this once; that somebody looked is written down."""
    one = _objection(code)
    words = resolving.read_words(by=acting(request), at=now(), objection=one)
    return _page(request, one, words=words)


@private
@require_POST
@staff_only(Role.SUPERVISOR)
def objection_resolve(request: HttpRequest, code: str) -> HttpResponse:
    """Decide on it."""
    one = _objection(code)
    form = ResolveForm(request.POST, of=one)
    if form.is_valid():
        try:
            resolving.resolve(by=acting(request), at=now(), objection=one, said=form.said())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Decided. The reason is public now."))
            return redirect("assessments:console_objection", code)
    return _page(request, one, form=form)


@private
@require_http_methods(DO)
@staff_only(Role.OFFICER)
def result_reply(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the unit has to say, to its result or to one objection."""
    by, one = acting(request), candidacy_of(code)
    result = newest_results([one]).get(one.pk)
    if result is None or one.subject.unit is None or one.subject.unit.name != by.unit:
        raise Http404
    objections_to = {one.code: one for one in result.objections.order_by("id")}
    form = ReplyForm(posted(request), objections=objections_to.values())
    here = reverse("assessments:console_candidacy", args=[code])
    if form.is_valid():
        words, to = form.cleaned_data["words"], objections_to.get(form.cleaned_data["to"])
        try:
            resolving.reply(by=by, at=now(), result=result, words=words, objection=to)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("It stands beside the result now."))
            return redirect("assessments:candidacy", code)
    title = _("Reply in public")
    named = {"title": title, "button": title, "back": here, "lead": one.subject.name}
    return form_page(request, form, **named, trail=candidacy_trail(one, (title, "")))


def _objection(code: str) -> Objection:
    return get_object_or_404(queries.objections(), code=code)


def _page(
    request: HttpRequest, one: Objection, *, words: str = "", form: ResolveForm | None = None
) -> HttpResponse:
    by, today, candidacy = acting(request), localdate(now()), one.result.candidacy
    items = {item.key: item.text for item in candidacy.round.edition.form.items()}
    decides = by.role == Role.SUPERVISOR and one.state == Objection.OPEN
    context = {
        "objection": one,
        "one": candidacy,
        "lamp": objection_lamp(one, today),
        "left": working_days_between(today, one.due_on),
        "item": said(items.get(one.item, {}), get_language() or ""),
        "share": percent(one.result.score.share),
        "level": level_name(candidacy.round.scheme.levels, one.result.score.level),
        "words": words,
        "decides": decides,
        "why_not": queries.involvement(by, one) if decides else "",
        "form": form or ResolveForm(None, of=one),
        "trail": trail((_("Objections"), reverse("assessments:objections")), (one.code, "")),
    }
    status = 422 if form else 200
    return render(request, "assessments/objection_console.html", context, status=status)
