"""Published funds, for everybody: the list and what narrows it, the projects of a fund, what is missing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from linli.directory.models import Area, Unit
from linli.funds.models import Account, Fund, Match, Priority, Project, ProjectQuerySet
from linli.funds.queries.matches import states_of, terms_of
from linli.funds.queries.projects import with_states
from linli.funds.rules import flows
from linli.funds.rules.matching import Missing, State, Terms, missing


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the list: words, a place with all in it, a unit. Empty: nothing."""

    words: str = ""
    area: str = ""
    unit: str = ""


class Agreed(NamedTuple):
    """One agreement on matched money: what was agreed, how far it is, what is missing still."""

    match: Match
    terms: Terms
    state: State
    missing: list[Missing]


def funds_on_show(asked: Asked) -> QuerySet[Fund]:
    """Return the published funds that were asked for, by name."""
    funds = Fund.objects.published().select_related("unit", "area")
    if asked.area:
        funds = funds.filter(area__in=Area.objects.within(asked.area))
    if asked.unit:
        funds = funds.filter(unit__code=asked.unit)
    for word in asked.words.split():
        funds = funds.filter(
            Q(name__icontains=word) | Q(purpose__icontains=word) | Q(unit__name__icontains=word)
        )
    return funds


def projects_on_show(words: str) -> ProjectQuerySet:
    """Return the published projects in whose name all the words stand."""
    projects = Project.objects.published().select_related("receiving")
    for word in words.split():
        projects = projects.filter(name__icontains=word)
    return projects


def fund_on_show(code: str) -> Fund | None:
    """Return a published fund, with its unit and place."""
    return Fund.objects.published().select_related("unit", "area").filter(code=code).first()


def places_of_funds() -> QuerySet[Area]:
    """Return the places that published funds are for."""
    return Area.objects.filter(code__in=Fund.objects.published().order_by().values("area"))


def keepers_of_funds() -> QuerySet[Unit]:
    """Return the units that keep published funds."""
    return Unit.objects.filter(pk__in=Fund.objects.published().order_by().values("unit"))


def waiting_matches(funds: Iterable[Fund]) -> dict[int, int]:
    """Return how many agreements of each fund wait for something, by its id. One query."""
    waiting = Match.objects.waiting().order_by().filter(fund__in=[one.pk for one in funds])
    return dict(waiting.values_list("fund").annotate(Count("pk")))


def agreements(fund: Fund, today: date) -> list[Agreed]:
    """Return a fund's agreements on matched money, those that wait first. Five queries, however many there are."""
    matches = list(
        fund.matches.in_force().select_related("partner__unit", "ready__unit", "fund__unit")
    )
    states = states_of(matches, today) if matches else {}
    found = [
        Agreed(
            one,
            terms := terms_of(one),
            states[one.pk],
            [] if states[one.pk].released else missing(terms, states[one.pk]),
        )
        for one in matches
    ]
    return sorted(found, key=lambda one: one.state.released)


def priorities_of(fund: Fund) -> QuerySet[Priority]:
    """Return the published rules of priority areas by which a fund's money goes."""
    return Priority.objects.published().filter(criteria__fund=fund, criteria__ended_at=None)


class Share(NamedTuple):
    """What one project has of a fund: what stands on its accounts, and what was paid from them, in fen."""

    project: Project
    stands: int
    paid: int


def shares(fund: Fund, today: date, most: int) -> list[Share]:
    """Return the published projects that have most of a fund's money, at most so many. Two queries."""
    of_projects = Account.objects.order_by().filter(
        fund=fund, project__in=Project.objects.published()
    )
    stands, paid = Counter[int](), Counter[int]()
    for pk, kind, fen in of_projects.values_list("project", "kind").annotate(Sum("balance")):
        counted = {flows.PAID: paid, **dict.fromkeys(flows.INSIDE, stands)}.get(kind)
        if counted is not None:
            counted[pk] += fen
    listed = [pk for pk, _fen in (stands + paid).most_common(most)]
    if not listed:
        return []
    projects = with_states(Project.objects.filter(pk__in=listed), today)
    found = projects.select_related("receiving").in_bulk()
    return [Share(found[pk], stands[pk], paid[pk]) for pk in listed]
