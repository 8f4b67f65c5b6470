"""The questions of a draft: one at a time, in one language beside the first."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.assessments.actions.poll_questions import save_questions
from linli.assessments.forms.poll_words import ready
from linli.assessments.forms.polls import TONGUES, QuestionForm
from linli.assessments.models import Poll
from linli.assessments.rules import polls as rules
from linli.assessments.views.polls_console import poll_of, within
from linli.assessments.views.ways import DO, form_page, posted, told
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private

NEW = "new"


@private
@require_http_methods(DO)
@staff_only(Role.PLANNER)
def poll_question(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Write a question, or its texts in another language; take it out."""
    poll = poll_of(code)
    asks = poll.form
    question = _question(request, asks, key)
    if "out" in request.POST:
        return _out(request, poll, key)
    language = request.GET.get("language", "")
    language = language if language in asks.languages else asks.languages[0]
    form = QuestionForm(posted(request), asks=asks, question=question, language=language)
    if form.is_valid():
        try:
            kept = rules.put(asks, form.read())
            save_questions(by=acting(request), at=now(), poll=poll, form=kept)
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("assessments:console_poll", code)
    return form_page(
        request,
        form,
        template="assessments/poll_question.html",
        poll=poll,
        is_new=key == NEW,
        tongue=language,
        tongues=[(one, TONGUES.get(one, one)) for one in asks.languages],
        trail=within(poll, _("Question")),
    )


def _question(request: HttpRequest, asks: rules.PollForm, key: str) -> rules.Question:
    if key == NEW:
        return ready(_fresh(asks), request.GET.get("as", ""), asks.languages[0])
    found = next((one for one in asks.questions if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _fresh(asks: rules.PollForm) -> str:
    """Return a key that no question has."""
    taken = {one.key for one in asks.questions}
    return next(key for number in range(1, 100) if (key := f"q{number}") not in taken)


def _out(request: HttpRequest, poll: Poll, key: str) -> HttpResponse:
    form = rules.without(poll.form, key)
    return told(
        request,
        lambda: save_questions(by=acting(request), at=now(), poll=poll, form=form),
        _("The question is taken out."),
        reverse("assessments:console_poll", args=[poll.code]),
    )
