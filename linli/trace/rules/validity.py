"""Valid at the time: which permits and certificates held when something happened, and where there are gaps. Pure.

Status boxes show today; a lot is judged by the day on which it was made, and by what was known on a day, if one asks so.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

VALID, SUSPENDED, WITHDRAWN = "valid", "suspended", "withdrawn"
WARNED_BEFORE: Final = (30, 7, 0)  # days before a paper runs out


class Spell(NamedTuple):
    """One stretch of a paper's life: so from `since`, before `until` (None: open), for this holder and scope.

    A suspension or withdrawal may overlap the stretch that it stops.

    `recorded_at`: when it was entered; `struck_at`: when another entry took its place, None while none did.
    """

    paper: str
    kind: str
    holder: str
    scope: frozenset[str]
    status: str
    since: datetime
    until: datetime | None
    recorded_at: datetime
    struck_at: datetime | None = None


class Happened(NamedTuple):
    """One event: when, by whom, doing what; `needs`: the kinds of papers that this asks for."""

    event: str
    at: datetime
    holder: str
    activity: str
    needs: tuple[str, ...]


class Lack(NamedTuple):
    """A kind of paper that did not hold, why, and the paper that came nearest ("" when there is none).

    Whys: withdrawn, suspended, other_scope, expired, not_yet, never.
    """

    kind: str
    why: str
    paper: str


class Checked(NamedTuple):
    """One event with the papers that held at its time, and what was lacking."""

    event: str
    held: tuple[str, ...]
    lacks: tuple[Lack, ...]


def checked(
    events: Sequence[Happened], spells: Sequence[Spell], known_at: datetime | None = None
) -> list[Checked]:
    """Return each event with its papers, in the order given.

    known_at: judge by what was on record at that moment; None: by what is on record now.
    """
    by_holder: dict[tuple[str, str], list[Spell]] = {}
    for one in spells:
        if _on_record(one, known_at):
            by_holder.setdefault((one.holder, one.kind), []).append(one)
    return [_checked(event, by_holder) for event in events]


def _on_record(spell: Spell, known_at: datetime | None) -> bool:
    if known_at is None:
        return spell.struck_at is None
    struck = spell.struck_at is not None and spell.struck_at <= known_at
    return spell.recorded_at <= known_at and not struck


def _checked(event: Happened, by_holder: dict[tuple[str, str], list[Spell]]) -> Checked:
    held: list[str] = []
    lacks = []
    for kind in event.needs:
        own = by_holder.get((event.holder, kind), [])
        holding = [one.paper for one in _in_force(own, event.at) if event.activity in one.scope]
        held += holding
        if not holding:
            lacks.append(_lack(kind, event, own))
    return Checked(event.event, tuple(sorted(set(held))), tuple(lacks))


def _covers(spell: Spell, at: datetime) -> bool:
    return spell.since <= at and (spell.until is None or at < spell.until)


def _in_force(own: Sequence[Spell], at: datetime) -> list[Spell]:
    """Return the spells that are valid at a moment: none of a paper that is suspended or withdrawn then."""
    now = [one for one in own if _covers(one, at)]
    stopped = {one.paper for one in now if one.status != VALID}
    return [one for one in now if one.paper not in stopped]


def _lack(kind: str, event: Happened, own: Sequence[Spell]) -> Lack:
    """Say why nothing held: what stood against it at the time first, then what had run out, then what came later."""
    now = [one for one in own if _covers(one, event.at)]
    for status in (WITHDRAWN, SUSPENDED):
        for one in now:
            if one.status == status and event.activity in one.scope:
                return Lack(kind, status, one.paper)
    if now:
        return Lack(kind, "other_scope", now[0].paper)
    past = [one for one in own if one.until is not None and one.until <= event.at]
    if past:
        return Lack(kind, "expired", max(past, key=lambda one: one.until or event.at).paper)
    later = [one for one in own if one.since > event.at]
    if later:
        return Lack(kind, "not_yet", min(later, key=lambda one: one.since).paper)
    return Lack(kind, "never", "")


def gaps(
    spells: Sequence[Spell], start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """Return the half-open stretches between start and end in which none of these spells was valid."""
    marks = {start, *(mark for one in spells for mark in (one.since, one.until or end))}
    turns = [*sorted(mark for mark in marks if start <= mark < end), end]
    found: list[tuple[datetime, datetime]] = []
    for since, until in pairwise(turns):
        if _in_force(spells, since):
            continue
        goes_on = bool(found) and found[-1][1] == since
        found.append((found.pop()[0] if goes_on else since, until))
    return found


def warning(until: datetime, at: datetime, told: Sequence[int] = ()) -> int | None:
    """Return the warning that is due for a paper that runs out: 30, 7 or 0 days before; None when none is.

    told: the warnings that were given already. After a late start only the nearest one is given, once.
    """
    due = [days for days in WARNED_BEFORE if at >= until - timedelta(days=days)]
    return due[-1] if due and due[-1] not in told else None
