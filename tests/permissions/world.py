"""A small town in which every address leads somewhere: shown and not shown, one's own and others'.

`OF` names what a row of the matrix is about; `parts` gives the parts of its address.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.core import signing
from django.test import Client

from linli.directory import actions as directory_actions
from linli.facts.views.importing import SALT
from linli.flows import reading_to_ledger as flow
from linli.kernel import files
from linli.kernel.actors import Actor
from linli.kernel.models import Staff
from linli.plans import actions
from linli.plans.forms.breakdown import ticket
from linli.reports import actions as report_actions
from tests.permissions import (
    world_access,
    world_asked,
    world_attested,
    world_batches,
    world_books,
    world_calendar,
    world_captures,
    world_cases,
    world_cells,
    world_console,
    world_courses,
    world_culture,
    world_digital_links,
    world_draws,
    world_exhibitions,
    world_fairs,
    world_finding,
    world_funds_public,
    world_gifts,
    world_handbook,
    world_impacts,
    world_inspections,
    world_instruments,
    world_laboratory,
    world_layers,
    world_lookup,
    world_lots,
    world_notices,
    world_offers,
    world_open_data,
    world_operators,
    world_permits,
    world_polls,
    world_projects,
    world_recalls,
    world_releases,
    world_roots,
    world_rounds,
    world_scores,
    world_services,
    world_slots,
    world_texts,
    world_tour,
    world_views,
    world_workbench,
    world_writing,
)
from tests.town import cases, directory, facts, plans, reports
from tests.town.staff import actor

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
NOON = NOW - timedelta(days=1)
THIRD = "嘉峪关市文化局"
HIDDEN = "暗处"  # stands in everything that the public may not see
# What no page for everybody says: that, and who of the staff did what.
UNSAID = (HIDDEN, "规划员", "经办人", "督查员")
PASSWORD = "long-enough-1"
ACTORS = {
    "anonymous": None,
    "planner": plans.planner(),
    "officer": plans.officer(),
    "other officer": plans.officer(plans.OTHER),
    "supervisor": plans.supervisor(),
    "own supervisor": plans.supervisor(plans.LEAD),
    "clerk": cases.clerk(plans.LEAD, name="柜员"),
    "administrator": world_services.KEEPER,
}
TABLE = "牵头单位,重点任务,具体措施,完成时限\n市教育局,开展职业技能培训,举办汉语培训班,2026.12.20\n"
FIGURES = "indicator,area,period,value,source\ntraining.trained,620200,2024,1200,统计局\n"
MINUTES = "会议决定由市人社局在年底前举办两期培训班。其他事项下次再议。"


@dataclass(frozen=True)
class World:
    """What there is (`has`), the parts of addresses by what they are of, and who is signed in."""

    has: SimpleNamespace
    parts: dict[str, dict[str, object]]
    sessions: dict[str, str]
    tickets: dict[str, dict[str, str]]  # cookies of who typed a passphrase, by what they hold
    before: dict[str, list] = field(default_factory=dict)  # all rows of all tables

    def client(self, who, **options):
        """Return a browser in which this actor is signed in."""
        client = Client(**options)
        if who in self.sessions:
            client.cookies["sessionid"] = self.sessions[who]
        return client

    def staff(self, who):
        """Return this actor's account, as a query."""
        return Staff.objects.filter(username=who)


class Parts(dict):
    """The parts of addresses, by what they are of: no name means two things."""

    def __ior__(self, more):
        if both := self.keys() & more.keys():
            raise ValueError(both)
        return super().__ior__(more)


