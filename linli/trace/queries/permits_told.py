"""Permits one by one, each with how it stands at a moment."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from linli.trace.models import Permit, PermitStep
from linli.trace.queries.permits import begins, held
from linli.trace.rules.permit_states import Held, state_of
from linli.trace.rules.validity import VALID

_INSTANT: Final = timedelta(seconds=1)


def permits_told(at: datetime) -> list[tuple[Permit, str]]:
    """Return every permit of premises that are open, by number, with how it stands. Two queries."""
    found = Permit.objects.filter(premises__closed_on=None, premises__operator__closed_on=None)
    return states_of(found.select_related("premises__operator", "unit").order_by("number"), at)


def states_of(permits: Iterable[Permit], at: datetime) -> list[tuple[Permit, str]]:
    """Return these permits, each with how it stands. One query more."""
    return [(one, state_of(kept, at)) for one, kept in _held(list(permits))]


def valid_at_year_ends(at: datetime) -> dict[tuple[str, int], int]:
    """Return by place and year how many permits were valid as it ended; of the year that runs, as it stands now."""
    found: dict[tuple[str, int], int] = defaultdict(int)
    permits = _held(list(Permit.objects.select_related("premises").order_by("pk")))
    for permit, kept in permits:
        for of_year in range(permit.valid_from.year, localdate(at).year + 1):
            moment = min(at, begins(date(of_year + 1, 1, 1)) - _INSTANT)
            found[permit.premises.area_id, of_year] += state_of(kept, moment) == VALID
    return dict(found)


def _held(permits: list[Permit]) -> list[tuple[Permit, Held]]:
    steps: dict[int, list[PermitStep]] = {}
    turned = PermitStep.objects.filter(permit__in=[one.pk for one in permits])
    for step in turned.order_by("id"):
        steps.setdefault(step.permit_id, []).append(step)
    return [(one, held(one, steps.get(one.pk, []))) for one in permits]
