"""What a jury gave, exactly, and how far its judges agree."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Q
from django.utils.timezone import localdate

from linli.kernel.agreement import INTERVAL, alpha
from linli.kernel.weighing import weighed
from linli.offers.models import Contest, Grade, Mark


class Agreed(NamedTuple):
    """How far judges agree by one criterion, or by the whole (no name): None where that cannot be told."""

    name: str
    weight: int
    alpha: float | None


class Jury(NamedTuple):
    """A jury: how many judged how many works, how far they agree on the whole, and by each criterion."""

    judges: int
    works: int
    alpha: float | None
    criteria: list[Agreed]


_Points = Mapping[int, Mapping[str, Fraction]]


def points_given(contest: Contest) -> dict[int, dict[str, Fraction]]:
    """Return each judge's points for each work that counts, by its number: exactly as they weigh. Two queries."""
    grades = _grades(contest)
    given: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for mark in _marks(contest):
        by_criterion = grades.get(mark.pk)
        exact = weighed(by_criterion.values()) if by_criterion else Fraction(mark.points)
        given[mark.entry.number][_judge(mark)] = exact
    return dict(given)


def jury(contest: Contest) -> Jury:
    """Return how far the judges of a contest agree: Krippendorff's alpha of their points. Five queries at most."""
    given = points_given(contest)
    judges = {judge for row in given.values() for judge in row}
    return Jury(len(judges), len(given), _alpha(given), _by_criterion(contest))


def _by_criterion(contest: Contest) -> list[Agreed]:
    criteria = list(contest.criteria.all())
    if not criteria:
        return []
    grades, marks = _grades(contest), _marks(contest)
    found = []
    for one in criteria:
        by_one: dict[int, dict[str, Fraction]] = defaultdict(dict)
        for mark in marks:
            if one.pk in grades.get(mark.pk, {}):
                by_one[mark.entry.number][_judge(mark)] = Fraction(grades[mark.pk][one.pk][1])
        found.append(Agreed(one.name, one.weight, _alpha(by_one)))
    return found


def _alpha(given: _Points) -> float | None:
    agreed = alpha([list(row.values()) for row in given.values()], INTERVAL)
    return None if agreed is None else float(agreed)


def _marks(contest: Contest) -> list[Mark]:
    """Return the marks of works that counted: none that was set aside, or taken back before the result."""
    stands = Q(entry__purged_on=None)
    if contest.judged_at:
        stands |= Q(entry__purged_on__gt=localdate(contest.judged_at))
    counted = Q(stands, entry__set_aside="") | Q(entry__place__isnull=False)
    marks = Mark.objects.filter(counted, entry__contest=contest)
    return list(marks.select_related("entry").order_by("pk"))


def _grades(contest: Contest) -> dict[int, dict[int, tuple[int, int]]]:
    """Return (weight, points) by mark and criterion. One query."""
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    of_contest = Grade.objects.filter(criterion__contest=contest)
    rows = of_contest.values_list("mark", "criterion", "criterion__weight", "points")
    for mark, criterion, weight, points in rows:
        found[mark][criterion] = (weight, points)
    return dict(found)


def _judge(mark: Mark) -> str:
    return f"{mark.by_unit}\n{mark.by_name}"
