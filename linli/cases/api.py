"""Cases as JSON: ask, follow and handle by program. The same actions as the pages, the same looks.

Who asks and follows needs no key: the passphrase, in the header Linli-Passphrase, opens one's own case. Who
handles brings a key of a member of staff and reaches what their unit reaches. Refusals are problems
(RFC 9457); every POST takes an Idempotency-Key.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Header, Router, Status
from ninja.decorators import decorate_view

from linli.cases.actions import following, handing, handling, reading
from linli.cases.actions.asking import ask
from linli.cases.models import Case
from linli.cases.queries import QueueFilters, queue
from linli.cases.queries.desk import case_at, case_to_do
from linli.cases.schemas import (
    AskIn,
    CaseOut,
    ExtendIn,
    HandOnIn,
    OpenedOut,
    PauseIn,
    Problem,
    Purpose,
    QueueOut,
    ReceiptOut,
    StandingOut,
    WordsIn,
    asked_of,
    case_out,
    opened_out,
    queue_out,
    standing_out,
)
from linli.directory.models import Unit
from linli.kernel.actors import HOLDER, Actor, Role, allow
from linli.kernel.api_keys import staff_of
from linli.kernel.clock import now
from linli.kernel.codes import read_code
from linli.kernel.idempotency import once
from linli.kernel.limits import allow_knock, source_of
from linli.kernel.refusals import Refused, problem

router, desk = Router(tags=["cases"]), Router(tags=["cases"])
_PROBLEMS = {frozenset({400, 401, 403, 404, 409, 410, 422, 429}): Problem}
Passphrase: Any = Header("", alias="Linli-Passphrase")  # type: ignore[type-arg]


def _once(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a POST with an Idempotency-Key act once, and say as a problem what is wrong with the key."""
    acting = once(run)

    @wraps(run)
    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return acting(request, *args, **kwargs)
        except Refused as refused:
            return problem(refused)

    return answered


