"""Polls on the console: the list, a new one, one with its questions, slips and end."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import poll_questions, polls
from linli.assessments.forms.poll_words import FAULTS
from linli.assessments.forms.polls import FrameForm, NewPollForm, ReasonForm
from linli.assessments.models import Poll, Subject
from linli.assessments.queries import polls as found
from linli.assessments.rules.polls import faults, in_steps
from linli.assessments.views.ways import DO, form_page, posted, told
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

READERS = (Role.PLANNER, Role.OFFICER, Role.SUPERVISOR, Role.CLERK)
PER_PAGE = 25
FORM = "assessments/poll_form.html"


@private
@require_safe
@staff_only(*READERS)
def console_polls(request: HttpRequest) -> HttpResponse:
    """List all polls, the newest last day first."""
    listed = found.with_part(found.SET).order_by("-until", "-id")
    context = {
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "plans": acting(request).role == Role.PLANNER,
        "today": localdate(now()),
        "trail": trail(),
    }
    return render(request, "assessments/polls_console.html", context)


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def poll_new(request: HttpRequest) -> HttpResponse:
    """Begin a poll; about a subject or a round that the address names, else about what is chosen."""
    by, asked = acting(request), request.GET
    about = Subject.objects.filter(code=asked.get("subject", "")).first()
    first = {"round": asked.get("round", "")}
    form = NewPollForm(posted(request), unit_name=by.unit, about=about, initial=first)
    if form.is_valid():
        try:
            made = polls.draft_poll(by=by, at=now(), draft=form.draft())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Begun. Write its questions."))
            return redirect("assessments:console_poll", made.code)
    title = _("A new poll")
    named = {"title": title, "button": _("Begin it"), "trail": trail((title, ""))}
    named["words"] = _("About: %(name)s") % {"name": about.name} if about else ""
    return form_page(request, form, template=FORM, **named)


@private
@require_http_methods(DO)
@staff_only(*READERS, post=(Role.PLANNER,))
def console_poll(request: HttpRequest, code: str) -> HttpResponse:
    """Show one poll to staff; open it, tell its result, or drop it."""
    poll = poll_of(code)
    if request.method == "POST":
        return _ended(request, poll)
    by, today = acting(request), localdate(now())
    matters = poll.matters.prefetch_related("sheaves__unit", "boxes__unit")
    context = {
        "poll": poll,
        "questions": found.drafted(poll.form),
        "tongue": poll.form.languages[0],
        "plans": by.role == Role.PLANNER,
        "hands": by.unit if by.role in (Role.CLERK, Role.OFFICER) else "",
        "faults": [FAULTS[one.code] for one in faults(poll.form)] if poll.state == "draft" else [],
        "matters": [(one, in_steps(one.answered)) for one in matters],
        "today": today,
        "over": today > poll.until,
        "reason": ReasonForm(),
        "trail": trail((poll.title, "")),
    }
    return render(request, "assessments/poll_console.html", context | found.boxes_of(poll))


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def poll_frame(request: HttpRequest, code: str) -> HttpResponse:
    """Change what stands around the questions of a draft."""
    poll = poll_of(code)
    first = {"title": poll.title, "words": poll.words, "until": poll.until, "languages": poll.form.languages}  # fmt: skip
    form = FrameForm(posted(request), initial=first)
    if form.is_valid():
        try:
            poll_questions.frame_poll(by=acting(request), at=now(), poll=poll, frame=form.frame())
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("assessments:console_poll", code)
    named = {"title": _("Name, day and languages"), "button": _("Save"), "trail": within(poll, _("Change"))}  # fmt: skip
    return form_page(request, form, template=FORM, **named)


def poll_of(code: str) -> Poll:
    """Return a poll, of whatever state; 404 when there is none."""
    return get_object_or_404(found.SET, code=code)


def within(poll: Poll, words: Words) -> list[tuple[Words, str]]:
    """Return the way to a page of a poll."""
    return trail((poll.title, reverse("assessments:console_poll", args=[poll.code])), (words, ""))


def trail(*more: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here."""
    here = reverse("assessments:console_polls") if more else ""
    return [(_("Desk"), reverse("portal:console")), (_("Polls"), here), *more]


def _ended(request: HttpRequest, poll: Poll) -> HttpResponse:
    by, at, reason = acting(request), now(), request.POST.get("reason", "")
    deeds: dict[str, tuple[Callable[[], Poll], str]] = {
        "open": (
            lambda: polls.open_poll(by=by, at=at, poll=poll),
            _("It is open. Give slips to units."),
        ),
        "release": (
            lambda: polls.release_poll(by=by, at=at, poll=poll),
            _("The result is told."),
        ),
        "drop": (
            lambda: polls.drop_poll(by=by, at=at, poll=poll, reason=reason),
            _("It is dropped."),
        ),
    }
    chosen = deeds.get(request.POST.get("deed", ""))
    to = reverse("assessments:console_poll", args=[poll.code])
    return told(request, *chosen, to) if chosen else redirect(to)
