"""Published funds and projects as IATI's activities: what stands before their transactions, these, and what follows.

A transfer is told once: in the activity of the project whose account it touches, else in its fund's.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from django.db.models import Max, Min
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.funds.models import Account, Fund, Project
from linli.funds.queries import outward
from linli.funds.queries.projects import with_states
from linli.funds.rules import projects
from linli.funds.rules.iati_flows import MULTISECTOR, sector_of
from linli.funds.schemas import iati_frame as frame
from linli.funds.schemas import iati_money as money
from linli.funds.schemas import iati_parts as xml
from linli.funds.schemas.iati_frame import Activity, Reporter
from linli.funds.schemas.iati_results import results_of

_STATUS: Final = {
    projects.PLANNED: frame.PLANNED,
    projects.RUNNING: frame.RUNNING,
    projects.DELAYED: frame.RUNNING,
    projects.DONE: frame.CLOSED,
    projects.STOPPED: frame.SUSPENDED,
}


class _Stage(NamedTuple):
    """How far a project is: its state, the day on which it began, and the last on which something ended."""

    state: str
    begun: date | None
    done: date | None
    reached: date | None


def activities(by: Reporter) -> Iterator[Activity]:
    """Yield every published fund, then every published project."""
    for fund in Fund.objects.published().select_related("unit", "area").order_by("code"):
        yield _of_fund(by, fund)
    stages = _stages(by)
    places = ("programme", "unit", "receiver", "giving", "receiving")
    for project in Project.objects.published().select_related(*places).order_by("code"):
        yield _of_project(by, project, stages[project.pk])


def _of_fund(by: Reporter, fund: Fund) -> Activity:
    accounts = outward.accounts_of(fund)
    first, last = outward.days_of(fund, until=by.until)
    apart = outward.published_projects(accounts)
    identifier = by.identifier("FUND", fund.code)
    keeper = xml.body_of(fund.unit)
    head = [
        *frame.names(by, identifier, fund.name, fund.purpose),
        *frame.taking_part(frame.FUNDING, frame.givers(accounts.values())),
        *frame.taking_part(frame.ACCOUNTABLE, [keeper]),
        *frame.taking_part(frame.IMPLEMENTING, frame.getters(accounts.values()) or [keeper]),
        *_course(by, fund, accounts, first),
        *frame.place(fund.area),
        frame.sector(MULTISECTOR),
        *money.budgets(money.came_in(outward.yearly_in(fund, until=by.until), accounts)),
    ]
    related = [
        xml.element("related-activity", ref=by.identifier("PROJECT", code), type=frame.CHILD)
        for code in sorted(set(apart.values()))
    ]
    tail = [frame.page(f"/funds/{fund.code}/", fund.name), *related]
    told = _told(outward.moved_in(fund, until=by.until), accounts, set(accounts) - set(apart))
    return Activity(identifier, frame.marks(by, "1", [last, fund.published_at]), head, told, tail)


def _course(
    by: Reporter, fund: Fund, accounts: Mapping[int, Account], first: date | None
) -> list[xml.Element]:
    """Return how far a fund is and since when: it is closed when all its accounts are."""
    closed = [one.closed_on for one in accounts.values()]
    ended = max((day for day in closed if day), default=None)
    if not first:
        status, start, ended = frame.PLANNED, frame.PLANNED_START, None
    elif ended and all(closed) and ended <= by.until:
        status, start = frame.CLOSED, frame.ACTUAL_START
    else:
        status, start, ended = frame.RUNNING, frame.ACTUAL_START, None
    days = {start: first or fund.at.date()} | ({frame.ACTUAL_END: ended} if ended else {})
    return [
        xml.element("activity-status", code=status),
        *(xml.day("activity-date", day, type=kind) for kind, day in days.items()),
    ]


def _of_project(by: Reporter, project: Project, stage: _Stage) -> Activity:
    accounts = outward.accounts_for(project)
    own = {pk for pk, one in accounts.items() if one.project_id == project.pk}
    identifier = by.identifier("PROJECT", project.code)
    head = [
        *frame.names(by, identifier, project.name, project.purpose),
        *frame.taking_part(
            frame.FUNDING,
            [*frame.givers(accounts[pk] for pk in own), xml.Body(project.giving.name)],
        ),
        *frame.taking_part(frame.ACCOUNTABLE, [xml.body_of(project.unit)]),
        *frame.taking_part(frame.IMPLEMENTING, [xml.body_of(project.receiver or project.unit)]),
        xml.element("activity-status", code=_STATUS[stage.state]),
        *_days(by, project, stage),
        *frame.place(project.receiving),
        frame.sector(sector_of(project.programme.kind)),
        *money.budgets(
            money.set_apart(outward.yearly_for(project, until=by.until), accounts, project)
        ),
    ]
    funds = sorted({accounts[pk].fund.code for pk in own})
    tail = [
        frame.page(f"/funds/projects/{project.code}/", project.name),
        *(
            xml.element("related-activity", ref=by.identifier("FUND", code), type=frame.PARENT)
            for code in funds
        ),
        *results_of(project),
    ]
    told = _told(outward.moved_for(project, until=by.until), accounts, None)
    changed = [project.at, project.published_at, outward.last_recorded(project, until=by.until)]
    return Activity(identifier, frame.marks(by, "2", changed), head, told, tail)


def _told(
    moved: Iterator[outward.Moved], accounts: Mapping[int, Account], ends: set[int] | None
) -> Iterator[xml.Element]:
    """Yield the transactions. `ends`: only of transfers both of whose accounts are among these."""
    for one in moved:
        said = money.told_of(one, accounts)
        if said and (ends is None or {one.out_of, one.into} <= ends):
            keeper = xml.body_of(accounts[one.out_of].fund.unit)
            yield money.transaction(one, said, accounts, keeper)


def _stages(by: Reporter) -> dict[int, _Stage]:
    shown = with_states(Project.objects.published(), localdate(by.at)).annotate(
        begun=Min("works__begun_on"),
        done=Max("works__done_on"),
        reached=Max("milestones__reached_on"),
    )
    return {pk: _Stage(*rest) for pk, *rest in shown.values_list("pk", *_Stage._fields)}


def _days(by: Reporter, project: Project, stage: _Stage) -> Iterator[xml.Element]:
    """Yield the days of a project. A day that was moved says for when it was promised first."""
    yield xml.day("activity-date", project.starts_on, type=frame.PLANNED_START)
    if stage.begun and stage.begun <= by.until:
        yield xml.day("activity-date", stage.begun, type=frame.ACTUAL_START)
    due = xml.day("activity-date", project.due_on, type=frame.PLANNED_END)
    if project.due_on != project.promised_on:
        first = _("First promised for %(day)s") % {"day": project.promised_on.isoformat()}
        due.append(xml.narrative(first))
    yield due
    ended = [day for day in (stage.done, stage.reached) if day and day <= by.until]
    if stage.state == projects.DONE and ended:
        yield xml.day("activity-date", max(ended), type=frame.ACTUAL_END)