def _keyed(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a program in that acts for a unit, before anything that it sent is read."""

    @wraps(run)
    def answered(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            request.auth = _actor(request)  # type: ignore[attr-defined]
        except Refused as refused:
            return problem(refused)
        return run(request, *args, **kwargs)

    return answered


desk.add_decorator(_keyed, mode="view")
router.add_router("/desk", desk)


@router.post("/cases", response={201: ReceiptOut, **_PROBLEMS})
@decorate_view(_once)
def ask_case(request: HttpRequest, sent: AskIn) -> Status[ReceiptOut]:
    """Ask for something. The passphrase in the answer is shown once."""
    at, staff = now(), staff_of(request)
    if staff is None:
        allow_knock("ask", source_of(request), at=at, burst=60, per_hour=600)
    by = staff.actor if staff else HOLDER
    case, passphrase = ask(by=by, at=at, asked=asked_of(sent))
    receipt = ReceiptOut(**case_out(case, at).model_dump(), passphrase=passphrase)
    return Status(201, receipt)


@router.get("/cases/{code}", response={200: StandingOut, **_PROBLEMS})
def follow_case(request: HttpRequest, code: str, passphrase: str = Passphrase) -> StandingOut:
    """Tell the person how their case stands: what was said, every step, every clock."""
    at = now()
    case = _held(request, code, passphrase, at)
    return standing_out(case, reading.own(at=at, case=case), at)


@router.post("/cases/{code}/added", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def add_to_case(
    request: HttpRequest, code: str, sent: WordsIn, passphrase: str = Passphrase
) -> CaseOut:
    """Add something to one's own case; no deadline moves."""
    at = now()
    case = _held(request, code, passphrase, at)
    following.add(at=at, case=case, words=sent.words, photos=())
    return _fresh(case, at)


@router.post("/cases/{code}/urged", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def urge_case(request: HttpRequest, code: str, passphrase: str = Passphrase) -> CaseOut:
    """Ask to hurry."""
    at = now()
    case = _held(request, code, passphrase, at)
    following.urge(at=at, case=case)
    return _fresh(case, at)


@router.post("/cases/{code}/objected", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def object_to_answer(
    request: HttpRequest, code: str, sent: WordsIn, passphrase: str = Passphrase
) -> CaseOut:
    """Say that the answer does not settle it."""
    at = now()
    case = _held(request, code, passphrase, at)
    following.object_to(at=at, case=case, words=sent.words)
    return _fresh(case, at)


@router.post("/cases/{code}/closed", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def close_case(request: HttpRequest, code: str, passphrase: str = Passphrase) -> CaseOut:
    """Close one's own case once it is answered."""
    at = now()
    case = _held(request, code, passphrase, at)
    following.close(at=at, case=case)
    return _fresh(case, at)


@router.post("/cases/{code}/withdrawn", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def withdraw_case(request: HttpRequest, code: str, passphrase: str = Passphrase) -> CaseOut:
    """Take one's own case back."""
    at = now()
    case = _held(request, code, passphrase, at)
    following.withdraw(at=at, case=case)
    return _fresh(case, at)


@desk.get("/cases", response={200: QueueOut, **_PROBLEMS})
def list_queue(request: HttpRequest, after: str = "") -> QueueOut:
    """List what waits in the queue of one's unit, most urgent first; nothing that anybody wrote."""
    at, by = now(), _by(request)
    allow(by, Role.OFFICER, Role.CLERK)
    return queue_out(queue(by.unit, QueueFilters(after=after), at))


@desk.get("/cases/{code}", response={200: OpenedOut, **_PROBLEMS})
def open_case(request: HttpRequest, code: str, purpose: Purpose = "handle") -> OpenedOut:
    """Open a case of one's unit, as far as it was granted. The person sees that it was."""
    at, by = now(), _by(request)
    case = _at_desk(by, code)
    return opened_out(case, reading.read(by=by, at=at, case=case, purpose=purpose), at)


@desk.post("/cases/{code}/taken", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def take_case(request: HttpRequest, code: str) -> CaseOut:
    """Take a case in hand for one's unit."""
    at, by = now(), _by(request)
    case = _to_do(by, code)
    return _done(case, handling.take(by=by, at=at, case=case), at)


@desk.post("/cases/{code}/replied", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def reply_to_case(request: HttpRequest, code: str, sent: WordsIn) -> CaseOut:
    """Answer a case."""
    at, by = now(), _by(request)
    case = _to_do(by, code)
    return _done(case, handling.reply(by=by, at=at, case=case, words=sent.words), at)


@desk.post("/cases/{code}/noted", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def note_on_case(request: HttpRequest, code: str, sent: WordsIn) -> CaseOut:
    """Write a note for the units that handle the case."""
    at, by = now(), _by(request)
    case = _at_desk(by, code)
    handling.note(by=by, at=at, case=case, words=sent.words)
    return case_out(case, at)


@desk.post("/cases/{code}/paused", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def pause_case(request: HttpRequest, code: str, sent: PauseIn) -> CaseOut:
    """Let the clocks stand still for a reason that the person reads."""
    at, by = now(), _by(request)
    case = _at_desk(by, code)
    case = handling.pause(by=by, at=at, case=case, kind=sent.kind, words=sent.words)
    return case_out(case, at)


@desk.post("/cases/{code}/resumed", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def resume_case(request: HttpRequest, code: str) -> CaseOut:
    """Let the clocks run again."""
    at, by = now(), _by(request)
    case = _to_do(by, code)
    return _done(case, handling.resume(by=by, at=at, case=case), at)


@desk.post("/cases/{code}/extended", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def extend_case(request: HttpRequest, code: str, sent: ExtendIn) -> CaseOut:
    """Give the case more working days for a reason that the person reads."""
    at, by = now(), _by(request)
    case = _at_desk(by, code)
    case = handling.extend(
        by=by, at=at, case=case, days=sent.days, kind=sent.kind, words=sent.words
    )
    return case_out(case, at)


@desk.post("/cases/{code}/handed-on", response={200: CaseOut, **_PROBLEMS})
@decorate_view(_once)
def hand_case_on(request: HttpRequest, code: str, sent: HandOnIn) -> CaseOut:
    """Hand a case on to another unit, under a grant."""
    at, by = now(), _by(request)
    case = _at_desk(by, code)
    unit = Unit.objects.working().filter(code=read_code(sent.unit) or "").first()
    if unit is None:
        raise Refused("no_unit", _("There is no such unit."), status=404)
    handing.hand_on(
        by=by, at=at, case=case, unit=unit, kind=sent.kind, words=sent.words, fields=sent.fields
    )
    return _fresh(case, at)


def _by(request: HttpRequest) -> Actor:
    by: Actor = request.auth  # type: ignore[attr-defined]
    return by


def _actor(request: HttpRequest) -> Actor:
    staff = staff_of(request)
    if staff is None:
        raise Refused("no_key", _("A key is needed here, and this is none."), status=401)
    allow(staff.actor, Role.OFFICER, Role.CLERK, Role.SUPERVISOR)
    return staff.actor


def _at_desk(by: Actor, code: str) -> Case:
    return _found(case_at(by.unit, read_code(code) or ""))


def _to_do(by: Actor, code: str) -> Case:
    return _found(case_to_do(by.unit, read_code(code) or ""))


def _done(before: Case, case: Case, at: datetime) -> CaseOut:
    if case.topic_id == before.topic_id:
        case.topic = before.topic  # its code is all that is told of it
    return case_out(case, at)


def _found(case: Case | None) -> Case:
    if case is None:
        raise Refused("no_case", _("There is no such case at your unit."), status=404)
    return case


def _held(request: HttpRequest, code: str, passphrase: str, at: datetime) -> Case:
    allow_knock("follow", read_code(code) or code[:20], at=at, burst=30, per_hour=240)
    allow_knock("follow from", source_of(request), at=at, burst=60_000, per_hour=1_000_000)
    return reading.open_held(at=at, code=code, passphrase=passphrase)


def _fresh(case: Case, at: datetime) -> CaseOut:
    case.refresh_from_db()
    return case_out(case, at)