def build():
    has = SimpleNamespace()
    has.area, has.silent = directory.area(), directory.area("620100", name="兰州市")
    has.lead, has.other = directory.unit(plans.LEAD), directory.unit(plans.OTHER)
    has.third, has.supervision = directory.unit(THIRD), directory.unit(plans.SUPERVISION)
    has.closed = directory.unit("嘉峪关市旧局")
    directory_actions.close_unit(by=actor(), at=NOON, unit=has.closed, on=NOON.date())
    sessions = {who: _signed_in(who, by) for who, by in ACTORS.items() if by}
    parts = Parts({"-": {}})
    for made in (_reports, _facts, _plans, _tasks, _meetings):
        parts |= made(has)
    parts |= {
        "unit": {"code": has.lead.code},
        "closed unit": {"code": has.closed.code},
        "place": {"area": has.area.code},
        "silent place": {"area": has.silent.code},
    }
    parts |= world_services.build(has, at=NOON)
    parts |= world_finding.build(has, at=NOON)
    parts |= world_books.build(has, at=NOON)
    parts |= world_projects.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_attested.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_batches.build(has, at=NOON)
    parts |= world_gifts.build(has, at=NOW, hidden=HIDDEN)
    parts |= world_funds_public.build(at=NOON, hidden=HIDDEN)
    held, tickets = world_cases.build(has, at=NOON, hidden=HIDDEN)
    booked, more_tickets = world_offers.build(has, at=NOON, hidden=HIDDEN)
    slots, slot_tickets = world_slots.build(has, at=NOON)
    tickets |= more_tickets | slot_tickets
    parts |= world_console.build(has, at=NOON)
    parts |= world_calendar.build(has, at=NOON)
    at_fair, fair_tickets = world_fairs.build(has, at=NOON)
    tickets |= fair_tickets
    culture, culture_tickets = world_culture.build(has, at=NOON, hidden=HIDDEN)
    tickets |= culture_tickets
    trained, trained_tickets = world_courses.build(has, at=NOON)
    tickets |= trained_tickets
    parts |= world_roots.build(at=NOW)
    parts |= world_rounds.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_instruments.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_scores.build(has, at=NOON)
    parts |= world_polls.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_inspections.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_draws.build(has, at=NOON)
    parts |= world_impacts.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_digital_links.build(has, at=NOON)
    parts |= world_captures.build(has, at=NOON)
    dealing, dealing_tickets = world_operators.build(has, at=NOON)
    parts |= dealing
    tickets |= dealing_tickets
    parts |= world_lookup.build(has)
    parts |= world_releases.build(at=NOON)
    parts |= world_asked.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_tour.build() | world_views.build() | world_handbook.build()
    parts |= world_workbench.build(has, at=NOON)
    parts |= world_texts.build(at=NOON)
    parts |= world_exhibitions.build(has, at=NOON)
    parts |= world_writing.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_open_data.build(has)
    parts |= world_access.build(has, at=NOON, hidden=HIDDEN)
    parts |= world_layers.build(at=NOON, hidden=HIDDEN)
    parts |= world_cells.build(has, at=NOON, hidden=HIDDEN)
    books, book_tickets = world_lots.build(has, at=NOON)
    parts |= books
    tickets |= book_tickets
    permits, permit_tickets = world_permits.build(has, at=NOON)
    parts |= permits
    tickets |= permit_tickets
    recalled, recall_tickets = world_recalls.build(has, at=NOON)
    parts |= recalled
    tickets |= recall_tickets
    tested, lab_tickets = world_laboratory.build(has, at=NOON)
    parts |= tested
    tickets |= lab_tickets
    noticed, notice_tickets = world_notices.build(has, at=NOON, hidden=HIDDEN)
    parts |= noticed
    tickets |= notice_tickets
    for made in (trained, culture, held, at_fair, booked, slots):
        parts |= made
    return World(has, parts, sessions, tickets)


def _signed_in(who: str, by: Actor) -> str:
    Staff.objects.create(username=who, name=by.name, role=by.role, unit=by.unit, password=PASSWORD)
    client = Client()
    client.force_login(Staff.objects.get(username=who))
    return client.cookies["sessionid"].value


