"""What cases look like as JSON. Nothing that anybody wrote stands in a list: only where a case is opened."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field, StringConstraints

from linli.cases.actions.asking import Asked, Contact
from linli.cases.actions.reading import Opened, ShownStep
from linli.cases.models import Case, Topic
from linli.cases.queries import QueuePage
from linli.cases.queries.asking import OTHER
from linli.cases.queries.things import thing_named
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.directory.models import Area, Location
from linli.kernel.codes import read_code
from linli.kernel.prepared import Prepared
from linli.kernel.refusals import Refused
from linli.kernel.working_days import days_left

# A NUL ends a text in PostgreSQL; nobody types one.
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=8000, pattern=r"^[^\x00]*$"),
]
Short = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=240, pattern=r"^[^\x00]*$")
]
# The closed lists of rules/reasons.py, once more for the types' sake; a test holds the two together.
Purpose = Literal["triage", "handle", "decide", "help", "check"]
Granted = Literal["words", "wish", "place", "photos", "reply_language", "contact", "passing_on"]
PauseKind = Literal["papers", "holder", "authority", "court"]
ExtensionKind = Literal["hard", "many_units", "on_site", "expert", "season"]
HandOverKind = Literal["competence", "capacity", "error", "place", "level", "assigned"]


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


class AskIn(Schema):
    """What somebody asks. Only the words are needed; the place follows from the topic when none is given.

    `about`: what a correction points at: a guide's or station's code, "indicator:" or "fact:" and its code.
    """

    words: Words
    topic: Short = ""
    area: Short = ""
    location: Short = ""
    place: Short = ""
    wish: Annotated[str, StringConstraints(max_length=8000, pattern=r"^[^\x00]*$")] = ""
    email: Short = ""
    sms: Short = ""
    reply_language: Annotated[str, StringConstraints(max_length=20, pattern=r"^[A-Za-z0-9-]*$")] = (
        ""
    )
    about: Short = ""
    passing_on: bool = False
    public: bool = False


class WordsIn(Schema):
    """Something said about a case."""

    words: Words


class PauseIn(Schema):
    """Why the clocks stand still."""

    kind: PauseKind
    words: Words


class ExtendIn(Schema):
    """How many working days more, and why."""

    days: Annotated[int, Field(ge=1, le=250)]
    kind: ExtensionKind
    words: Words


class HandOnIn(Schema):
    """To which unit, why, and what it may read."""

    unit: Short
    kind: HandOverKind
    words: Words
    fields: list[Granted]


class CaseOut(Schema):
    """How a case stands: codes, offices and times alone. Days are working days; negative once passed."""

    code: str
    kind: str
    topic: str
    unit: str
    area: str
    state: str
    asked_at: datetime
    first_due_at: datetime
    due_at: datetime
    days_left: int
    paused: bool
    pauses: int
    moves: int
    bounces: int
    reopened: int


class ReceiptOut(CaseOut):
    """What the person takes along."""

    passphrase: str


class StepOut(Schema):
    """One step as its reader may see it."""

    at: datetime
    verb: str
    kind: str
    by_unit: str
    from_unit: str
    to_unit: str
    words: str


class OpenedOut(CaseOut):
    """A case opened: what was granted, the rest empty."""

    words: str
    wish: str
    place: str
    reply_language: str
    granted: list[str]
    photos: int
    steps: list[StepOut]


class StandingOut(OpenedOut):
    """One's own case."""


class WaitingOut(Schema):
    """One case in a queue: when it is next due, in working days, none while no clock runs."""

    code: str
    kind: str
    topic: str
    area: str
    state: str
    asked_at: datetime
    due_at: datetime
    next_due_at: datetime | None
    left: int | None
    late: bool
    bounces: int
    level: int


class QueueOut(Schema):
    """One page of a queue. `after` leads on; empty on the last page."""

    cases: list[WaitingOut]
    after: str


_topic_by_code = Prepared(
    lambda code: Topic.objects.asked_for().select_related("unit__area").filter(code=code), str
)


def asked_of(sent: AskIn) -> Asked:
    """Return what was asked. Refuses: no_topic; no_thing; no_area when nothing says in which place."""
    topic = _topic_by_code.first(sent.topic or OTHER)
    if topic is None and sent.topic:
        raise Refused("no_topic", _("There is no such topic."), status=404)
    if sent.about and thing_named(sent.about) is None:
        raise Refused("no_thing", _("We show nothing of this code."), status=404)
    location = None
    if sent.location:
        location = Location.objects.filter(code=read_code(sent.location) or "").first()
    area = Area.objects.filter(code=sent.area).first() if sent.area else None
    if area is None and not sent.area:
        area = location.area if location else topic.unit.area if topic else None
    if area is None:
        raise Refused("no_area", _("Say in which place, by the code of its area."))
    contact = None
    if sent.email or sent.sms:
        contact = Contact("email" if sent.email else "sms", sent.email or sent.sms)
    return Asked(
        topic=topic,
        area=area,
        location=location,
        words=sent.words,
        wish=sent.wish,
        place=sent.place,
        contact=contact,
        reply_language=sent.reply_language,
        channel="api",
        about=sent.about,
        fields_granted=(*BY_DEFAULT, PASSING_ON) if sent.passing_on else BY_DEFAULT,
        public=sent.public,
    )


def queue_out(page: QueuePage) -> QueueOut:
    """Return one page of a queue."""
    rows = [{name: getattr(row, name) for name in WaitingOut.model_fields} for row in page.rows]
    return QueueOut(cases=[WaitingOut(**row) for row in rows], after=page.next)


def case_out(case: Case, at: datetime) -> CaseOut:
    """Return how a case stands. Its topic and unit are joined."""
    return CaseOut(**_standing(case, at))


def opened_out(case: Case, opened: Opened, at: datetime) -> OpenedOut:
    """Return a case opened by a unit."""
    return OpenedOut(**_standing(case, at), **_told(opened))


def standing_out(case: Case, opened: Opened, at: datetime) -> StandingOut:
    """Return one's own case."""
    return StandingOut(**_standing(case, at), **_told(opened))


def _standing(case: Case, at: datetime) -> dict[str, Any]:
    return {
        "code": case.code,
        "kind": case.kind,
        "topic": case.topic.code,
        "unit": case.unit.name,
        "area": case.area_id,
        "state": case.state,
        "asked_at": case.asked_at,
        "first_due_at": case.first_due_at,
        "due_at": case.due_at,
        "days_left": days_left(case.due_at, at),
        "paused": case.paused_at is not None,
        "pauses": case.pauses,
        "moves": case.moves,
        "bounces": case.bounces,
        "reopened": case.reopened,
    }


def _told(opened: Opened) -> dict[str, Any]:
    return {
        "words": opened.words,
        "wish": opened.wish,
        "place": opened.place,
        "reply_language": opened.reply_language,
        "granted": sorted(opened.fields),
        "photos": len(opened.photos),
        "steps": _steps(opened.steps),
    }


def _steps(steps: Sequence[ShownStep]) -> list[StepOut]:
    return [
        StepOut(
            at=step.at,
            verb=step.verb,
            kind=step.kind,
            by_unit=step.by_unit,
            from_unit=step.from_unit,
            to_unit=step.to_unit,
            words=step.words,
        )
        for step in steps
    ]
