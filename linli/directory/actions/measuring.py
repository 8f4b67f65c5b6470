"""Measured times of guides: what others counted from what was answered."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from linli.directory.models import MeasuredTime, Service
from linli.directory.models.measured import FEWEST
from linli.directory.queries.standing import EDITION
from linli.kernel.actors import Actor, allow
from linli.kernel.editions import new_edition


class Measure(NamedTuple):
    """The median working days of one service, by its code, and from how many answered cases."""

    service: str
    days: Decimal | None
    cases: int


class Span(NamedTuple):
    """The whole months over which it was counted, [since, until), and the figure that tells more."""

    since: date
    until: date
    figure: str = ""


@transaction.atomic
def measure_services(*, by: Actor, at: datetime, span: Span, measures: Iterable[Measure]) -> int:
    """Write how long services take; one that was measured over this period stays. Return how many were written.

    A time from fewer than ten cases is not taken: that too few were answered is.
    Refuses: not_allowed for everybody but the calendar.
    """
    allow(by)
    by_code = {one.service: one for one in measures}
    services = Service.objects.filter(code__in=by_code).exclude(
        measured__since=span.since, measured__until=span.until
    )
    rows = [_row(service, by_code[service.code], span, at) for service in services]
    MeasuredTime.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["service"],
        update_fields=["days", "cases", "since", "until", "figure", "measured_at"],
    )
    if rows:
        new_edition(EDITION)
    return len(rows)


def _row(service: Service, measure: Measure, span: Span, at: datetime) -> MeasuredTime:
    enough = measure.days is not None and measure.cases >= FEWEST
    return MeasuredTime(
        service=service,
        days=measure.days if enough else None,
        cases=measure.cases if enough else None,
        since=span.since,
        until=span.until,
        figure=span.figure if enough else "",
        measured_at=at,
    )
