"""Which areas a rule names, from facts alone; and whether the money that goes by it reaches them."""

from dataclasses import dataclass
from typing import NamedTuple

from linli.directory.models import Area
from linli.directory.models.area import stem
from linli.facts.models import Fact
from linli.facts.rules.boundaries import LARGE_ENOUGH
from linli.facts.rules.intervals import Interval
from linli.funds.models import Account, Criterion, Fund, Priority, Programme
from linli.funds.models.priority import PriorityQuerySet
from linli.funds.queries.aims import best
from linli.funds.rules import priorities as rule
from linli.kernel.actors import Actor, Role


class Ranked(NamedTuple):
    """One area with the newest share that is known of it, and what that makes of it."""

    area: Area
    fact: Fact
    state: str


class Reached(NamedTuple):
    """One place that a fund or programme gives to: how much (fen), and whether it is a priority area."""

    name: str
    code: str
    area: Area
    amount: int
    priority: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """What a criterion comes to: the places reached, and how much of the money goes to priority areas."""

    criterion: Criterion
    places: list[Reached]

    @property
    def amount(self) -> int:
        """All of it, in fen."""
        return sum(one.amount for one in self.places)

    @property
    def to_priority(self) -> int:
        """What goes to priority areas, in fen."""
        return sum(one.amount for one in self.places if one.priority)


def visible_priorities(by: Actor) -> PriorityQuerySet:
    """Return the rules that this member of staff works with: an officer the own unit's and published ones."""
    rules = Priority.objects.select_related("indicator", "unit", "evidence")
    if by.role == Role.OFFICER:
        return rules.filter(unit__name=by.unit) | rules.filter(published_at__isnull=False)
    return rules


def goes_by(of: Fund | Programme) -> list[Criterion]:
    """Return the published rules that the money of a fund or of a programme line goes by now."""
    standing = of.criteria.filter(ended_at=None, priority__published_at__isnull=False)
    return list(standing.select_related("priority").order_by("priority__name"))


def ranked(priority: Priority) -> list[Ranked]:
    """Return every county or larger of which the share is known, those that come first at the top. One query."""
    facts = Fact.objects.current().filter(
        indicator=priority.indicator_id, area__level__in=LARGE_ENOUGH
    )
    newest: dict[str, Fact] = {}
    for fact in facts.select_related("area", "indicator", "evidence"):
        known = newest.get(fact.area_id)
        if known is None or best(fact) > best(known):
            newest[fact.area_id] = fact
    found = [Ranked(one.area, one, _state(one, priority)) for one in newest.values()]
    return sorted(found, key=_order)


def ground(criterion: Criterion, *, public: bool = False) -> Ground:
    """Return which places are reached by what goes by a rule, and which of them are priority areas."""
    named = [
        stem(one.area.code) for one in ranked(criterion.priority) if one.state == rule.PRIORITY
    ]
    return Ground(
        criterion,
        [
            Reached(name, code, area, amount, any(area.code.startswith(one) for one in named))
            for name, code, area, amount in _places(criterion, public=public)
        ],
    )


def _places(criterion: Criterion, *, public: bool) -> list[tuple[str, str, Area, int]]:
    if criterion.programme is not None:
        projects = criterion.programme.projects.select_related("receiving").order_by("name", "id")
        if public:
            projects = projects.filter(published_at__isnull=False)
        return [(one.name, one.code, one.receiving, one.amount) for one in projects]
    accounts = Account.objects.filter(
        fund=criterion.fund_id, kind="allocated", unit__isnull=False
    ).select_related("unit__area")
    return [
        (one.name, one.code, one.unit.area, one.balance) for one in accounts if one.unit is not None
    ]


def _state(fact: Fact, priority: Priority) -> str:
    share = Interval(fact.low, fact.high, low_in=fact.low_in, high_in=fact.high_in)
    proven = fact.status in {Fact.EVIDENCED, Fact.CONFIRMED}
    return rule.standing(share, proven=proven, threshold=priority.threshold)


def _order(one: Ranked) -> tuple[object, ...]:
    return rule.STATES.index(one.state), -(one.fact.value or 0), one.area.code