def _reports(has):
    def brought(year, words=""):
        text = reports.JIAYUGUAN.replace("2025", str(year)).replace("总结", f"总结{words}", 1)
        return reports.report(at=NOON, by=plans.officer(), text=text, name=f"{year}.txt")

    has.shown, has.later, has.kept, has.withdrawn, has.accepted = (
        brought(2024), brought(2025), brought(2023, HIDDEN), brought(2022, HIDDEN), brought(2021, HIDDEN)
    )  # fmt: skip
    for report in (has.shown, has.later, has.withdrawn):
        report_actions.publish(by=actor(), report=report, at=NOON)
    report_actions.withdraw(by=actor(), report=has.withdrawn, at=NOON)
    flow.accept(by=actor(), at=NOON, report=has.accepted)
    return {
        "shown report": {"code": has.shown.code},
        "later report": {"code": has.later.code},
        "kept report": {"code": has.kept.code},
        "withdrawn report": {"code": has.withdrawn.code},
        "accepted report": {"code": has.accepted.code},
        "item": {"code": has.kept.code, "item": "m6"},
        "item out of scope": {"code": has.kept.code, "item": "m5"},
        "two shown": {"earlier": has.shown.code, "later": has.later.code},
        "shown and kept": {"earlier": has.shown.code, "later": has.kept.code},
        "kept and shown": {"earlier": has.kept.code, "later": has.shown.code},
        "shown and withdrawn": {"earlier": has.withdrawn.code, "later": has.shown.code},
    }


def _facts(has):
    has.indicator = facts.indicator("training.trained")
    has.inside = facts.indicator("inside.only", name=f"{HIDDEN}人次", public=False)
    has.fact = facts.fact("300", at=NOON, source="统计局")
    has.claim = facts.fact("310", at=NOON, source=plans.LEAD, period="2020")
    has.secret = facts.fact("7", at=NOON, indicator=has.inside, source=f"{HIDDEN}局")
    good = {"digest": files.set_aside(FIGURES.encode(), at=NOW), "name": "figures.csv"}
    wrong = FIGURES.replace("2024", "first").encode()
    bad = {"digest": files.set_aside(wrong, at=NOW), "name": "figures.csv"}
    return {
        "public indicator": {"code": has.indicator.code},
        "hidden indicator": {"code": has.inside.code},
        "fact": {"code": has.fact.code},
        "unit's claim": {"code": has.claim.code},
        "hidden fact": {"code": has.secret.code},
        "good table of facts": {"token": signing.dumps(good, salt=SALT, compress=True)},
        "table of facts": {"token": signing.dumps(bad, salt=SALT, compress=True)},
        "forged table": {"token": signing.dumps(good, salt="another")},
    }


def _plans(has):
    by = plans.planner()
    has.measure = plans.measure(at=NOON)
    has.open = plans.promised_task(at=NOON, measure=has.measure, target=600)
    has.programme = has.open.measure.programme
    kept = plans.programme(at=NOON, title=f"{HIDDEN}方案", area=has.silent)
    has.kept_measure = plans.measure(at=NOON, programme=kept, title=f"{HIDDEN}措施")
    has.kept_programme = kept
    draft = actions.DocumentDraft(title=f"{HIDDEN}通知", area=has.area, number="嘉发1号")
    has.document = actions.record_document(by=by, at=NOON, draft=draft)
    draft = actions.DocumentDraft(title="旧通知", area=has.area, number="嘉发2号")
    has.replaced = actions.record_document(by=by, at=NOON, draft=draft)
    draft = actions.DocumentDraft(title="新通知", area=has.area, number="嘉发3号")
    actions.replace_document(by=by, at=NOON, document=has.replaced, draft=draft)
    digest = files.set_aside(TABLE.encode(), at=NOW)
    return {
        "published programme": {"code": has.programme.code},
        "kept programme": {"code": kept.code},
        "published measure": {"code": has.measure.code},
        "kept measure": {"code": has.kept_measure.code},
        "document": {"code": has.document.code},
        "replaced document": {"code": has.replaced.code},
        "table of tasks": {
            "table": ticket(programme=has.programme, digest=digest, name="table.csv")
        },
        "forged table of tasks": {"table": signing.dumps({"d": digest}, salt="another")},
    }


