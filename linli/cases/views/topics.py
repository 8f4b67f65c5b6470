"""The map of who answers for what: topics with their days, reply templates, officials."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.actions import topics as actions
from linli.cases.forms.topics import OfficialForm, TemplateForm, TopicFilterForm, TopicForm
from linli.cases.models import Leader, ReplyTemplate, Topic
from linli.cases.queries.asking import OTHER
from linli.cases.queries.topics import map_of_topics
from linli.cases.views.desk_frame import HANDLERS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.languages import LANGUAGES, PREPARED

READERS = (*HANDLERS, Role.PLANNER, Role.SUPERVISOR)
_NAME_OFFICIALS = (Role.PLANNER, Role.SUPERVISOR)
_OWN_NAMES = {one.tag: one for one in (*LANGUAGES, *PREPARED)}
# Which field of a form a refusal is about.
_FIELDS = {"code_taken": "code", "no_name": "name", "days_out_of_order": "case_days"}
_DO = ["GET", "HEAD", "POST"]


@require_safe
@staff_only(*READERS)
def topics(request: HttpRequest) -> HttpResponse:
    form = TopicFilterForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    context = {
        "topics": map_of_topics(given.get("unit"), given.get("kind"), given.get("state")),
        "form": form,
        "filtered": any(given.values()),
        "address": reverse("cases:topics"),
        "ways": _ways(acting(request).role),
        "trail": _trail(),
    }
    return render(request, "cases/console/topics.html", context)


@require_http_methods(_DO)
@staff_only(Role.PLANNER)
def new_topic(request: HttpRequest) -> HttpResponse:
    form = TopicForm(request.POST or None)
    if form.is_valid():
        by, code = acting(request), form.cleaned_data["code"]
        try:
            actions.open_topic(by=by, at=now(), code=code, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Open: people can ask about it now."))
            return redirect("cases:topics")
    return _form_page(request, form, title=_("Open a topic"), button=_("Open it"))


@require_http_methods(_DO)
@staff_only(*READERS, post=[Role.PLANNER])
def topic(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Topic.objects.select_related("unit", "service"), code=code)
    by = acting(request)
    if by.role != Role.PLANNER or found.closed_on:
        context = {"topic": found, "trail": _trail((found.name, ""))}
        # Who sends a form for a topic that was closed meanwhile finds it closed.
        status = 422 if request.method == "POST" else 200
        return render(request, "cases/console/topic.html", context, status=status)
    form = TopicForm(request.POST or None, topic=found)
    if form.is_valid():
        try:
            actions.amend_topic(by=by, at=now(), topic=found, draft=form.draft())
        except Refused as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Amended. What was asked before keeps its own days."))
            return redirect("cases:topics")
    close = {
        "title": _("Close this topic"),
        "about": _("Nobody can ask about it any more. Cases that are open go on."),
        "address": reverse("cases:close_topic", args=[code]),
        "button": _("Close it"),
    }
    more = {"close": close if found.code != OTHER else None}
    return _form_page(request, form, title=found.name, button=_("Amend"), **more)


@require_POST
@staff_only(Role.PLANNER)
def close_topic(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Topic, code=code)
    try:
        actions.close_topic(by=acting(request), at=now(), topic=found)
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("cases:topic", code)
    messages.success(request, _("Closed. Cases that are open go on."))
    return redirect("cases:topics")


@require_http_methods(_DO)
@staff_only(*HANDLERS)
def replies(request: HttpRequest) -> HttpResponse:
    by, form = acting(request), TemplateForm(request.POST or None)
    if form.is_valid():
        try:
            actions.write_template(by=by, at=now(), **form.cleaned_data)
        except Refused as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Kept. It is offered when the person reads its language."))
            return redirect("cases:replies")
    written = ReplyTemplate.objects.filter(unit__name=by.unit)
    context = {
        "templates": [(one, _OWN_NAMES.get(one.language)) for one in written],
        "form": form,
        "unit": by.unit,
        "trail": _trail((_("Reply templates"), "")),
    }
    return render(request, "cases/console/replies.html", context, status=_status(form))


@require_POST
@staff_only(*HANDLERS)
def drop_reply(request: HttpRequest, key: int) -> HttpResponse:
    by = acting(request)
    found = get_object_or_404(ReplyTemplate, pk=key, unit__name=by.unit)
    actions.drop_template(by=by, at=now(), template=found)
    messages.success(request, _("Dropped."))
    return redirect("cases:replies")


@require_http_methods(_DO)
@staff_only(*READERS, post=_NAME_OFFICIALS)
def officials(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    form = OfficialForm(request.POST or None) if by.role in _NAME_OFFICIALS else None
    if form is not None and form.is_valid():
        try:
            actions.name_official(by=by, at=now(), **form.cleaned_data)
        except Refused as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Named."))
            return redirect("cases:officials")
    named = Leader.objects.select_related("unit").order_by("unit__name", "until_on", "office")
    context = {"leaders": named, "form": form, "trail": _trail((_("Officials"), ""))}
    status = _status(form) if form is not None else 200
    return render(request, "cases/console/leaders.html", context, status=status)


@require_POST
@staff_only(*_NAME_OFFICIALS)
def end_office(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Leader, pk=key, until_on=None)
    actions.end_office(by=acting(request), at=now(), leader=found)
    messages.success(request, _("Noted: the office has ended."))
    return redirect("cases:officials")


def _form_page(request: HttpRequest, form: TopicForm, **named: Any) -> HttpResponse:
    context = {"form": form, "back": reverse("cases:topics"), "trail": _trail((named["title"], ""))}
    return render(request, "cases/console/form_page.html", context | named, status=_status(form))


def _beside(form: Form, refused: Refused) -> None:
    field = _FIELDS.get(refused.code)
    on_form(form, refused, field if field in form.fields else None)


def _status(form: Form) -> int:
    return 422 if form.is_bound else 200


def _ways(role: Role) -> list[tuple[Words, str]]:
    ways: list[tuple[Words, str]] = [
        (_("Officials"), reverse("cases:officials")),
        (_("Other cities"), reverse("cases:partners")),
    ]
    if role in HANDLERS:
        ways.append((_("Reply templates"), reverse("cases:replies")))
    if role == Role.PLANNER:
        ways.append((_("Open a topic"), reverse("cases:new_topic")))
    return ways


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("cases:topics") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Who answers for what"), here), *steps]
