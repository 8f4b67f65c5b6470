"""What the home page says in numbers: how much there is of what is public. No number of people is among them."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from linli.atlas.models import Release
from linli.directory.models import Service
from linli.directory.queries.standing import standing_directory
from linli.facts.models import Indicator
from linli.funds.models import Fund, Project
from linli.kernel.clock import now
from linli.kernel.replica import line
from linli.offers.models import Offer
from linli.plans.models import Step as PlanStep
from linli.plans.models import Task
from linli.reports.models import Report, Step
from linli.trace.models import Recall
from linli.trace.queries.recalls import public_recalls
from linli.ui.kept import State

PROVEN: Final = "proven"


class Count(NamedTuple):
    """How many there are, and the newest of them."""

    number: int
    last: int


def counted() -> dict[str, Count]:
    """Return how much there is of each public thing, and how far steps had come: one query."""
    with line().cursor() as cursor:
        cursor.execute(*_asking())
        return {str(name): Count(number, last or 0) for name, number, last in cursor.fetchall()}


@cache
def _asking() -> tuple[str, list[Any]]:
    """Return the query, put into SQL once: no clock and nobody's words stand in it, and that takes longer than asking."""
    promised = Task.objects.published().filter(promised_at__isnull=False)
    asked: Mapping[str, QuerySet[Any]] = {
        "reports": Report.objects.published(),
        "promises": promised,
        PROVEN: promised.filter(state=Task.ACCEPTED),
        "funds": Fund.objects.published(),
        "projects": Project.objects.published(),
        "services": Service.objects.offered(),
        "offers": Offer.objects.published(),
        "releases": Release.objects.released(),
        "figures": Indicator.objects.public(),
        "recalls": public_recalls(),
        "recalls that run": public_recalls().filter(state=Recall.RUNNING),
        "report steps": Step.objects.all(),
        "plan steps": PlanStep.objects.all(),
    }
    compiled = [
        rows.order_by().values("pk").query.get_compiler(connection=connection).as_sql()
        for rows in asked.values()
    ]
    sql = " UNION ALL ".join(
        f"SELECT %s, COUNT(*), MAX(one.pk) FROM ({part}) AS one"  # noqa: S608 - our own SQL
        for part, _values in compiled
    )
    values = [
        value
        for name, (_part, given) in zip(asked, compiled, strict=True)
        for value in (name, *given)
    ]
    return sql, values


def standing_home() -> State:
    """Return the state of the home page: the numbers on it, and the directory's. Two queries.

    Before anything stands in the directory it is kept for a minute at most.
    """
    marks = ".".join(f"{one.number}:{one.last}" for one in counted().values())
    directory = standing_directory()
    if directory is None:
        minute = now().replace(second=0, microsecond=0) + timedelta(minutes=1)
        return State(marks, minute)
    return State(f"{directory.mark}.{marks}", directory.until)
