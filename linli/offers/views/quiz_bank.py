"""The console of quizzes: begin one, keep its bank, bring a table of questions, let everybody take it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.actors import Actor
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.sheets import XLSX, read_sheet
from linli.offers.actions import quizzing
from linli.offers.forms.quiz_sheet import Read, read_bank, written
from linli.offers.forms.quizzes import BankForm, QuestionForm, QuizForm
from linli.offers.models import Question, Quiz
from linli.offers.queries.organizing import visible
from linli.offers.queries.quizzes import bank_of, is_open, with_counts
from linli.offers.views.console import DO, ORGANIZERS
from linli.ui.private import private

MOST_ERRORS = 50


@private
@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def quiz_list(request: HttpRequest) -> HttpResponse:
    """Show the quizzes of the unit, and begin another."""
    by = acting(request)
    own = visible(by).filter(withdrawn_at=None)
    form = QuizForm(request.POST if request.method == "POST" else None, offers=own)
    if form.is_valid():
        try:
            begun = quizzing.begin_quiz(by=by, at=now(), **form.cleaned_data)
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("offers:console_quiz", begun.code)
    context = {"quizzes": with_counts(visible(by)), "form": form, "trail": _trail()}
    status = 422 if form.is_bound else 200
    return render(request, "offers/quiz_list.html", context, status=status)


@private
@require_http_methods(DO)
@staff_only(*ORGANIZERS)
def bank(request: HttpRequest, code: str) -> HttpResponse:
    """Show the bank with its counts, and add a question."""
    by = acting(request)
    found = _own(by, code)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            quizzing.add_questions(by=by, at=now(), quiz=found, drafts=[form.draft()])
        except Refused as refused:
            on_form(form, refused)
        else:
            messages.success(request, _("The question is in the bank."))
            return redirect("offers:console_quiz", code)
    return _page(request, found, form=form, status=422 if form.is_bound else 200)


@private
@require_POST
@staff_only(*ORGANIZERS)
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """Take a table of questions: all of them, or none, and what is wrong with which line."""
    by = acting(request)
    found = _own(by, code)
    form = BankForm(request.POST, request.FILES)
    read = Read([], [])
    if form.is_valid():
        try:
            known = bank_of(found).values_list("words", flat=True)
            read = read_bank(read_sheet(form.cleaned_data["file"].read()), known, by=by, at=now())
            if not read.errors:
                made = quizzing.add_questions(by=by, at=now(), quiz=found, drafts=read.drafts)
                said = ngettext("%(n)d question came in.", "%(n)d questions came in.", len(made))
                messages.success(request, said % {"n": len(made)})
                return redirect("offers:console_quiz", code)
        except Refused as refused:
            on_form(form, refused, "file")
    errors = read.errors[:MOST_ERRORS]
    return _page(request, found, table=form, errors=errors, wrong=len(read.errors), status=422)


@private
@require_safe
@staff_only(*ORGANIZERS)
def table(request: HttpRequest, code: str) -> HttpResponse:
    """Give the bank as a table, which can be brought again."""
    found = _own(acting(request), code)
    response = HttpResponse(written(bank_of(found), found.title), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="quiz-{found.code}.xlsx"'
    return response


@private
@require_POST
@staff_only(*ORGANIZERS)
def drop(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Ask a question no more."""
    by = acting(request)
    questions = Question.objects.select_related("quiz__offer__unit")
    question = get_object_or_404(questions, pk=key, quiz=_own(by, code))
    quizzing.drop_question(by=by, at=now(), question=question)
    return redirect("offers:console_quiz", code)


@private
@require_POST
@staff_only(*ORGANIZERS)
def open_quiz(request: HttpRequest, code: str) -> HttpResponse:
    """Let everybody take the quiz."""
    by = acting(request)
    try:
        quizzing.open_quiz(by=by, at=now(), quiz=_own(by, code))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, _("Everybody may take it now, once its offer is published."))
    return redirect("offers:console_quiz", code)


def _page(request: HttpRequest, quiz: Quiz, *, status: int, **told: Any) -> HttpResponse:
    context = {
        "quiz": quiz,
        "questions": bank_of(quiz),
        "open": is_open(quiz, now()),
        "form": QuestionForm(),
        "table": BankForm(),
        "trail": _trail((quiz.title, "")),
    } | told
    return render(request, "offers/quiz_bank.html", context, status=status)


def _own(by: Actor, code: str) -> Quiz:
    return get_object_or_404(with_counts(visible(by)), code=code)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    first = (_("Offers"), reverse("offers:console_list"))
    return [first, (_("Quizzes"), reverse("offers:console_quizzes") if more else ""), *more]
