"""Answer a poll with a slip. No cookie, no account, no address with the code in it, and nothing kept of the visit.

The square on a slip carries the code behind a #, which no browser sends: a script puts it into the field, and
without one it is typed.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linli.assessments.actions import poll_slips
from linli.assessments.forms.poll_answer import AnswerForm, CodeForm
from linli.assessments.models import Poll
from linli.assessments.queries import polls as found
from linli.assessments.queries.tallies import slip_of
from linli.assessments.views.polls import answerable, trail
from linli.assessments.views.ways import DO
from linli.kernel.clock import now
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, on_form
from linli.ui.private import private


# Without a token: the slip is what lets one in, and a page without a token needs no cookie.
@csrf_exempt
@private
@require_http_methods(DO)
def poll_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the slip's code, then the questions; count the answers once."""
    poll = get_object_or_404(Poll.objects.published().select_related("unit"), code=code)
    if request.method != "POST" or not answerable(poll):
        return _page(request, poll, CodeForm())
    # A station has one address for all who come to it: generous, and still hopeless for who guesses.
    allow_knock("poll", source_of(request), at=now(), burst=300, per_hour=3000)
    slip = CodeForm(request.POST)
    if not slip.is_valid():
        return _page(request, poll, slip)
    if "answer" in request.POST:
        return _answered(request, poll)
    kept = slip_of(poll.pk, slip.cleaned_data["code"])
    if kept is None or kept.spent:
        slip.add_error("code", _wrong(spent=bool(kept)))
        return _page(request, poll, slip)
    form = _asks(poll, None, {"code": slip.cleaned_data["code"]})
    return _page(request, poll, form, asks=True, about=kept.sheaf.matter.name)


@private
@require_safe
def poll_thanks(request: HttpRequest, code: str) -> HttpResponse:
    """Thank, and say that it counts; the same page for everybody."""
    poll = get_object_or_404(Poll.objects.published(), code=code)
    context = {"poll": poll, "trail": trail((poll.title, ""))}
    return render(request, "assessments/poll_thanks.html", context)


def _answered(request: HttpRequest, poll: Poll) -> HttpResponse:
    form = _asks(poll, request.POST, None)
    if form.is_valid():
        given = form.cleaned_data["code"]
        try:
            poll_slips.answer(at=now(), poll=poll, code=given, chosen=form.chosen())
        except Refused as refused:
            on_form(form, refused)
        else:
            return redirect("assessments:poll_thanks", poll.code)
    kept = slip_of(poll.pk, request.POST.get("code", ""))
    about = kept.sheaf.matter.name if kept else poll.title
    return _page(request, poll, form, asks=True, about=about)


def _asks(poll: Poll, data: object, initial: dict[str, str] | None) -> AnswerForm:
    language = found.tongue(poll.form, get_language() or "")
    return AnswerForm(data, initial=initial, asks=poll.form, language=language)


def _page(request: HttpRequest, poll: Poll, form: CodeForm, **more: object) -> HttpResponse:
    context = {
        "poll": poll,
        "form": form,
        "runs": answerable(poll),
        "tongue": found.tongue(poll.form, get_language() or ""),
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/poll_answer.html", context | more, status=status)


def _wrong(*, spent: bool) -> str:
    if spent:
        return _("This slip was used already. It counts once.")
    return _("This code is not of this poll. Look at it once more.")
