"""Events written down: many at once in few statements, each once, with what they name and what became of what.

Everything is written in one order (things, then events, each by name), so that two who tell the same at one time
wait for each other and never both for ever.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from linli.kernel.actors import Actor
from linli.trace.actions.event_rows import EVENTS, LINKS, NAMINGS, THINGS
from linli.trace.actions.packing import Touched, pack
from linli.trace.models import Capture, Event, EventLink, EventThing, ThingTold
from linli.trace.rules.readied import Readied
from linli.trace.rules.walking.links import PACKING

AT_ONCE: Final = 1000  # of these a statement holds the names


@dataclass(slots=True)
class Kept:
    """What became of events: the rows by digest, which were new, and which were refused and why."""

    ids: dict[str, int] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)


def keep_events(*, by: Actor, at: datetime, capture: Capture, told: Sequence[Readied]) -> Kept:
    """Write down what nobody told before, in the caller's transaction, whoever does it; return what became of each.

    Refuses: nothing; it tells of a digest that is not kept why: `named_otherwise` when its teller gave the id to
    another event, `differs` when a declaration does not repeat the event of its id, `others_event` when it declares
    another's event wrong.
    """
    kept = Kept()
    by_digest = {one.digest: one for one in told}
    kept.ids = EVENTS.ids("digest", by_digest)
    _note_told_again(capture.operator_id, kept.ids.values())
    new = [one for digest, one in by_digest.items() if digest not in kept.ids]
    if not new:
        return kept
    kept.refused = _refused(capture, new)
    new = sorted((one for one in new if one.digest not in kept.refused), key=lambda one: one.digest)
    things = _thing_ids(new)
    rows = _written(at, capture, new)
    _settle_races(kept, new, rows)
    kept.ids |= rows
    kept.added = set(rows)
    added = [one for one in new if one.digest in rows]
    _write_things(added, rows, things)
    _write_links(added, rows, things)
    packed = [Touched.told(one.event, one.happened_at) for one in added if one.packs]
    pack(by=by, at=at, touched=[*packed, *_declare_wrong(at, capture, added)])
    return kept


def _note_told_again(operator: int | None, known: Iterable[int]) -> None:
    """Let an operator that tells what others told before read what is told of the same things; the events stay theirs."""
    if operator is None:
        return
    listed = sorted(known)
    for start in range(0, len(listed), AT_ONCE):
        naming = EventThing.objects.filter(event__in=listed[start : start + AT_ONCE])
        things = naming.exclude(event__operator=operator).values_list("thing", flat=True)
        ThingTold.objects.bulk_create(
            [ThingTold(operator_id=operator, thing_id=one) for one in sorted({*things})],
            ignore_conflicts=True,
        )


def _refused(capture: Capture, new: Sequence[Readied]) -> dict[str, str]:
    """Return what cannot stand beside what is kept. Of an id, the first event in the file has it."""
    refused: dict[str, str] = {}
    given = [one.given for one in new if one.given]
    mine = Event.objects.filter(operator=capture.operator_id, given__in=given, against="")
    named = dict(mine.exclude(given="").values_list("given", "digest")) if given else {}
    for one in new:
        if one.given and not one.against and named.setdefault(one.given, one.digest) != one.digest:
            refused[one.digest] = "named_otherwise"
    about = [one for one in new if one.against]
    others = dict(
        Event.objects.filter(digest__in=[one.against for one in about]).values_list(
            "digest", "operator"
        )
        if about
        else ()
    )
    for one in about:
        if one.against in others:
            if others[one.against] != capture.operator_id:
                refused[one.digest] = "others_event"
        elif named.get(one.given, one.against) != one.against:
            refused[one.digest] = "differs"
    return refused


def _thing_ids(new: Iterable[Readied]) -> dict[str, int]:
    uris = {uri for one in new for uri, _role in one.things}
    uris |= {uri for one in new for made in one.made for uri in (made.source, made.target)}
    known = THINGS.ids("uri", uris)
    missing = sorted(uris - known.keys())
    if missing:
        THINGS.add([uri] for uri in missing)
        known |= THINGS.ids("uri", missing)
    return known


def _written(at: datetime, capture: Capture, new: Sequence[Readied]) -> dict[str, int]:
    """Write the events and return the ids of those that were written: another may have told one meanwhile."""
    # Of all events, not of this capture: PostgreSQL would look through all of them for the first of a new one.
    before = Event.objects.order_by("-id").values_list("id", flat=True).first()
    EVENTS.add(_row(EVENTS.moment(at), capture, one) for one in new)
    written = Event.objects.filter(capture=capture, id__gt=before or 0)
    return dict(written.values_list("digest", "id"))


def _row(recorded_at: object, capture: Capture, one: Readied) -> tuple[object, ...]:
    return (
        capture.pk,
        capture.operator_id,
        one.digest,
        one.given,
        one.against,
        one.event["type"],
        one.word("action"),
        one.word("bizStep"),
        one.word("disposition"),
        one.place("readPoint"),
        one.place("bizLocation"),
        EVENTS.moment(one.happened_at),
        recorded_at,
        one.body,
    )


def _settle_races(kept: Kept, new: Sequence[Readied], rows: dict[str, int]) -> None:
    """Take as known what another told meanwhile; what is not there even now has an id that is taken."""
    missing = [one.digest for one in new if one.digest not in rows]
    if missing:
        known = EVENTS.ids("digest", missing)
        kept.ids |= known
        kept.refused |= dict.fromkeys(set(missing) - known.keys(), "named_otherwise")


def _write_things(added: Iterable[Readied], rows: dict[str, int], things: dict[str, int]) -> None:
    NAMINGS.add(
        ((rows[one.digest], things[uri], role) for one in added for uri, role in one.things),
    )


def _write_links(added: Iterable[Readied], rows: dict[str, int], things: dict[str, int]) -> None:
    LINKS.add(
        (
            (
                EventLink.USED if made.used else EventLink.MADE,
                things[made.source],
                things[made.target],
                EVENTS.moment(one.happened_at),
                None,
                rows[one.digest],
            )
            for one in added
            if not one.against
            for made in one.made
        ),
    )


def _declare_wrong(at: datetime, capture: Capture, added: Sequence[Readied]) -> list[Touched]:
    """Mark the events that are wrong, whichever came first, they or the declaration; return the parents they told of."""
    told = {one.against for one in added if one.against}
    here = [one.digest for one in added if not one.against]
    waiting = Event.objects.filter(operator=capture.operator_id, against__in=here)
    told |= set(waiting.exclude(against="").values_list("against", flat=True))
    if not told:
        return []
    events = Event.objects.filter(digest__in=told, operator=capture.operator_id, mistaken_at=None)
    wrong = list(events)
    ids = [event.pk for event in wrong]
    Event.objects.filter(pk__in=ids).update(mistaken_at=at)
    EventLink.objects.filter(event__in=ids).exclude(kind=EventLink.HELD).delete()
    return [
        Touched.told(json.loads(event.body), event.happened_at)
        for event in wrong
        if event.kind in PACKING
    ]
