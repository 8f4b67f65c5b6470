"""Plans for tests: a programme of Jiayuguan, its tasks, and what became of them."""

from datetime import date
from decimal import Decimal

from linli.facts.models import Indicator
from linli.facts.rules.periods import year
from linli.kernel.actors import Role
from linli.plans import actions
from linli.plans.actions import ProgrammeDraft, ProgressDraft, TaskDraft
from tests.town import directory
from tests.town.staff import actor

LEAD = "嘉峪关市人力资源和社会保障局"
OTHER = "嘉峪关市教育局"
SUPERVISION = "嘉峪关市人民政府督查室"
FILE = (b"600 certificates, listed by course", "certificates.txt", "text/plain")


def planner():
    return actor(Role.PLANNER, name="规划员", unit="嘉峪关市民族宗教事务局")


def officer(unit=LEAD):
    return actor(Role.OFFICER, name="经办人", unit=unit)


def supervisor(unit=SUPERVISION):
    return actor(Role.SUPERVISOR, name="督查员", unit=unit)


def indicator(code="training.places", **overrides):
    given = {
        "name": "培训人次",
        "unit": "人次",
        "kind": "count",
        "definition": "一年内参加培训的人次",
        "computed_by": LEAD,
        "adds_up": True,
    }
    made, _ = Indicator.objects.get_or_create(code=code, defaults=given | overrides)
    return made


def programme(*, at, title="创建工作方案", **overrides):
    given = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)} | overrides
    given.setdefault("area", directory.area())
    return actions.start_programme(by=planner(), at=at, draft=ProgrammeDraft(title=title, **given))


def measure(*, at, programme=None, title="开展职业技能培训", evidence=None):
    programme = programme or globals()["programme"](at=at)
    return actions.add_measure(
        by=planner(), at=at, programme=programme, title=title, evidence=evidence
    )


def draft(**overrides):
    """A task that is due at the end of 2026, led by LEAD; `target=600` measures it."""
    given = {"title": "全年培训600人次", "due_on": date(2026, 12, 31)} | overrides
    given.setdefault("lead", directory.unit(LEAD))
    if given.get("target") is not None:
        given["target"] = Decimal(given["target"])
        given.setdefault("indicator", indicator())
    return TaskDraft(**given)


def task(*, at, measure=None, **overrides):
    measure = measure or globals()["measure"](at=at)
    return actions.add_task(by=planner(), at=at, measure=measure, draft=draft(**overrides))


def promised_task(*, at, **overrides):
    made = task(at=at, **overrides)
    programme = made.measure.programme
    programme.refresh_from_db()
    if programme.published_at is None:
        actions.publish_programme(by=planner(), at=at, programme=programme)
    made.refresh_from_db()
    return made


def reported(*, at, task=None, by=None, file=FILE, **said):
    """Return the report of a task: done, with a file; `value=600` is of the whole year 2026."""
    task = task or promised_task(at=at)
    given = {"words": "已完成。", "says_done": True, "file": file} | said
    if given.get("value") is not None:
        given["value"] = Decimal(given["value"])
        given.setdefault("period", year(2026))
    by = by or officer(task.lead.name)
    return actions.report_progress(by=by, at=at, task=task, draft=ProgressDraft(**given))


def accepted(*, at, task=None, **said):
    """Return a task whose report was accepted."""
    report = reported(at=at, task=task, **said)
    actions.review_progress(by=supervisor(), at=at, progress=report, verdict="accepted")
    report.task.refresh_from_db()
    return report.task


def sent_back(*, at, task=None, reason="请补充证书清单。", **said):
    """Return a task whose report was sent back."""
    report = reported(at=at, task=task, **said)
    actions.review_progress(
        by=supervisor(), at=at, progress=report, verdict="sent_back", reason=reason
    )
    report.task.refresh_from_db()
    return report.task


def body(*, at, name="嘉峪关市创建工作领导小组", units=(LEAD, OTHER), **overrides):
    seated = tuple(directory.unit(unit) for unit in units)
    given = {"kind": "leading_group", "area": directory.area(), "units": seated} | overrides
    return actions.found_body(by=planner(), at=at, draft=actions.BodyDraft(name=name, **given))


def meeting(*, at, starts_at, body=None, title="第一次会议", agenda=()):
    body = body or globals()["body"](at=at)
    return actions.call_meeting(
        by=planner(), at=at, body=body, title=title, starts_at=starts_at, agenda=agenda
    )


def approved_minutes(*, meeting, minutes, at):
    """Return the meeting with minutes that stand."""
    actions.write_minutes(by=planner(), at=at, meeting=meeting, minutes=minutes)
    return actions.approve_minutes(by=planner(), at=at, meeting=meeting)
