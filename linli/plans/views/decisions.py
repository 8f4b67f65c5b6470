"""A sentence of approved minutes becomes a task: which point, which programme, whose, until when."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.plans.actions import decisions as actions
from linli.plans.actions.drafts import TaskDraft
from linli.plans.actions.programmes import add_measure
from linli.plans.forms.meetings import DecisionForm
from linli.plans.models import Decision, Meeting
from linli.plans.rules.sentences import Sentence
from linli.plans.views.ways import posted, trail


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Role.PLANNER)
def decide(request: HttpRequest, code: str, start: int, end: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("body"), code=code)
    if not (meeting.approved_at and start < end <= len(meeting.minutes)):
        raise Http404
    span = Sentence(start, end, meeting.minutes[start:end])
    form = DecisionForm(posted(request), meeting=meeting, initial={"title": span.words[:300]})
    status = 200
    if form.is_valid():
        try:
            made = _decide(request, form, span)
        except Refused as refused:
            on_form(form, refused)
            status = refused.status
        else:
            messages.success(request, _("Decided. The task rests on this sentence."))
            return redirect("plans:task", made.task.code if made.task else "")
    context = {
        "form": form,
        "meeting": meeting,
        "span": span,
        "trail": trail(
            (meeting.body.name, reverse("plans:body", args=[meeting.body.code])),
            (meeting.title, reverse("plans:meeting", args=[meeting.code])),
        ),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "plans/meeting_decide.html", context, status=status)


@transaction.atomic
def _decide(request: HttpRequest, form: DecisionForm, span: Sentence) -> Decision:
    said, by, at = form.cleaned_data, acting(request), now()
    programme, title = said["programme"], said["measure"].strip()
    measure = programme.measures.filter(title=title).first()
    if measure is None:
        measure = add_measure(by=by, at=at, programme=programme, title=title)
    draft = TaskDraft(title=said["title"], lead=said["lead"], due_on=said["due_on"])
    return actions.decide(
        by=by,
        at=at,
        item=said["item"],
        start=span.start,
        end=span.end,
        task_draft=draft,
        measure=measure,
    )
