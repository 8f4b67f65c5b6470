"""Jobs of capture: a file is taken in at once and worked off later, once, however often its worker was cut off.

All or nothing: one transaction writes all. What is right: each thousand events are written with how far the job is,
so that a job which was cut off goes on behind them.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from linli.kernel.actors import Actor, allow, system
from linli.kernel.ahead import ahead, batched
from linli.kernel.clock import now
from linli.kernel.codes import new_row_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.capturing import WrongEvents, finish, may_capture, refuse
from linli.trace.actions.event_keeping import AT_ONCE, keep_events
from linli.trace.actions.event_rows import EVENTS
from linli.trace.models import Capture, Operator
from linli.trace.rules.epcis.event_shapes import PATHS, SINGLE, XML, Document, Fault
from linli.trace.rules.epcis.json_events import read_json
from linli.trace.rules.epcis.xml_events import read_xml
from linli.trace.rules.readied import MOST_FAULTS, Readied, file_faults, ready_all, told_faults

MOST_BYTES: Final = 20 * 2**20
_SOME: Final = 250  # so few that even a small file is looked through while it is written
_JOBS: Final = system("captures")


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it was sent: in which form, and whether one fault refuses all of it."""

    data: bytes
    form: str
    behaviour: str = Capture.ROLLBACK


@transaction.atomic
def receive(*, by: Actor, at: datetime, operator: Operator | None, sent: Sent) -> Capture:
    """Take in a file of events, to be worked off as soon as the queue comes to it.

    Refuses: not_allowed; not_own_unit; other_operator; no_events for an empty file; too_large.
    """
    may_capture(by=by, at=at, operator=operator)
    if not sent.data.strip():
        raise Refused("no_events", _("There is nothing in it."))
    if len(sent.data) > MOST_BYTES:
        raise Refused("too_large", _("This file is too large."), status=413)
    capture = Capture.objects.create(
        code=new_row_code(),
        operator=operator,
        digest=hashlib.sha256(sent.data).hexdigest(),
        behaviour=sent.behaviour,
        form=sent.form,
        body=sent.data,
        **signed(by, at),
    )
    _work.enqueue(capture.code)
    return capture


@task()
def _work(code: str) -> None:
    """Work off one capture."""
    work_off(by=_JOBS, at=now(), code=code)


def work_off(*, by: Actor, at: datetime, code: str) -> Capture:
    """Keep the events of a capture, from where it stands; one that is over stays as it is.

    Refuses: not_allowed for everybody but the system. What is wrong with events stands in the capture.
    """
    allow(by)
    capture = Capture.objects.select_related("operator").get(code=code)
    if capture.body is None or capture.finished_at is not None:
        return capture
    read = read_xml if capture.form == XML else read_json
    document = read(bytes(capture.body))
    wrong = file_faults(document)
    if wrong:
        refuse(by=_JOBS, at=at, capture=capture, held=len(document.events), faults=wrong)
        return capture
    Capture.objects.filter(pk=capture.pk, state=Capture.WAITING).update(
        state=Capture.RUNNING, events=len(document.events)
    )
    if capture.behaviour == Capture.PROCEED:
        return _keep_what_is_right(at, code, document)
    return _keep_all_or_nothing(at, capture, document)


def _keep_all_or_nothing(at: datetime, capture: Capture, document: Document) -> Capture:
    faults: list[Fault] = []
    made_ready = _made_ready(capture, document)
    try:
        with transaction.atomic():
            kept = _locked(capture.code)
            if kept.finished_at is None:
                EVENTS.check_as_written()
                added = held = 0
                for some in made_ready:
                    faults += _faults(some)
                    if (
                        not faults
                    ):  # else the rest is looked through, so that all that is wrong is told at once
                        new, refused = _keep_some(at, kept, document, some, held)
                        added, faults = added + new, refused
                    held += len(some)
                if faults:
                    raise WrongEvents(faults)
                finish(by=_JOBS, at=at, capture=kept, held=held, added=added)
            return kept
    except WrongEvents as wrong:
        refuse(by=_JOBS, at=at, capture=capture, held=len(document.events), faults=wrong.faults)
        return capture


def _made_ready(capture: Capture, document: Document) -> Iterable[list[Readied | list[Fault]]]:
    """Return the events of a file, some at a time, each ready to be kept or with what is wrong with it.

    PostgreSQL writes some while we look through the next. SQLite has one writer: nobody else waits while we look.
    """
    found = ready_all(document)
    if connection.vendor == "postgresql":
        return ahead(found, _SOME)
    listed = []
    for place, some in enumerate(batched(found, AT_ONCE)):
        listed.append(some)
        Capture.objects.filter(pk=capture.pk).update(worked=place * AT_ONCE + len(some))
    return listed


def _faults(some: Iterable[Readied | list[Fault]]) -> list[Fault]:
    return [fault for one in some if not isinstance(one, Readied) for fault in one]


def _keep_some(
    at: datetime,
    capture: Capture,
    document: Document,
    some: Sequence[Readied | list[Fault]],
    first: int,
) -> tuple[int, list[Fault]]:
    """Keep some of a file of which every event is right, the first of them its `first`; return how many were new, and what cannot be kept."""
    told = [one for one in some if isinstance(one, Readied)]
    kept = keep_events(by=_JOBS, at=at, capture=capture, told=told)
    refused = [
        Fault(_path(document, place), kept.refused[one.digest])
        for place, one in enumerate(told, first)
        if one.digest in kept.refused
    ]
    return len(kept.added), refused


def _keep_what_is_right(at: datetime, code: str, document: Document) -> Capture:
    found = list(ready_all(document))
    while True:
        with transaction.atomic():
            capture = _locked(code)
            if capture.finished_at is not None:
                return capture
            some = found[capture.worked : capture.worked + AT_ONCE]
            _keep_right_ones(at, capture, document, some)
            capture.worked += len(some)
            if capture.worked >= len(found):
                capture.state, capture.body, capture.finished_at = Capture.DONE, None, at
            capture.save()


def _keep_right_ones(
    at: datetime, capture: Capture, document: Document, some: Sequence[Readied | list[Fault]]
) -> None:
    right = [one for one in some if isinstance(one, Readied)]
    kept = keep_events(by=_JOBS, at=at, capture=capture, told=right)
    faults: list[Fault] = []
    for place, one in enumerate(some, capture.worked):
        if not isinstance(one, Readied):
            faults += one
        elif one.digest in kept.refused:
            faults.append(Fault(_path(document, place), kept.refused[one.digest]))
    capture.added += len(kept.added)
    if faults and len(capture.faults) <= MOST_FAULTS:
        capture.faults = [*capture.faults, *told_faults(faults, MOST_FAULTS - len(capture.faults))]


def _locked(code: str) -> Capture:
    return Capture.objects.select_for_update(no_key=True, of=("self",)).get(code=code)


def _path(document: Document, place: int) -> str:
    return "" if document.kind == SINGLE else f"{PATHS.get(document.kind, '')}[{place}]"
