"""Valid at the time: for a lot, which permits and certificates held at each of its events, and what was lacking.

Judged by what is on record now, or by what was on record at a moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db.models import Min, Q
from django.utils.timezone import make_aware

from linli.trace.models import Certificate, Event, Lot, PaperKind, Permit, Premises
from linli.trace.queries.permits import PERMIT, begins, spells_of
from linli.trace.queries.places import premises_by_uris
from linli.trace.rules.activities import RECEIVING, activity_of, is_making
from linli.trace.rules.readied import INPUT
from linli.trace.rules.validity import Checked, Happened, Lack, Spell, checked, gaps

_MADE = "creating_class_instance"
_NOON = time(12)
MOST = 500  # events of a lot that are judged


@dataclass(frozen=True, slots=True)
class LackTold:
    """A kind of paper that did not hold: its name, why, and the paper that came nearest, if any."""

    kind: str
    name: str
    why: str
    paper: Permit | Certificate | None


@dataclass(slots=True)
class Then:
    """One event of a lot: when and where it happened, which papers held, what was lacking.

    `event` is None for the making of a lot that no event tells of; `used`: the lot went into something else;
    `asked`: whether it asks for papers at all.
    """

    at: datetime
    step: str
    event: Event | None = None
    premises: Premises | None = None
    activity: str = ""
    used: bool = False
    asked: bool = True
    held: list[Permit | Certificate] = field(default_factory=list)
    lacks: list[LackTold] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ValidThen:
    """The papers of a lot through its life; `gaps`: stretches without a valid permit where it was made, up to `at`."""

    rows: tuple[Then, ...]
    gaps: tuple[tuple[datetime, datetime], ...]

    @property
    def lacking(self) -> int:
        """At how many events something was lacking."""
        return sum(bool(row.lacks) for row in self.rows)


def valid_then(lot: Lot, at: datetime, known_at: datetime | None = None) -> ValidThen:
    """Return which papers held at each event of a lot, in their order. Nine queries, whatever their number.

    at: now; known_at: judge by what was on record then, None for what is now.
    """
    events = _events(lot, known_at)
    rows = _rows(lot, events)
    spells = spells_of({row.premises.pk for row in rows if row.premises} | {lot.premises_id})
    kinds = list(PaperKind.objects.filter(use=PaperKind.GOODS, ended_on=None, needed=True))
    asked = _asked(rows, spells, kinds)
    papers, names = _papers(spells), {one.key: str(one) for one in kinds}
    for row, told in zip(rows, checked(asked, spells, known_at), strict=True):
        _tell(row, told, papers, names)
    own = [one for one in spells if (one.kind, one.holder) == (PERMIT, lot.premises.code)]
    known = [one for one in own if _on_record(one, known_at)]
    return ValidThen(tuple(rows), tuple(gaps(known, begins(lot.made_on), at)))


def _events(lot: Lot, known_at: datetime | None) -> list[Event]:
    found = Event.objects.filter(things__thing__uri=lot.uri, against="")
    found = found.annotate(named_as=Min("things__role"))
    if known_at is None:
        found = found.filter(mistaken_at=None)
    else:
        right = Q(mistaken_at=None) | Q(mistaken_at__gt=known_at)
        found = found.filter(right, recorded_at__lte=known_at)
    return list(found.select_related("operator").order_by("happened_at", "id")[:MOST])


def _rows(lot: Lot, events: Sequence[Event]) -> list[Then]:
    places = premises_by_uris({uri for one in events for uri in (one.place, one.read_point) if uri})
    rows = [
        Then(one.happened_at, one.step, one, _where(one, places, lot), used=_is_used(one))
        for one in events
    ]
    begun = any(is_making(one.kind, one.step) and not _is_used(one) for one in events)
    if not begun and not (events and events[0].step in RECEIVING):
        at = make_aware(datetime.combine(lot.made_on, _NOON))
        rows.insert(0, Then(at, _MADE, premises=lot.premises))
    return rows


def _is_used(event: Event) -> bool:
    return bool(getattr(event, "named_as", 0) == INPUT)


def _where(event: Event, places: dict[str, Premises], lot: Lot) -> Premises | None:
    """Return where an event happened, as far as it says; who made the lot does so where it was made."""
    said = places.get(event.read_point) or places.get(event.place)
    if said is None and event.operator_id == lot.premises.operator_id:
        return lot.premises
    return said


def _asked(
    rows: Iterable[Then], spells: Sequence[Spell], kinds: Sequence[PaperKind]
) -> list[Happened]:
    allowed: dict[str, set[str]] = {}
    for one in spells:
        if one.kind == PERMIT:
            allowed.setdefault(one.holder, set()).update(one.scope)
    return [_happened(row, allowed, kinds) for row in rows]


def _happened(row: Then, allowed: dict[str, set[str]], kinds: Sequence[PaperKind]) -> Happened:
    holder = row.premises.code if row.premises else ""
    done = row.premises.activities if row.premises else ()
    kind = row.event.kind if row.event else ""
    activity = activity_of(kind, row.step, done, allowed.get(holder, ()))
    row.activity, row.asked = activity or "", activity is not None
    needs: list[str] = [PERMIT] if activity else []
    if activity and is_making(kind, row.step):
        needs += [one.key for one in kinds if activity in one.activities]
    return Happened("", row.at, holder, row.activity, tuple(needs))


def _on_record(one: Spell, known_at: datetime | None) -> bool:
    if known_at is None:
        return one.struck_at is None
    gone = one.struck_at is not None and one.struck_at <= known_at
    return one.recorded_at <= known_at and not gone


def _papers(spells: Iterable[Spell]) -> dict[str, Permit | Certificate]:
    codes = {one.paper for one in spells}
    permits = Permit.objects.filter(code__in=codes).select_related("unit")
    certificates = Certificate.objects.filter(code__in=codes).select_related("kind")
    return {one.code: one for one in permits} | {one.code: one for one in certificates}


def _tell(
    row: Then, told: Checked, papers: dict[str, Permit | Certificate], names: dict[str, str]
) -> None:
    row.held = [papers[code] for code in told.held]
    row.lacks = [_lack(row, one, papers, names) for one in told.lacks]


def _lack(
    row: Then, lack: Lack, papers: dict[str, Permit | Certificate], names: dict[str, str]
) -> LackTold:
    why = lack.why if row.premises else "unknown_place"
    return LackTold(lack.kind, names.get(lack.kind, ""), why, papers.get(lack.paper))
