"""The joint meetings of each town: one that was held and decided something, one that is called."""

from datetime import UTC, date, datetime, time, timedelta

from linli.demo import bodies, people
from linli.demo.units import Town, unit_name
from linli.directory.models import Unit
from linli.plans import actions
from linli.plans.actions import TaskDraft
from linli.plans.models import Body, Programme

_SEATS = (
    "民族宗教事务局",
    "教育局",
    "人力资源和社会保障局",
    "司法局",
    "财政局",
    "住房和城乡建设局",
)
_AGENDA = ("多语种办事指南的发放", "社区服务站专项经费的使用")
_DECISION = "由住房和城乡建设局在年底前为社区服务站加装无障碍坡道"
_MINUTES = (
    "会议听取了各单位工作进展。\n"
    "会议认为，办事指南要放到群众看得见的地方，发放情况下次会议再报。\n"
    f"会议决定，{_DECISION}。\n"
)


def hold(town: Town, programme: Programme, *, today: date) -> None:
    """Found the bodies, hold one joint meeting with minutes and a decision, and call the next."""
    by = people.planner(town)
    body = bodies.found(town, at=_moment(today, -120))
    if body.meetings.exists():
        return
    units = {office: Unit.objects.get(name=unit_name(town, office)) for office in _SEATS}
    _hold_first(town, body, units, programme, today)
    second = actions.call_meeting(
        by=by,
        at=_moment(today, -2),
        body=body,
        title=f"{town.name}第二次联席会议",
        starts_at=_moment(today, 9),
        venue="市民中心二楼会议室",
        agenda=("下一年工作要点",),
    )
    actions.send_call(by=by, at=_moment(today, -1), meeting=second)


def _hold_first(
    town: Town, body: Body, units: dict[str, Unit], programme: Programme, today: date
) -> None:
    by = people.planner(town)
    meeting = actions.call_meeting(
        by=by,
        at=_moment(today, -80),
        body=body,
        title=f"{town.name}第一次联席会议",
        starts_at=_moment(today, -70),
        venue="市民中心二楼会议室",
        agenda=_AGENDA,
    )
    actions.send_call(by=by, at=_moment(today, -79), meeting=meeting)
    for office, unit in units.items():
        actions.note_attendance(
            by=by, at=_moment(today, -70), meeting=meeting, unit=unit, present=office != "教育局"
        )
    actions.write_minutes(by=by, at=_moment(today, -69), meeting=meeting, minutes=_MINUTES)
    meeting = actions.approve_minutes(by=by, at=_moment(today, -68), meeting=meeting)
    start = meeting.minutes.index(_DECISION)
    actions.decide(
        by=by,
        at=_moment(today, -67),
        item=meeting.agenda.all()[1],
        start=start,
        end=start + len(_DECISION),
        task_draft=TaskDraft(
            title="为社区服务站加装无障碍坡道",
            lead=units["住房和城乡建设局"],
            due_on=date((today + timedelta(days=-67)).year, 12, 31),
        ),
        measure=programme.measures.last(),
    )
    actions.settle_item(by=by, at=_moment(today, -67), item=meeting.agenda.all()[1])


def _moment(today: date, days: int) -> datetime:
    return datetime.combine(today + timedelta(days=days), time(2), UTC)
