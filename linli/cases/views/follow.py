"""Following a case with its code and passphrase: how it stands, who may read it, who has looked."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.actions import reading
from linli.cases.forms.asking import HeldForm
from linli.cases.models import Attachment, Case
from linli.cases.queries.following import grants_of, waiting_for_leave
from linli.cases.queries.partners import open_partners
from linli.cases.views import followed_readers as readers
from linli.cases.views import followed_words as words
from linli.cases.views.slips import as_file
from linli.cases.views.tickets import FOLLOWING, private
from linli.kernel.actors import HOLDER
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import new_key
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.looks import by_day, looks_of
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt

View = Callable[..., HttpResponse]
# One code may be tried seldom, one address often: a station has one for many.
_OF_A_CODE = {"burst": 6, "per_hour": 12}
_OF_A_DOOR = {"burst": 120, "per_hour": 900}
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def followed(view: View) -> View:
    """Let in who typed the passphrase within the last half hour; lead everybody else to the door.

    The view is given the case and the moment in place of the code.
    """

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, **named: str) -> HttpResponse:
        at = now()
        cases = Case.objects.select_related(
            "topic", "unit", "area", "location", "subject", "leader", "told_by"
        )
        held = FOLLOWING.held(request, at).get("case") == code
        case = cases.filter(code=code, purged_at=None).first() if held else None
        if case is None or case.subject.purge_on <= localdate(at):
            door = redirect("cases:follow_case", code)
            FOLLOWING.take_back(door)
            return door
        response = view(request, case, at, **named)
        if FOLLOWING.name not in response.cookies:
            FOLLOWING.hand(response, {"case": code}, at)
        return response

    return guarded


@private
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, code: str = "") -> HttpResponse:
    """Ask for code and passphrase. Unknown, wrong and over look the same."""
    form = HeldForm(request.POST if request.method == "POST" else None, initial={"code": code})
    if form.is_valid():
        at = now()
        typed = form.cleaned_data["code"]
        allow_knock("follow", read_code(typed) or typed, at=at, **_OF_A_CODE)
        allow_knock("follow-door", source_of(request), at=at, **_OF_A_DOOR)
        try:
            case = reading.open_held(at=at, code=typed, passphrase=form.cleaned_data["passphrase"])
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
        else:
            response = redirect("cases:follow_case", case.code)
            FOLLOWING.hand(response, {"case": case.code}, at)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "cases/public/enter.html", {"form": form}, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show the case to who was let in, the door to everybody else; the square on the slip leads here."""
    if request.method == "POST" or FOLLOWING.held(request, now()).get("case") != code:
        return enter(request, code)
    return _case(request, code=code)


@followed
def _case(request: HttpRequest, case: Case, at: datetime) -> HttpResponse:
    opened = reading.own(by=HOLDER, at=at, case=case)
    looks, asks_leave = by_day(looks_of(case.subject)), waiting_for_leave(case)
    context = {
        "case": case,
        "opened": opened,
        "standing": words.standing(case, at),
        "clocks": words.clocks(case, at),
        "moves": words.moves(case),
        "story": words.story(opened.steps),
        "answers": [step for step in opened.steps if step.verb == "replied" and step.words],
        "asks_leave": asks_leave,
        "leave_fields": readers.fields_in_words(asks_leave.fields) if asks_leave else [],
        "elsewhere": open_partners().exists(),
        "grants": [readers.granted(one, case.subject.purge_on, at) for one in grants_of(case)],
        "looks": [readers.looked(day) for day in looks],
        "deeds": words.deeds_for(case),
        "said": words.SAID.get(request.GET.get("said", "")),
        "sensitive": case.topic.sensitive,
        "once": new_key(),
    }
    return render(request, "cases/public/case.html", context)


@require_safe
@followed
def photo(request: HttpRequest, case: Case, at: datetime, photo: str) -> HttpResponse:
    """One photo or paper of the case."""
    found = get_object_or_404(Attachment, case=case, code=photo)
    try:
        data = reading.open_photo(by=HOLDER, at=at, case=case, photo=found)
    except FileNotFoundError as missing:
        raise Http404 from missing
    extension = _EXTENSIONS.get(found.media_type, "bin")
    return as_file(Rebuilt(data, found.media_type, extension), photo)
