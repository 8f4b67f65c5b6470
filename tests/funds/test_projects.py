"""Projects: planned, promised, built, visited, moved with a reason; and what the database never lets be untrue."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from linli.funds.actions import programmes, progress, projects, sending, visits
from linli.funds.models import Contract, Milestone, Note, Photo, Programme, Project, Sent, Visit
from linli.funds.queries.project_page import project_page
from linli.funds.queries.projects import ProjectsAsked, asked_projects, by_state, with_states
from linli.funds.queries.sent import people_sent
from linli.kernel import files
from linli.kernel.actors import Role
from linli.kernel.refusals import Refused
from linli.kernel.uploads import Rebuilt, rebuild
from tests.town import asking, directory
from tests.town import projects as town
from tests.town.staff import actor

pytestmark = pytest.mark.django_db
TABLES = (Programme, Project, Milestone, Contract, Note, Visit, Photo, Sent)
STRANGER = town.officer("另一个单位")
RECEIVER = town.officer(town.RECEIVER)


@pytest.fixture
def planned(noon):
    return town.project(at=noon)


@pytest.fixture
def promised(noon):
    return town.published(at=noon)


def refused(code, deed):
    """Say whether a deed is refused with this code, and nothing was written."""
    before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    with pytest.raises(Refused) as caught:
        deed()
    after = [list(table.objects.order_by("pk").values()) for table in TABLES]
    return (caught.value.code, after) == (code, before)


def state(project, day):
    return with_states(Project.objects.filter(pk=project.pk), day).get().state


def test_begins_amends_and_publishes_a_programme_line(noon):
    line = town.programme(at=noon, published=False)
    whole = town.programme(at=noon, name="六大工程四大行动")
    draft = programmes.ProgrammeDraft(
        name="教育帮扶", kind="assistance", unit=line.unit, area=line.area, above=whole,
        starts_on=date(2026, 2, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip

    kept = programmes.amend_programme(by=town.officer(), at=noon, programme=line, draft=draft)
    programmes.publish_programme(by=town.officer(), at=noon, programme=line)

    assert (kept.name, kept.above, kept.ends_on) == ("教育帮扶", whole, date(2026, 12, 31))
    assert set(Programme.objects.published()) == {whole, kept}


def test_refuses_a_programme_line_that_makes_no_sense(noon):
    whole = town.programme(at=noon)
    part = town.programme(at=noon, name="教育帮扶", above=whole)
    good = programmes.ProgrammeDraft(
        name="医疗帮扶", kind="assistance", unit=whole.unit, area=whole.area,
        starts_on=whole.starts_on,
    )  # fmt: skip

    def begin(by=None, **changed):
        draft = replace(good, **changed)
        return lambda: programmes.begin_programme(by=by or town.officer(), at=noon, draft=draft)

    def amend(programme, **changed):
        draft = replace(good, **changed)
        by = town.officer()
        return lambda: programmes.amend_programme(by=by, at=noon, programme=programme, draft=draft)

    assert refused("not_allowed", begin(actor(Role.CLERK)))
    assert refused("not_own_unit", begin(STRANGER))
    assert refused("no_name", begin(name=" "))
    assert refused("unknown_kind", begin(kind="x"))
    assert refused("days_wrong", begin(ends_on=date(2025, 1, 1)))
    assert refused("too_deep", begin(above=part))
    assert refused("too_deep", amend(whole, above=town.programme(at=noon, name="另一条")))
    assert refused("is_published", amend(whole, kind="other"))
    publish = programmes.publish_programme
    assert refused(
        "already_published", lambda: publish(by=town.officer(), at=noon, programme=whole)
    )


def test_plans_and_publishes_a_project(noon, planned):
    work = town.work(planned, at=noon, quantity=Decimal("7000.3"), measure="平方米", amount=5)
    town.milestone(planned, at=noon)
    assert list(Project.objects.published()) == []

    town.publish(planned, at=noon)

    assert list(Project.objects.published()) == [planned]
    assert (work.number, planned.due_on) == (1, planned.promised_on)
    assert list(Project.objects.visible_to(RECEIVER)) == [planned]
    assert list(Project.objects.visible_to(STRANGER)) == []
    assert list(Project.objects.visible_to(actor(Role.SUPERVISOR))) == [planned]


def test_refuses_a_project_that_makes_no_sense(noon, planned):
    by = town.officer()
    good = projects.ProjectDraft(
        programme=planned.programme, name="学校", unit=planned.unit, giving=planned.giving,
        receiving=planned.receiving, starts_on=planned.starts_on, promised_on=planned.promised_on,
    )  # fmt: skip

    def plan(by=by, **changed):
        draft = replace(good, **changed)
        return lambda: projects.plan_project(by=by, at=noon, draft=draft)

    def amend(**changed):
        draft = replace(good, amount=planned.amount, **changed)
        return lambda: projects.amend_project(by=by, at=noon, project=planned, draft=draft)

    def work(**given):
        return lambda: town.work(planned, at=noon, **given)

    assert refused("not_allowed", plan(actor(Role.SUPERVISOR)))
    assert refused("not_own_unit", plan(STRANGER))
    assert refused("no_name", plan(name=""))
    assert refused("days_wrong", plan(promised_on=date(2026, 10, 31)))
    assert refused("amount_wrong", plan(amount=-1))
    assert refused("other_programme", amend(programme=town.programme(at=noon, name="另一条")))
    assert refused("nothing_promised", lambda: town.publish(planned, at=noon))
    assert refused("no_name", work(name=" "))
    assert refused("amount_wrong", work(amount=-1))
    assert refused("amount_wrong", work(quantity=Decimal(0)))
    assert refused("day_wrong", lambda: town.milestone(planned, at=noon, day=date(2026, 10, 1)))
    assert refused("no_name", lambda: town.milestone(planned, at=noon, name=""))
    amend(promised_on=date(2027, 7, 31))()
    planned.refresh_from_db()
    assert planned.due_on == planned.promised_on == date(2027, 7, 31)
    town.milestone(planned, at=noon)
    town.publish(planned, at=noon)
    assert refused("already_published", lambda: town.publish(planned, at=noon))
    assert refused("is_published", amend(promised_on=date(2027, 8, 31)))
    hidden = town.project(at=noon, of=town.programme(at=noon, name="暗", published=False))
    assert refused("programme_not_published", lambda: town.publish(hidden, at=noon))


def test_drops_what_nobody_was_promised_yet_and_nothing_else(noon, planned, promised):
    by = town.officer()
    work, begun = town.work(planned, at=noon), town.work(planned, at=noon, name="医技楼")
    progress.begin_work(by=by, at=noon, work=begun, day=noon.date())

    projects.drop(by=by, at=noon, part=work)

    assert list(planned.works.all()) == [begun]
    assert refused("already_begun", lambda: projects.drop(by=by, at=noon, part=begun))
    step = promised.milestones.get()
    assert refused("is_published", lambda: projects.drop(by=by, at=noon, part=step))


def test_follows_a_project_from_plan_to_end(noon, promised):
    by, today = town.officer(), noon.date()
    work, step = promised.works.get(), promised.milestones.get()
    early = promised.starts_on
    states = [state(promised, early), state(promised, today)]

    progress.begin_work(by=by, at=noon, work=work, day=today)
    states.append(state(promised, today))
    states.append(state(promised, step.due_on + timedelta(days=1)))
    stopped = progress.stop(by=by, at=noon, project=promised, reason="汛期停工")
    states.append(state(promised, today))
    progress.resume(by=by, at=noon, project=promised, reason="汛期已过")
    progress.finish_work(by=by, at=noon, work=work, day=today, shown=town.SHOWN)
    states.append(state(promised, today))
    progress.reach(by=by, at=noon, milestone=step, day=today, shown=town.SHOWN)
    states.append(state(promised, today))

    assert states == ["planned", "delayed", "running", "delayed", "stopped", "running", "done"]
    kinds = [one.kind for one in promised.notes.order_by("pk")]
    assert kinds == ["begun", "stopped", "resumed", "finished", "reached"]
    assert stopped.answer.kind == "resumed"
    shown = promised.notes.get(kind="finished").evidence
    assert (shown.source, shown.words) == (town.KEEPER, town.SHOWN.words)
    assert by_state(Project.objects.all(), today) == {
        "planned": 0, "running": 0, "delayed": 0, "done": 1, "stopped": 0,
    }  # fmt: skip


def test_refuses_progress_that_cannot_be(noon, promised):
    by, today, tomorrow = town.officer(), noon.date(), noon.date() + timedelta(days=1)
    work, step = promised.works.get(), promised.milestones.get()

    def begin(day=today, by=by):
        return lambda: progress.begin_work(by=by, at=noon, work=work, day=day)

    def finish(day=today, shown=town.SHOWN):
        return lambda: progress.finish_work(by=by, at=noon, work=work, day=day, shown=shown)

    def reach(shown=town.SHOWN):
        return lambda: progress.reach(by=by, at=noon, milestone=step, day=today, shown=shown)

    assert refused("not_own_unit", begin(by=RECEIVER))
    assert refused("day_to_come", begin(tomorrow))
    assert refused("not_begun", finish())
    begin()()
    assert refused("already_begun", begin())
    assert refused("day_wrong", finish(today - timedelta(days=1)))
    assert refused("no_words", finish(shown=progress.Shown(" ")))
    assert refused("no_words", reach(progress.Shown("")))
    finish()()
    assert refused("already_done", finish())
    reach()()
    assert refused("already_reached", reach())
    assert refused(
        "not_stopped",
        lambda: progress.resume(by=by, at=noon, project=promised, reason="没有停"),
    )
    progress.stop(by=by, at=noon, project=promised, reason="资金")
    assert refused(
        "is_stopped", lambda: progress.stop(by=by, at=noon, project=promised, reason="资金")
    )
    assert refused("is_stopped", begin())


def test_moves_a_day_and_keeps_the_first_promise_with_the_reason(noon, promised):
    step = promised.milestones.get()
    first, later = step.due_on, step.due_on + timedelta(days=60)

    def move(of=step, now_on=later, reason="冻土期延长", by=None):
        by = by or town.officer()
        return lambda: progress.move_day(by=by, at=noon, of=of, now_on=now_on, reason=reason)

    assert refused("no_reason", move(reason=" "))
    assert refused("same_day", move(now_on=first))
    assert refused("day_wrong", move(now_on=date(2026, 10, 1)))
    assert refused("not_own_unit", move(by=RECEIVER))
    note = move()()
    move(of=promised, now_on=date(2027, 9, 30))()

    step.refresh_from_db()
    promised.refresh_from_db()
    assert (step.promised_on, step.due_on) == (first, later)
    assert (note.was_on, note.now_on, note.words) == (first, later, "冻土期延长")
    assert (promised.promised_on, promised.due_on) == (date(2027, 6, 30), date(2027, 9, 30))
    assert state(promised, promised.starts_on) == "delayed"


def test_notes_warnings_from_either_side_until_they_are_gone(noon, promised):
    warning = progress.warn(by=RECEIVER, at=noon, project=promised, words="运输道路可能中断")
    progress.tell_delay(by=town.officer(), at=noon, project=promised, words="材料晚到一周")
    assert project_page(promised, noon.date()).warnings == [warning]

    def ease(note=warning, words="道路已通"):
        return lambda: progress.ease(by=town.officer(), at=noon, warning=note, words=words)

    other = town.work(town.project(at=noon, of=promised.programme), at=noon)
    assert refused(
        "other_project",
        lambda: progress.warn(by=RECEIVER, at=noon, project=promised, words="x", of=other),
    )
    assert refused("no_words", ease(words=""))
    assert refused("not_a_warning", ease(promised.notes.get(kind="delay")))
    assert refused(
        "not_own_unit",
        lambda: progress.warn(by=STRANGER, at=noon, project=promised, words="路过"),
    )
    ease()()
    assert refused("already_answered", ease())
    assert project_page(promised, noon.date()).warnings == []


def test_visits_with_photos_and_settles_what_was_found(noon, promised, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first = town.visited(promised, at=noon, by=RECEIVER, photos=["red", "green"], finding="mend")
    page = project_page(promised, noon.date())
    assert (page.faults, page.visits[0].unit.name) == ([first], town.RECEIVER)
    shown = [(one.number, one.words, files.fetch(one.digest)[:4]) for one in first.photos.all()]
    assert shown == [(1, "red工地", b"\x89PNG"), (2, "green工地", b"\x89PNG")]

    draft = visits.VisitDraft(
        unit=promised.unit, day=noon.date(), finding="fine", words="已修好", settles=first
    )
    visits.visit(by=town.officer(), at=noon, project=promised, draft=draft)

    assert project_page(promised, noon.date()).faults == []
    again = replace(draft, words="又修好")
    assert refused(
        "already_settled",
        lambda: visits.visit(by=town.officer(), at=noon, project=promised, draft=again),
    )


def test_refuses_a_visit_that_makes_no_sense(noon, promised, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    shot = visits.Shot(rebuild(asking.photo(), name="a.jpg"), "工地")
    good = visits.VisitDraft(unit=promised.unit, day=noon.date(), finding="fine", words="好")
    elsewhere = town.visited(town.project(at=noon, of=promised.programme), at=noon)

    def visit(by=None, **changed):
        draft = replace(good, **changed)
        by = by or town.officer()
        return lambda: visits.visit(by=by, at=noon, project=promised, draft=draft)

    assert refused("not_own_unit", visit(STRANGER))
    assert refused("not_own_unit", visit(unit=directory.unit("另一个单位")))
    assert refused("no_words", visit(words=" "))
    assert refused("unknown_finding", visit(finding="x"))
    assert refused("day_to_come", visit(day=noon.date() + timedelta(days=1)))
    assert refused("other_project", visit(settles=elsewhere))
    assert refused("somebody_shown", visit(photos=[shot]))
    assert refused("too_many_photos", visit(photos=[shot] * 7, nobody_shown=True))
    assert refused("no_photo_words", visit(photos=[shot._replace(words="")], nobody_shown=True))
    paper = visits.Shot(Rebuilt(b"%PDF", "application/pdf", "pdf"), "纸")
    assert refused("not_a_photo", visit(photos=[paper], nobody_shown=True))
    assert list(tmp_path.rglob("*")) == []


def test_takes_a_photo_down_for_ever(
    noon, promised, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    photo = town.visited(promised, at=noon, photos=["red"]).photos.get()
    assert refused("not_own_unit", lambda: visits.take_down(by=STRANGER, at=noon, photo=photo))

    with django_capture_on_commit_callbacks(execute=True):
        visits.take_down(by=RECEIVER, at=noon, photo=photo)

    with pytest.raises(FileNotFoundError):
        files.fetch(photo.digest)
    photo.refresh_from_db()
    assert (photo.digest, photo.taken_down_on, photo.words) == ("", noon.date(), "red工地")
    assert refused(
        "already_taken_down", lambda: visits.take_down(by=RECEIVER, at=noon, photo=photo)
    )


def test_counts_people_sent_and_corrects_a_count(noon, promised):
    line, by = promised.programme, town.officer()
    draft = sending.SentDraft(role="teachers", count=55, from_on=date(2026, 3, 1), team="第一批")

    def send(by=by, **changed):
        given = replace(draft, **changed)
        return lambda: sending.send(by=by, at=noon, programme=line, draft=given)

    wrong = send(count=550)()
    send(role="officials", count=8, team="第二批", project=promised)()

    def correct(reason="多写了一个零", **changed):
        given = replace(draft, **changed)
        return lambda: sending.correct_sent(by=by, at=noon, sent=wrong, draft=given, reason=reason)

    assert refused("no_reason", correct(" "))
    assert refused("amount_wrong", correct(count=-1))
    correct()()
    assert refused("already_corrected", correct())
    assert refused("amount_wrong", send(count=0))
    assert refused("unknown_role", send(role="x"))
    assert refused("days_wrong", send(until_on=date(2026, 2, 1)))
    assert refused("not_own_unit", send(STRANGER))
    other = town.project(at=noon, of=town.programme(at=noon, name="另一条"))
    assert refused("other_project", send(project=other))
    assert people_sent(line) == ((63, {}, 63), 2)
    assert people_sent(promised) == ((None, {}, 0), 1)


def test_adds_up_contracts_with_their_changes(noon, promised):
    by, work = town.officer(), promised.works.get()
    draft = sending.ContractDraft(words="土建", signed_on=noon.date(), amount=500, work=work)

    def sign(by=by, **changed):
        given = replace(draft, **changed)
        return lambda: sending.sign_contract(by=by, at=noon, project=promised, draft=given)

    first = sign()()

    def change(contract=first, **changed):
        given = replace(draft, **changed)
        return lambda: sending.change_contract(by=by, at=noon, contract=contract, draft=given)

    less = change(amount=-100)()
    assert refused("amount_wrong", change(amount=-401))
    assert refused("amount_wrong", change(amount=0))
    assert refused("is_a_change", change(less, amount=1))
    assert refused("amount_wrong", sign(amount=0))
    assert refused("no_words", sign(words=""))
    assert refused("day_to_come", sign(signed_on=noon.date() + timedelta(days=1)))
    assert refused("not_own_unit", sign(RECEIVER))
    other = town.work(town.project(at=noon, of=promised.programme), at=noon)
    assert refused("other_project", sign(work=other))
    page = project_page(promised, noon.date())
    assert (page.contracts.count, page.contracts.amount, page.works[0].contracted) == (1, 400, 400)


def test_filters_projects_as_somebody_asks(noon, promised):
    line = promised.programme
    part = town.programme(at=noon, name="教育帮扶", above=line)
    town.published(at=noon, of=part, name="中心小学")
    today = noon.date()

    def names(**asked):
        found = asked_projects(Project.objects.all(), ProjectsAsked(**asked), today)
        return [one.name for one in found]

    assert names() == names(programme=line) == ["中心小学", "高原慢性病康复中心"]
    assert names(programme=part) == names(words="小学") == ["中心小学"]
    assert names(state="delayed", receiving=town.receiving()) == names()
    assert names(state="done") == names(giving=town.receiving()) == []
    assert names(receiving=directory.area("513300", name="甘孜州")) == names()


TRUE_LIES = {
    "a note changed": lambda p: Note.objects.update(words="别的"),
    "a note removed": lambda p: Note.objects.all().delete(),
    "a visit changed": lambda p: Visit.objects.update(finding="fine"),
    "a count changed": lambda p: Sent.objects.update(count=1000),
    "a contract changed": lambda p: Contract.objects.update(amount=1),
    "a photo given back": lambda p: Photo.objects.update(words="别的"),
    "a milestone moved without a reason": lambda p: p.milestones.update(due_on=date(2030, 1, 1)),
    "a first promise overwritten": lambda p: p.milestones.update(promised_on=date(2030, 1, 1)),
    "a milestone reached without a note": lambda p: p.milestones.update(reached_on=p.starts_on),
    "a milestone removed": lambda p: p.milestones.all().delete(),
    "a work done without a note": lambda p: p.works.update(done_on=date(2026, 11, 21)),
    "a work begun another day": lambda p: p.works.update(begun_on=p.starts_on),
    "a work made cheaper": lambda p: p.works.update(amount=7),
    "a project's day moved": lambda p: Project.objects.update(due_on=date(2030, 1, 1)),
    "a promise made smaller": lambda p: Project.objects.update(amount=1),
    "a project unpublished": lambda p: Project.objects.update(published_at=None),
    "a programme unpublished": lambda p: Programme.objects.update(published_at=None),
    "a note about another's work": lambda p: Note.objects.create(
        project=p, kind="warning", day=p.starts_on, words="x", at=p.at, work=_others(p).works.get()
    ),
    "a warning eased that is none": lambda p: Note.objects.create(
        project=p, kind="eased", day=p.starts_on, words="x", at=p.at, answers=p.notes.get()
    ),
    "an end without evidence": lambda p: Note.objects.create(
        project=p, kind="reached", day=p.starts_on, at=p.at, milestone=p.milestones.get()
    ),
    "a moved day without words": lambda p: Note.objects.create(
        project=p, kind="moved", day=p.starts_on, at=p.at, was_on=p.due_on, now_on=p.starts_on
    ),
}


def _others(project):
    return Project.objects.exclude(pk=project.pk).get()


@pytest.mark.parametrize("lie", TRUE_LIES)
def test_never_holds_what_is_not_true(lie, noon, promised):
    town.work(town.project(at=noon, of=promised.programme), at=noon)
    by = town.officer()
    progress.begin_work(by=by, at=noon, work=promised.works.get(), day=noon.date())
    visit = town.visited(promised, at=noon, finding="mend")
    Photo.objects.create(visit=visit, number=1, digest="0" * 64, media_type="image/png", words="x")
    draft = sending.SentDraft(role="health", count=12, from_on=noon.date())
    sending.send(by=by, at=noon, programme=promised.programme, draft=draft)
    deal = sending.ContractDraft(words="土建", signed_on=noon.date(), amount=500)
    sending.sign_contract(by=by, at=noon, project=promised, draft=deal)

    with pytest.raises(DatabaseError), transaction.atomic():
        TRUE_LIES[lie](promised)


def test_moves_a_day_back_only_by_a_newer_note(noon, promised):
    step = promised.milestones.get()
    first, later = step.due_on, step.due_on + timedelta(days=9)
    for day in (later, first):
        progress.move_day(by=town.officer(), at=noon, of=step, now_on=day, reason="改期")

    with pytest.raises(DatabaseError), transaction.atomic():
        Milestone.objects.update(due_on=later)  # by the first note, which is used up
