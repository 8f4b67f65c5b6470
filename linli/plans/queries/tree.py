"""The tree of the ledger: programmes and their measures, each with how many tasks stand how."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from linli.directory.models import Area
from linli.plans.models import Measure, Programme, ProgrammeQuerySet
from linli.plans.queries.filters import Filters
from linli.plans.queries.ledger import Ledger, ledger
from linli.plans.rules.lamp import Lamp

Counts = dict[Lamp, int]


@dataclass(frozen=True)
class MeasureBranch:
    """One measure. Its tasks are read when it is opened: `Ledger.of_measure`."""

    measure: Measure
    counts: Counts

    @property
    def total(self) -> int:
        """How many of its tasks are shown."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class ProgrammeBranch:
    """One programme with its measures, in their order."""

    programme: Programme
    counts: Counts
    measures: list[MeasureBranch]

    @property
    def total(self) -> int:
        """How many of its tasks are shown."""
        return sum(self.counts.values())


def tree(filters: Filters, at: datetime, *, of: Ledger | None = None) -> list[ProgrammeBranch]:
    """Return the tree of what the filters ask for: four queries, or two where the ledger is known.

    Measures and programmes without a task are in it as long as nothing is asked of tasks.
    """
    of = of or ledger(filters, at)
    tally: dict[int, Counter[Lamp]] = defaultdict(Counter)
    for one in of.shown:
        tally[one.measure][one.lamp] += 1
    branches: dict[int, list[MeasureBranch]] = defaultdict(list)
    for measure in _measures(filters, tally):
        counts = _counts(tally[measure.pk])
        branches[measure.programme_id].append(MeasureBranch(measure, counts))
    programmes = _programmes(filters, branches)
    return [ProgrammeBranch(one, _sum(branches[one.pk]), branches[one.pk]) for one in programmes]


def _asks_nothing_of_tasks(filters: Filters) -> bool:
    return filters == Filters(area=filters.area, programme=filters.programme, order=filters.order)


def _measures(filters: Filters, tally: Iterable[int]) -> list[Measure]:
    measures = Measure.objects.order_by("programme", "position", "pk")
    if not _asks_nothing_of_tasks(filters):
        return list(measures.filter(pk__in=list(tally)))
    return list(measures.filter(programme__in=_within(filters).values("pk")))


def _programmes(filters: Filters, branches: Iterable[int]) -> list[Programme]:
    programmes = _within(filters).select_related("area", "document")
    if not _asks_nothing_of_tasks(filters):
        programmes = programmes.filter(pk__in=list(branches))
    return list(programmes.order_by("area", "-starts_on", "pk"))


def _within(filters: Filters) -> ProgrammeQuerySet:
    programmes = Programme.objects.all()
    if filters.area:
        programmes = programmes.filter(area__in=Area.objects.within(filters.area))
    if filters.programme:
        programmes = programmes.filter(code=filters.programme)
    return programmes


def _counts(tallied: Counter[Lamp]) -> Counts:
    return {colour: tallied[colour] for colour in Lamp}


def _sum(branches: list[MeasureBranch]) -> Counts:
    return {colour: sum(branch.counts[colour] for branch in branches) for colour in Lamp}
