"""What projects are to change and how far it is: baseline, target and what there is now, each a fact with its code."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from linli.facts.models import Fact
from linli.facts.queries.released import sayable
from linli.funds.models import Aim, Project
from linli.funds.queries.attestations import standing
from linli.funds.rules import aims as rule

_RANK = {Fact.CLAIMED: 0, Fact.EVIDENCED: 1, Fact.CONFIRMED: 2}


@dataclass(frozen=True, slots=True)
class Measured:
    """One aim with its facts as they stand. first_target: what was aimed at first, where it has moved since."""

    aim: Aim
    baseline: Fact | None
    target: Fact | None
    first_target: Fact | None
    actual: Fact | None

    @property
    def course(self) -> rule.Course:
        """What the rule takes."""
        actual = self.actual
        return rule.Course(
            sense=self.aim.sense, baseline=_value(self.baseline), target=_value(self.target),
            actual=_value(actual), low=actual.low if actual else None,
            high=actual.high if actual else None,
        )  # fmt: skip

    @property
    def state(self) -> str:
        """Where it stands."""
        return rule.state(self.course)

    @property
    def progress(self) -> Decimal | None:
        """How much of the way is behind, in percent."""
        return rule.progress(self.course)


def measured(projects: Iterable[Project], *, public: bool = False) -> list[Measured]:
    """Return the aims of projects as they stand; `public`: those that everybody may see. Three queries."""
    aims = Aim.objects.filter(project__in=list(projects)).select_related(
        "indicator", "area", "baseline", "target"
    )
    if public:
        aims = aims.filter(indicator__public=True)
    now = standing(one for aim in aims for one in (aim.baseline, aim.target) if one)
    known = _known(aims)
    return [_measured(aim, now, known.get((aim.indicator_id, aim.area_id), [])) for aim in aims]


def _measured(aim: Aim, now: dict[int, Fact], known: list[Fact]) -> Measured:
    baseline, target = _standing(aim.baseline, now), _standing(aim.target, now)
    later = [
        one
        for one in known
        if baseline is None or one.period_until > baseline.period_until
    ]  # fmt: skip
    moved = aim.target if aim.target and target and aim.target.value != target.value else None
    return Measured(aim, baseline, target, moved, max(later, key=best, default=None))


def best(fact: Fact) -> tuple[object, ...]:
    """Return what decides between facts: the latest days, then what is proven best, then what was said last."""
    return fact.period_until, fact.period_from, _RANK.get(fact.status, -1), fact.at, fact.pk


def _standing(fact: Fact | None, now: dict[int, Fact]) -> Fact | None:
    if fact is None:
        return None
    last = now[fact.pk]
    return None if last.status == Fact.WITHDRAWN else last


def _known(aims: Iterable[Aim]) -> dict[tuple[int, str], list[Fact]]:
    known: dict[tuple[int, str], list[Fact]] = {}
    facts = Fact.objects.current().filter(
        indicator__in={one.indicator_id for one in aims}, area__in={one.area_id for one in aims}
    )
    for fact in facts.select_related("indicator", "area", "evidence"):
        if not sayable(fact):  # how far an aim is would tell of it
            continue
        known.setdefault((fact.indicator_id, fact.area_id), []).append(fact)
    return known


def _value(fact: Fact | None) -> Decimal | None:
    return fact.value if fact else None
