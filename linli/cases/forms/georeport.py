"""What a program sends to Open311, read field by field; what it says of a person and we do not need is not read.

Names, devices and accounts are never looked at. Coordinates are not taken: a place has a name or an id.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from linli.cases.models import Topic
from linli.cases.queries.georeport import CLOSED, Wanted, topics_within
from linli.cases.rules.georeport import MOST_REQUESTS, Window, read_time, window
from linli.directory.models import Area, Location
from linli.kernel.codes import read_code

MOST_WORDS = 4000
_MOST_PLACE = 300


class Wrong(Exception):
    """A request that cannot be answered: the HTTP status, and a sentence for each fault."""

    def __init__(self, status: int, *sentences: str) -> None:
        super().__init__(status)
        self.status = status
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Posted:
    """One request as it was sent, read: `email` before `phone` when both are there."""

    topic: Topic
    area: Area
    location: Location | None
    words: str
    place: str
    wish: str
    reply_language: str
    passing_on: bool
    email: str
    phone: str


def read_wanted(sent: QueryDict, at: datetime) -> Wanted:
    """Read the filters of GET requests. Raises Wrong for a time or a status that is none."""
    if ids := _listed(sent, "service_request_id"):
        codes = [code for one in ids[:MOST_REQUESTS] if (code := read_code(one))]
        return Wanted(None, codes=codes or ["-"])
    states = _listed(sent, "status")
    if not set(states) <= {"open", "closed"}:
        raise Wrong(400, _("status is open or closed."))
    chosen = [s for s in ("received", "working", "answered") if "open" in states]
    chosen += [s for s in CLOSED if "closed" in states]
    return Wanted(_span(sent, at), topics=_listed(sent, "service_code"), states=chosen)


def read_jurisdiction(sent: QueryDict) -> str:
    """Return the code of the area that is asked about, "" for all. Raises Wrong when we do not serve it."""
    code = sent.get("jurisdiction_id", "")
    if code and not (code.isascii() and code.isdigit() and topics_within(code).exists()):
        raise Wrong(404, _("This jurisdiction_id is not served here."))
    return code


def read_posted(sent: QueryDict) -> Posted:
    """Read a new request. Raises Wrong, 400 or 404, with every fault that was found."""
    topic = _topic(sent)
    location, area, place = _place(sent, topic)
    words = _text(sent, "description")
    if media := _text(sent, "media_url"):
        words = f"{words}\n{media}".strip()
    faults = []
    if not words:
        faults.append(_("description was not provided."))
    if len(words) > MOST_WORDS or len(place) > _MOST_PLACE:
        faults.append(_("description takes 4,000 characters, address_string 300."))
    if faults:
        raise Wrong(400, *faults)
    return Posted(
        topic=topic,
        area=area,
        location=location,
        words=words,
        place=place,
        wish=_text(sent, "attribute[wish]")[:MOST_WORDS],
        reply_language=_text(sent, "attribute[reply_language]")[:20],
        passing_on=_text(sent, "attribute[passing_on]") == "yes",
        email=_text(sent, "email")[:254],
        phone=_text(sent, "phone")[:30],
    )


def _topic(sent: QueryDict) -> Topic:
    code = _text(sent, "service_code")
    if not code:
        raise Wrong(400, _("service_code was not provided."))
    topic = topics_within(read_jurisdiction(sent)).filter(code=code).first()
    if topic is None:
        raise Wrong(404, _("This service_code was not found."))
    return topic


def _place(sent: QueryDict, topic: Topic) -> tuple[Location | None, Area, str]:
    place, number = _text(sent, "address_string"), _text(sent, "address_id")
    if number:
        if location := Location.objects.filter(code=read_code(number) or "").first():
            return location, location.area, place
        if area := Area.objects.filter(code=number).first():
            return None, area, place
        raise Wrong(404, _("This address_id was not found."))
    if place:
        return None, topic.unit.area, place
    if _text(sent, "lat") or _text(sent, "long"):
        raise Wrong(400, _("Coordinates are not taken here. Give an address_string or address_id."))
    raise Wrong(400, _("A location was not provided: address_string or address_id."))


def _span(sent: QueryDict, at: datetime) -> Window:
    times: list[datetime | None] = []
    for name in ("start_date", "end_date"):
        said = _text(sent, name)
        time = read_time(said) if said else None
        if said and time is None:
            raise Wrong(400, _("start_date and end_date are times with their offset from UTC."))
        times.append(time)
    return window(times[0], times[1], at)


def _listed(sent: QueryDict, name: str) -> list[str]:
    return [one.strip() for one in _text(sent, name).split(",") if one.strip()]


def _text(sent: QueryDict, name: str) -> str:
    # A NUL ends a text in PostgreSQL; nobody types one.
    return sent.get(name, "").replace("\0", "").strip()
