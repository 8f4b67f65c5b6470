"""What was drawn becomes tasks; nobody but the draw chooses them."""

from datetime import date, datetime, timedelta

from linli.assessments.actions.assessing import give
from linli.assessments.actions.inspecting import InspectionDraft, plan_inspection
from linli.assessments.models import Assessment, Candidacy, Draw, Inspector, Lot, Subject
from linli.assessments.queries.draws import tasks_drawn, visits_drawn
from linli.directory.models import Unit
from linli.kernel.actors import Actor
from linli.kernel.refusals import Refused

# What may have become of two units since the list was closed.
_MEANWHILE = ("stands_above", "in_conflict", "mutual", "oneself", "given")


def give_checks(*, by: Actor, at: datetime, draw: Draw) -> int:
    """Give the checks that were drawn to those who are still at the stage; return how many.

    Refuses: not_allowed.
    """
    assert draw.round is not None  # noqa: S101 - of checks (constraint)
    due_on = date.fromisoformat(draw.round.days[draw.stage])
    here = draw.round.candidacies.filter(stage=draw.stage).select_related("subject__unit")
    here = here.select_related("round__edition", "subject__unit")
    candidates = {_code(one): one for one in here}
    tasks = tasks_drawn(draw)
    units = {one.code: one for one in Unit.objects.filter(code__in={one.who for one in tasks})}
    given: dict[tuple[str, str], Assessment] = {}
    for number, task in enumerate(tasks, 1):
        of, first = candidates.get(task.whom), given.get((task.whom, task.repeats))
        if of is None or (task.repeats and first is None):
            continue
        try:
            made = give(
                by=by,
                at=at,
                kind=draw.stage,
                unit=units[task.who],
                of=of,
                due_on=due_on,
                first=first,
            )
        except Refused as refused:
            if refused.code not in _MEANWHILE:
                raise
            continue
        given[task.whom, task.who] = made
        Lot.objects.create(draw=draw, number=number, assessment=made)
    return len(given)


def _code(one: Candidacy) -> str:
    return one.subject.unit.code if one.subject.unit else ""


def give_visits(*, by: Actor, at: datetime, draw: Draw) -> int:
    """Plan the visits that were drawn, in the unit of whoever leads; return how many.

    Refuses: not_allowed.
    """
    assert draw.edition is not None  # noqa: S101 - of sites (constraint)
    visits = visits_drawn(draw)
    found = Subject.objects.filter(code__in=[one.site for one in visits]).select_related("unit")
    sites = {one.code: one for one in found}
    leading = Inspector.objects.filter(code__in=[one.crew[0] for one in visits])
    units = {one.code: one.unit for one in leading.select_related("unit")}
    lots = []
    for number, visit in enumerate(visits, 1):
        draft = InspectionDraft(
            edition=draw.edition,
            subject=sites[visit.site],
            unit=units[visit.crew[0]],
            day=draw.shown_on - timedelta(days=1),
            drawn=draw.code,
            inspectors=visit.crew,
        )
        try:
            planned = plan_inspection(by=by, at=at, draft=draft)
        except Refused as refused:
            if refused.code not in (*_MEANWHILE, "planned_already"):
                raise
            continue
        lots.append(Lot(draw=draw, number=number, assessment=planned.assessment))
    Lot.objects.bulk_create(lots)
    return len(lots)
