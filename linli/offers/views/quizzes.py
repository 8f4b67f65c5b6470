"""A quiz for everybody: questions by chance, answers checked at once, nobody known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.offers.actions import quizzing
from linli.offers.forms.quizzes import VisitForm
from linli.offers.queries.quizzes import open_quizzes
from linli.ui.private import private


@private
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the questions that chance drew for this visit, and say which answers are right."""
    at = now()
    found = get_object_or_404(open_quizzes(at), code=code)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        allow_knock("quiz", source_of(request), at=at, burst=300, per_hour=3000)
    visit = posted.get("visit", "") if posted else quizzing.draw_visit(at=at, quiz=found)
    form = VisitForm(posted, questions=quizzing.questions_of(at=at, quiz=found, visit=visit))
    context = {
        "quiz": found,
        "offer": found.offer,
        "trail": [
            (_("Home"), reverse("portal:home")),
            (found.offer.title, reverse("offers:offer", args=[found.offer.code])),
            (found.title, ""),
        ],
    }
    if form.is_valid():
        answered = quizzing.answer(at=at, quiz=found, visit=visit, given=form.given())
        right = sum(one.right for one in answered)
        told = [(one, one.question.choices[one.given], one.question.choices[one.question.right]) for one in answered]  # fmt: skip
        context |= {"answered": told, "right": right, "all": len(answered)}
        return render(request, "offers/quiz_told.html", context)
    status = 422 if form.is_bound else 200
    context |= {"form": form, "visit": visit}
    return render(request, "offers/quiz_page.html", context, status=status)
