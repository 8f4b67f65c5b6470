"""Capture: events checked, and kept all or those that are right, each once however often they are told."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_row_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.event_keeping import keep_events
from linli.trace.actions.keeping import speak_for
from linli.trace.models import Capture, Operator
from linli.trace.rules.epcis.event_shapes import Event, Fault
from linli.trace.rules.readied import Readied, ready, told_faults


@dataclass(frozen=True, slots=True)
class Captured:
    """What became of events: the capture, their rows and names in the order told, and how many were new."""

    capture: Capture
    ids: tuple[int, ...]
    names: tuple[str, ...]
    added: int


class WrongEvents(Refused):
    """Raised where events cannot be kept: with what is wrong, by path and code."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(
            "wrong_event", _("These events cannot be kept: something in them is wrong.")
        )
        self.faults = tuple(faults)


def may_capture(*, by: Actor, at: datetime, operator: Operator | None) -> None:
    """Let events be told of an operator, or, where none is said, by the unit itself.

    Refuses: not_allowed; not_own_unit; other_operator.
    """
    if operator is None:
        allow(by, Role.OFFICER, Role.PLANNER)
    else:
        speak_for(by=by, at=at, operator=operator)


def capture(
    *, by: Actor, at: datetime, operator: Operator | None, events: Sequence[Event]
) -> Captured:
    """Keep events that an operator tells, all or none; what was told before changes nothing.

    Events are plain ones, as `rules.epcis` reads them.
    Refuses: not_allowed; not_own_unit; other_operator; wrong_event (WrongEvents, with what is wrong).
    """
    may_capture(by=by, at=at, operator=operator)
    told: list[Readied] = []
    faults: list[Fault] = []
    for place, event in enumerate(events):
        found = ready(event, f"[{place}]")
        if isinstance(found, Readied):
            told.append(found)
        else:
            faults += found
    if faults:
        raise WrongEvents(faults)
    with transaction.atomic():
        capture = _new(by, at, operator, told)
        kept = keep_events(by=by, at=at, capture=capture, told=told)
        if kept.refused:
            raise WrongEvents(
                [
                    Fault(f"[{place}]", kept.refused[one.digest])
                    for place, one in enumerate(told)
                    if one.digest in kept.refused
                ]
            )
        finish(by=by, at=at, capture=capture, held=len(told), added=len(kept.added))
    ids = tuple(kept.ids[one.digest] for one in told)
    return Captured(capture, ids, tuple(one.name for one in told), len(kept.added))


def finish(*, by: Actor, at: datetime, capture: Capture, held: int, added: int) -> None:
    """Say that a capture is done, whoever did it, and forget what was sent: the events have it.

    Refuses: nothing.
    """
    capture.state, capture.body, capture.finished_at = Capture.DONE, None, at
    capture.events = capture.worked = held
    capture.added = added
    capture.save()


def refuse(
    *, by: Actor, at: datetime, capture: Capture, held: int, faults: Sequence[Fault]
) -> None:
    """Say what is wrong with a capture of which nothing was kept, whoever found it.

    Refuses: nothing.
    """
    capture.state, capture.body, capture.finished_at = Capture.REFUSED, None, at
    capture.events, capture.worked, capture.added = held, held, 0
    capture.faults = told_faults(faults)
    capture.save()


def _new(by: Actor, at: datetime, operator: Operator | None, told: Sequence[Readied]) -> Capture:
    digest = hashlib.sha256("\n".join(one.body for one in told).encode()).hexdigest()
    return Capture.objects.create(
        code=new_row_code(),
        operator=operator,
        state=Capture.RUNNING,
        form=Capture.PAGE,
        digest=digest,
        **signed(by, at),
    )
