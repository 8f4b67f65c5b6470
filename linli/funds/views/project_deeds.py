"""What is done with a project, one page a deed: add a part, say what happened, record a visit, move a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from linli.funds.actions import ledger, progress, projects, sending, visits
from linli.funds.forms import project_deeds as forms
from linli.funds.models import Contract, Milestone, Note, Photo, Project, Sent, WorkItem
from linli.funds.views.projects import may_keep, project_of, project_trail
from linli.funds.views.ways import DO, KEEPERS, form_page
from linli.kernel.actors import Actor
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words

Do = Callable[[Any, Actor, datetime], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that can be done. `about`: of what kind of row; `either`: officers of both sides may."""

    title: Words
    button: Words
    form: type[forms.DeedForm]
    do: Do
    about: type[Model] | None = None
    needed: bool = True
    either: bool = False


@require_http_methods(DO)
@staff_only(*KEEPERS)
def project_deed(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Ask for what a deed needs, and do it."""
    by, project, chosen = acting(request), project_of(request, code), DEEDS.get(deed)
    if chosen is None or not (chosen.either or may_keep(by, project)):
        raise Http404
    about = _about(request, project, chosen)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = chosen.form(*sent, project=project, by=by, of=about)
    here = reverse("funds:console_project", args=[code])
    if form.is_valid():
        try:
            chosen.do(form, by, now())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Recorded."))
            return redirect(here)
    steps = project_trail((project.name, here), (chosen.title, ""))
    named = {"title": chosen.title, "button": chosen.button, "back": here, "lead": about or ""}
    return form_page(request, form, **named, trail=steps)


def _about(request: HttpRequest, project: Project, deed: Deed) -> Model | None:
    number = request.GET.get("of", "")
    if deed.about is None or not (deed.needed or number):
        return None
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    key = "visit__project" if deed.about is Photo else "project"
    return get_object_or_404(deed.about, **{key: project}, pk=int(number))


def _add_work(form: forms.WorkForm, by: Actor, at: datetime) -> object:
    draft = projects.WorkDraft(**form.cleaned_data)
    return projects.add_work(by=by, at=at, project=form.project, draft=draft)


def _add_milestone(form: forms.MilestoneForm, by: Actor, at: datetime) -> object:
    name, day = form.cleaned_data["name"], form.cleaned_data["promised_on"]
    return projects.add_milestone(by=by, at=at, project=form.project, name=name, day=day)


def _drop(form: forms.DeedForm, by: Actor, at: datetime) -> object:
    return projects.drop(by=by, at=at, part=form.of)


def _begin(form: forms.DayForm, by: Actor, at: datetime) -> object:
    return progress.begin_work(by=by, at=at, work=form.of, day=form.cleaned_data["day"])


def _finish(form: forms.ShownForm, by: Actor, at: datetime) -> object:
    day = form.cleaned_data["day"]
    return progress.finish_work(by=by, at=at, work=form.of, day=day, shown=form.shown())


def _reach(form: forms.ShownForm, by: Actor, at: datetime) -> object:
    day = form.cleaned_data["day"]
    return progress.reach(by=by, at=at, milestone=form.of, day=day, shown=form.shown())


def _move(form: forms.MoveForm, by: Actor, at: datetime) -> object:
    return progress.move_day(by=by, at=at, of=form.of or form.project, **form.cleaned_data)


def _warn(form: forms.WordsForm, by: Actor, at: datetime) -> object:
    return progress.warn(by=by, at=at, project=form.project, words=form.cleaned_data["words"])


def _tell_delay(form: forms.WordsForm, by: Actor, at: datetime) -> object:
    words = form.cleaned_data["words"]
    return progress.tell_delay(by=by, at=at, project=form.project, words=words)


def _ease(form: forms.WordsForm, by: Actor, at: datetime) -> object:
    return progress.ease(by=by, at=at, warning=form.of, words=form.cleaned_data["words"])


def _stop(form: forms.WordsForm, by: Actor, at: datetime) -> object:
    return progress.stop(by=by, at=at, project=form.project, reason=form.cleaned_data["words"])


def _resume(form: forms.WordsForm, by: Actor, at: datetime) -> object:
    return progress.resume(by=by, at=at, project=form.project, reason=form.cleaned_data["words"])


def _visit(form: forms.VisitForm, by: Actor, at: datetime) -> object:
    return visits.visit(by=by, at=at, project=form.project, draft=form.draft())


def _take_down(form: forms.DeedForm, by: Actor, at: datetime) -> object:
    return visits.take_down(by=by, at=at, photo=form.of)


def _sign(form: forms.ContractForm, by: Actor, at: datetime) -> object:
    return sending.sign_contract(by=by, at=at, project=form.project, draft=form.draft())


def _change(form: forms.ChangeForm, by: Actor, at: datetime) -> object:
    return sending.change_contract(by=by, at=at, contract=form.of, draft=form.draft())


def _send(form: forms.SentForm, by: Actor, at: datetime) -> object:
    project = form.project
    draft = form.sent_for(project)
    return sending.send(by=by, at=at, programme=project.programme, draft=draft)


def _correct(form: forms.CorrectForm, by: Actor, at: datetime) -> object:
    draft, reason = form.sent_for(form.project), form.cleaned_data["reason"]
    return sending.correct_sent(by=by, at=at, sent=form.of, draft=draft, reason=reason)


def _account(form: forms.AccountForm, by: Actor, at: datetime) -> object:
    return ledger.open_account(by=by, at=at, of=form.project, **form.cleaned_data)


DEEDS: Final[dict[str, Deed]] = {
    "work": Deed(
        title=_("Add a work"), button=_("Add it"), form=forms.WorkForm, do=_add_work
    ),
    "milestone": Deed(
        title=_("Add a milestone"), button=_("Add it"), form=forms.MilestoneForm, do=_add_milestone
    ),
    "drop_work": Deed(
        title=_("Take this work out of the plan"), button=_("Take it out"), form=forms.DeedForm,
        do=_drop, about=WorkItem,
    ),
    "drop_milestone": Deed(
        title=_("Take this milestone out of the plan"), button=_("Take it out"),
        form=forms.DeedForm, do=_drop, about=Milestone,
    ),
    "begin": Deed(
        title=_("A work was begun"), button=_("Record it"), form=forms.DayForm, do=_begin,
        about=WorkItem,
    ),
    "finish": Deed(
        title=_("A work is finished"), button=_("Record it"), form=forms.ShownForm, do=_finish,
        about=WorkItem,
    ),
    "reach": Deed(
        title=_("A milestone was reached"), button=_("Record it"), form=forms.ShownForm, do=_reach,
        about=Milestone,
    ),
    "move": Deed(
        title=_("Move a promised day"), button=_("Move it"), form=forms.MoveForm, do=_move,
        about=Milestone, needed=False,
    ),
    "warn": Deed(
        title=_("Warn of something that may go wrong"), button=_("Record it"), form=forms.WordsForm, do=_warn, either=True
    ),
    "ease": Deed(
        title=_("Lift this warning"), button=_("Record it"), form=forms.WordsForm, do=_ease,
        about=Note, either=True,
    ),
    "delay": Deed(
        title=_("Note a delay"), button=_("Record it"), form=forms.WordsForm, do=_tell_delay,
        either=True,
    ),
    "stop": Deed(
        title=_("Stop the project"), button=_("Stop it"), form=forms.WordsForm, do=_stop
    ),
    "resume": Deed(
        title=_("Take the project up again"), button=_("Take it up again"), form=forms.WordsForm,
        do=_resume,
    ),
    "visit": Deed(
        title=_("Record a visit"), button=_("Record it"), form=forms.VisitForm, do=_visit,
        either=True,
    ),
    "take_down": Deed(
        title=_("Take this photo down"), button=_("Take it down for ever"), form=forms.DeedForm,
        do=_take_down, about=Photo, either=True,
    ),
    "contract": Deed(
        title=_("Note a contract"), button=_("Record it"), form=forms.ContractForm, do=_sign
    ),
    "change": Deed(
        title=_("A contract was changed"), button=_("Record it"), form=forms.ChangeForm,
        do=_change, about=Contract,
    ),
    "sent": Deed(
        title=_("Count people sent"), button=_("Record it"), form=forms.SentForm, do=_send
    ),
    "correct": Deed(
        title=_("Correct a count of people sent"), button=_("Correct it"), form=forms.CorrectForm,
        do=_correct, about=Sent,
    ),
    "account": Deed(
        title=_("Open an account for its money"), button=pgettext_lazy("money", "Open it"), form=forms.AccountForm,
        do=_account,
    ),
}  # fmt: skip
