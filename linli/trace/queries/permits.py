"""Permits and certificates of premises: how these stand at a moment, and every stretch of their papers' lives."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import F, QuerySet
from django.utils.timezone import make_aware

from linli.trace.models import Certificate, Permit, PermitStep, Premises
from linli.trace.rules.permit_states import NONE, Held, Turn, stand_of
from linli.trace.rules.validity import SUSPENDED, VALID, WITHDRAWN, Spell

PERMIT = "permit"  # the kind of paper that every event asks for
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PermitStand:
    """How premises stand by their permits: valid, suspended, withdrawn, expired or none; by which, until which day."""

    state: str
    permit: Permit | None = None
    until: date | None = None
    permits: tuple[Permit, ...] = ()


def standing(premises_ids: Collection[int], at: datetime) -> dict[int, PermitStand]:
    """Return how premises stand at a moment, each of them. Two queries."""
    permits = _permits(premises_ids)
    turns = _steps(permits)
    of: dict[int, list[Permit]] = {}
    for permit in permits:
        of.setdefault(permit.premises_id, []).append(permit)
    return {pk: _stand(of.get(pk, []), turns, at) for pk in premises_ids}


def states(premises: QuerySet[Premises], at: datetime) -> dict[int, str]:
    """Return the word for each of these premises at a moment: what `standing` says, of thousands. Three queries."""
    doing = dict(premises.order_by().values_list("pk", "activities"))
    rows = Permit.objects.filter(premises__in=premises.order_by().values("pk"))
    steps = PermitStep.objects.filter(permit__in=rows.order_by().values("pk"))
    turns: dict[int, list[Turn]] = {}
    for permit, to, from_at in steps.order_by("id").values_list("permit_id", "to", "from_at"):
        turns.setdefault(permit, []).append(Turn(to, from_at))
    of: dict[int, list[Held]] = {}
    for pk, place, code, scope, since, until in rows.order_by(
        "premises", "valid_from", "id"
    ).values_list("pk", "premises_id", "code", "scope", "valid_from", "valid_until"):
        one = Held(
            code, frozenset(scope), begins(since), begins(until + _DAY), tuple(turns.get(pk, ()))
        )
        of.setdefault(place, []).append(one)
    return {pk: stand_of(of[pk], done, at)[0] if pk in of else NONE for pk, done in doing.items()}


def stood(permits: list[Permit], steps: Iterable[PermitStep], at: datetime) -> PermitStand:
    """Return how premises stood at a moment by these permits of theirs and the turns that they took."""
    turns: dict[int, list[PermitStep]] = {}
    for step in steps:
        turns.setdefault(step.permit_id, []).append(step)
    return _stand(permits, turns, at)


def spells_of(premises_ids: Collection[int]) -> list[Spell]:
    """Return every stretch of the papers of premises; the holder is the premises' code. Three queries.

    A certificate is its operator's: it holds at all premises of theirs, from when it was checked on record.
    """
    permits = _permits(premises_ids)
    turns = _steps(permits)
    own = [spell for one in permits for spell in _spells(one, turns.get(one.pk, []))]
    checked = Certificate.objects.filter(
        operator__premises__in=premises_ids, checked_at__isnull=False
    )
    at_each = checked.select_related("kind").annotate(at_premises=F("operator__premises__code"))
    return own + [_certified(one, one.at_premises) for one in at_each.order_by("id")]


@lru_cache(maxsize=4096)  # a register has thousands of papers and few days
def begins(day: date) -> datetime:
    """Return the moment at which a day begins in the place."""
    return make_aware(datetime.combine(day, time()))


def held(permit: Permit, steps: Iterable[PermitStep]) -> Held:
    """Return a permit as the rule takes it."""
    return Held(
        permit.code,
        frozenset(permit.scope),
        begins(permit.valid_from),
        begins(permit.valid_until + _DAY),
        tuple(Turn(step.to, step.from_at) for step in steps),
    )


def _certified(one: Certificate, holder: str) -> Spell:
    return Spell(
        one.code,
        one.kind.key,
        holder,
        frozenset(one.kind.activities),
        VALID,
        begins(one.valid_from),
        begins(one.valid_until + _DAY),
        one.checked_at or one.at,
        one.struck_at,
    )


def _permits(premises_ids: Collection[int]) -> list[Permit]:
    found = Permit.objects.filter(premises__in=premises_ids).select_related("premises", "unit")
    return list(found.order_by("premises", "valid_from", "id"))


def _steps(permits: Collection[Permit]) -> dict[int, list[PermitStep]]:
    of: dict[int, list[PermitStep]] = {}
    for step in PermitStep.objects.filter(permit__in=[one.pk for one in permits]).order_by("id"):
        of.setdefault(step.permit_id, []).append(step)
    return of


def _stand(permits: list[Permit], turns: dict[int, list[PermitStep]], at: datetime) -> PermitStand:
    if not permits:
        return PermitStand(NONE)
    state, found = stand_of(
        [held(one, turns.get(one.pk, [])) for one in permits], permits[0].premises.activities, at
    )
    permit = next((one for one in permits if found and one.code == found.code), None)
    return PermitStand(state, permit, permit.valid_until if permit else None, tuple(permits))


def _spells(permit: Permit, steps: list[PermitStep]) -> list[Spell]:
    """Return a permit's own stretch, and those that stopped it: as they were first told, and as they ended."""
    own = held(permit, ())
    whole = Spell(
        permit.code, PERMIT, permit.premises.code, own.scope, VALID, own.since, own.until, permit.at
    )
    found = [whole]
    for number, step in enumerate(steps):
        if step.to not in (SUSPENDED, WITHDRAWN):
            continue
        stopped = whole._replace(
            status=step.to, since=step.from_at, until=None, recorded_at=step.at
        )
        after = steps[number + 1] if number + 1 < len(steps) else None
        if after is None or after.to == WITHDRAWN:
            found.append(stopped)
        else:
            found.append(stopped._replace(struck_at=after.at))
            found.append(stopped._replace(until=after.from_at, recorded_at=after.at))
    return found