def _tasks(has):
    def promised(title, **overrides):
        return plans.task(at=NOON, measure=has.measure, title=title, target=600, **overrides)

    by, lead = plans.planner(), {"lead": has.third, "responsible": (has.lead,)}
    lead |= {"supporting": (has.other,)}
    has.shared = promised("共同培训600人次", **lead)
    has.reported = plans.reported(at=NOON, task=promised("已报任务"), value=600)
    has.shared_reported = plans.reported(
        at=NOON,
        task=promised("共同已报任务", **lead),
        by=plans.officer(THIRD),
        file=(b"x", "x.txt", ""),
    )
    has.done = plans.accepted(at=NOON, task=promised("已成任务"), file=(b"y", "y.txt", ""))
    has.moving, has.shared_moving = promised("要改的任务"), promised("共同要改的任务", **lead)
    has.quiet = promised("不说数的任务", indicator=has.inside)
    plans.reported(at=NOON, task=has.quiet, value=77, file=(b"z", "z.txt", ""))
    has.unpromised = plans.task(at=NOON, measure=has.kept_measure, title=f"{HIDDEN}任务")
    has.move, has.shared_move = (
        actions.ask_move(
            by=plans.officer(unit), at=NOON, task=task, target=task.target,
            due_on=task.due_on + timedelta(days=30), reason=f"{HIDDEN}理由",
        )
        for task, unit in ((has.moving, plans.LEAD), (has.shared_moving, THIRD))
    )  # fmt: skip
    has.step, has.shared_step = (
        actions.add_milestone(by=by, at=NOON, task=task, title="确定师资", due_on=task.due_on)
        for task in (has.open, has.shared)
    )
    has.letter = actions.send_notice(
        by=plans.supervisor(), at=NOON, task=has.open, unit=has.lead, kind="remind",
        due_on=(NOW + timedelta(days=5)).date(), words=f"{HIDDEN}的督办函",
    )  # fmt: skip
    names = {
        "own task": has.open, "shared task": has.shared, "own reported task": has.reported.task,
        "shared reported task": has.shared_reported.task, "own moving task": has.moving,
        "shared moving task": has.shared_moving, "done task": has.done, "kept task": has.unpromised,
        "task of a hidden indicator": has.quiet,
    }  # fmt: skip
    return {name: {"code": task.code} for name, task in names.items()} | {
        "own milestone": {"code": has.open.code, "key": has.step.pk},
        "shared milestone": {"code": has.shared.code, "key": has.shared_step.pk},
        "another's milestone": {"code": has.open.code, "key": has.shared_step.pk},
        "letter": {"code": has.open.code, "key": has.letter.pk},
        "another's letter": {"code": has.shared.code, "key": has.letter.pk},
        "file": {"code": has.reported.task.code, "key": has.reported.evidence_id},
        "another's file": {"code": has.open.code, "key": has.reported.evidence_id},
    }


def _meetings(has):
    body = plans.body(at=NOON, name=f"{HIDDEN}小组")
    before, after = NOON - timedelta(days=2), NOW + timedelta(days=3)
    has.held = plans.meeting(at=before, starts_at=NOON - timedelta(1), body=body, agenda=["一"])
    has.point_held = has.held.agenda.get()
    has.held = plans.approved_minutes(meeting=has.held, minutes=MINUTES, at=NOON)
    has.ahead = plans.meeting(at=NOON, starts_at=after, body=body, agenda=["研究分工"])
    has.point = has.ahead.agenda.get(title="研究分工")
    units = plans.body(at=NOON, name=f"{HIDDEN}会议")
    has.called = plans.meeting(at=NOON, starts_at=after, body=units)
    actions.send_call(by=plans.planner(), at=NOON, meeting=has.called)
    return {
        "body": {"code": body.code},
        "meeting called": {"code": has.called.code},
        "meeting ahead": {"code": has.ahead.code},
        "meeting held": {"code": has.held.code},
        "point": {"code": has.ahead.code, "key": has.point.pk},
        "another's point": {"code": has.ahead.code, "key": has.point_held.pk},
        "sentence": {"code": has.held.code, "start": 0, "end": MINUTES.index("。") + 1},
        "no sentence": {"code": has.held.code, "start": 0, "end": 9999},
        "sentence ahead": {"code": has.ahead.code, "start": 0, "end": 3},
    }
