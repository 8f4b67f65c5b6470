"""Draws of checks and of sites: told before there is a list, closed into the log, drawn as anybody computes them."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction

from linli.assessments.actions import conflicts, draws, inspecting
from linli.assessments.models import Assessment, Conflict, Draw, Inspection, Inspector, Lot, Recusal
from linli.assessments.queries.draw_lists import checks_now
from linli.assessments.queries.draws import in_public, tasks_drawn, told
from linli.assessments.rules import assigning
from linli.assessments.tasks import draw as tick
from linli.kernel import verify_draw
from linli.kernel.actors import Role
from linli.kernel.draw_seeds import seed_file
from linli.kernel.drawing import commitment
from linli.kernel.looks import sequence
from linli.kernel.refusals import Refused
from tests.town import assessments as town
from tests.town import directory, drawn, inspections
from tests.town.races import at_once
from tests.town.staff import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime(2026, 3, 2, 2, tzinfo=UTC)


@pytest.fixture
def round_(now):
    return town.opened(at=now, doubled=20)


def refused(code, deed, *, writes=(Draw, Assessment, Lot)):
    before = [list(model.objects.values()) for model in writes]
    with pytest.raises(Refused) as caught:
        deed()
    assert [list(model.objects.values()) for model in writes] == before
    return caught.value.code == code


def fresh(one):
    return type(one).objects.get(pk=one.pk)


class TestChecks:
    def test_tells_the_hash_of_a_seed_that_is_kept_elsewhere(self, round_, now):
        planned = drawn.checks(at=now, of=round_)

        assert commitment(seed_file(planned.commitment).read_text()) == planned.commitment
        assert seed_file(planned.commitment).read_text() not in str(Draw.objects.values())
        assert planned.terms == {"each": 2, "pool": []}

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("unknown_stage", {"stage": "poll"}),
            ("each_wrong", {"each": 0}),
            ("each_wrong", {"each": 10}),
            ("no_pool", {"stage": "site"}),
            ("closes_wrong", {"closes_at": timedelta()}),
            ("closes_wrong", {"closes_at": timedelta(days=300)}),
        ],
    )
    def test_refuses_what_is_no_draw_of_checks(self, round_, now, code, changed):
        given = {"stage": "cross", "each": 2, "closes_at": drawn.AN_HOUR} | changed
        draft = draws.ChecksDraft(**given | {"closes_at": now + given["closes_at"]})

        assert refused(
            code, lambda: draws.plan_checks(by=town.planner(), at=now, round=round_, draft=draft)
        )

    def test_refuses_a_second_draw_of_a_stage_another_unit_and_a_clerk(self, round_, now):
        drawn.checks(at=now, of=round_)
        draft = draws.ChecksDraft("cross", 2, now + drawn.AN_HOUR)

        for by, code in (
            (town.planner(), "planned"),
            (town.officer("教育局"), "not_own_unit"),
            (actor(Role.CLERK), "not_allowed"),
        ):
            assert refused(
                code, lambda by=by: draws.plan_checks(by=by, at=now, round=round_, draft=draft)
            )

    def test_gives_the_tasks_that_anybody_computes(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        planned = drawn.drawn(drawn.checks(at=now, of=round_))

        tasks = tasks_drawn(planned)
        given = Assessment.objects.filter(lot__draw=planned).order_by("lot__number")
        told_ = [(one.about.code, one.unit.code) for one in given.select_related("about", "unit")]
        assert told_ == [(task.whom, task.who) for task in tasks]
        assert len(tasks) == 6 * 2 + 2  # a fifth of six, rounded up, is checked by one more
        seconds = {one for one in given if one.first_id}
        assert len(seconds) == 2
        assert {one.first.about_id for one in seconds} == {one.about_id for one in seconds}
        assert {one.due_on.isoformat() for one in given} == {round_.days["cross"]}

    def test_keeps_apart_who_must_not_check_one_another(self, round_, now):
        made = drawn.candidates(8, at=now, of=round_)
        one, other, third = (each.subject.unit for each in made[:3])
        third.above = one
        third.save()
        drawn_apart = conflicts.tell_conflict(
            by=town.planner(), at=now, units=(other, one), reason="合署办公"
        )
        terms = checks_now(round_, "cross", 2)

        planned = drawn.drawn(drawn.checks(at=now, of=round_))

        apart = {frozenset((one.code, other.code)), frozenset((one.code, third.code))}
        assert {frozenset(pair) for pair in terms.barred} == apart
        assert not apart & {frozenset((task.who, task.whom)) for task in tasks_drawn(planned)}
        assert drawn_apart.one_id < drawn_apart.other_id

    def test_refuses_a_list_that_nobody_can_deal_out(self, round_, now):
        planned = drawn.checks(at=now, of=round_)
        assert refused("nobody", lambda: drawn.close(planned))
        drawn.candidates(2, at=now, of=round_)
        assert refused("too_few", lambda: drawn.close(planned))
        assert refused(
            "too_soon",
            lambda: draws.close(by=drawn.CLOCK, at=now, draw=planned),
        )

    def test_refuses_two_who_could_only_check_each_other(self, now):
        round_ = town.opened(at=now, doubled=0)
        drawn.candidates(2, at=now, of=round_)

        assert refused(
            "no_way",
            lambda: drawn.close(drawn.checks(at=now, of=round_, each=1)),
            writes=[Assessment],
        )

    def test_waits_for_the_log_and_draws_once(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        planned = drawn.checks(at=now, of=round_)
        later = planned.closes_at

        def draw():
            return draws.draw(by=drawn.CLOCK, at=later, draw=planned)

        assert refused("not_closed", draw)
        drawn.close(planned)
        assert refused("closed", lambda: drawn.close(planned))
        assert refused("no_beacon", draw)
        sequence(later + timedelta(seconds=10))
        assert draw().drawn_at == later
        assert refused("drawn", draw)

    def test_loses_no_draw_for_who_left_or_came_into_conflict_meanwhile(self, round_, now):
        made = drawn.candidates(6, at=now, of=round_)
        planned = drawn.checks(at=now, of=round_)
        drawn.close(planned)
        gone, one, other = made[0], made[1].subject.unit, made[2].subject.unit
        town.rounds.step(by=town.planner(), at=now, candidacy=gone, to="left", reason="撤回")
        conflicts.tell_conflict(by=town.officer(one), at=now, units=(one, other), reason="亲属任职")
        sequence(planned.closes_at + timedelta(seconds=10))

        done = draws.draw(by=drawn.CLOCK, at=planned.closes_at, draw=planned)

        given = Assessment.objects.filter(lot__draw=done)
        assert not given.filter(candidacy=gone).exists()
        assert not given.filter(unit__in=(one, other), about__in=(one, other)).exists()
        assert 0 < given.count() < len(tasks_drawn(done))

    def test_is_withdrawn_in_public_before_its_list_is_closed_and_never_after(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        planned = drawn.checks(at=now, of=round_)

        def withdraw(one, reason="人数有误"):
            return draws.withdraw(by=town.planner(), at=now, draw=one, reason=reason)

        assert refused("no_reason", lambda: withdraw(planned, " "))
        withdraw(planned)
        assert refused("withdrawn", lambda: drawn.close(planned))
        again = drawn.checks(at=now, of=round_)
        drawn.close(again)
        assert refused("closed", lambda: withdraw(again))
        with pytest.raises(DatabaseError), transaction.atomic():
            Draw.objects.filter(pk=again.pk).update(withdrawn_at=now, reason="结果不好")
        assert told(fresh(planned), now.date())["reason"] == "人数有误"

    def test_writes_hash_list_and_seed_once(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        planned = drawn.drawn(drawn.checks(at=now, of=round_))

        for changed in (
            {"commitment": "0" * 64}, {"terms": {"each": 1, "pool": []}}, {"entries": "{}"}, {"seed": "0" * 64},
            {"beacon": "x"}, {"closes_at": now}, {"shown_on": "2030-01-01"}, {"drawn_at": now},
        ):  # fmt: skip
            with pytest.raises(DatabaseError), transaction.atomic():
                Draw.objects.filter(pk=planned.pk).update(**changed)
        for kept in (planned, planned.lots.first()):
            with pytest.raises(DatabaseError), transaction.atomic():
                type(kept).objects.filter(pk=kept.pk).delete()

    def test_is_drawn_by_the_clock(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        planned = drawn.checks(at=now, of=round_)

        assert tick(now) == 0
        assert tick(planned.closes_at) == 1
        sequence(planned.closes_at + timedelta(seconds=10))
        assert tick(planned.closes_at + timedelta(seconds=15)) == 1
        assert tick(planned.closes_at + timedelta(minutes=1)) == 0
        assert fresh(planned).drawn_at is not None


class TestSites:
    def premises(self, number, now, **given):
        return [inspections.premises(at=now, name=f"第{n}面馆", **given) for n in range(number)]

    def test_plans_visits_with_the_inspectors_that_were_drawn(self, now):
        self.premises(5, now)
        pool = {one.code for one in drawn.pool(4, at=now)}

        done = drawn.drawn(drawn.sites(at=now, take=3))

        visits = Inspection.objects.filter(assessment__lot__draw=done).select_related("assessment")
        assert len(visits) == 3
        for one in visits:
            assert (one.drawn, len(one.inspectors)) == (done.code, 2)
            assert set(one.inspectors) < pool
            assert one.assessment.due_on == done.shown_on - timedelta(days=1)

    def test_tells_no_visit_that_is_still_to_come(self, now):
        self.premises(2, now)
        drawn.pool(2, at=now)
        done = drawn.drawn(drawn.sites(at=now, take=1))
        [visit] = Inspection.objects.filter(drawn=done.code)

        assert not in_public(done, done.shown_on)
        assert "entries" not in told(done, done.shown_on)
        inspecting.call_off(by=inspections.officer(), at=now, inspection=visit)
        assert in_public(done, done.shown_on)

    def test_sends_nobody_who_is_of_the_place_or_recused(self, now):
        own, other = directory.unit(inspections.UNIT), directory.unit("卫生健康局")
        mine, theirs = drawn.pool(1, at=now)[0], drawn.pool(2, at=now, unit=other)
        [shop] = self.premises(1, now, unit=own)
        conflicts.recuse(by=town.officer(other), at=now, inspector=theirs[0], subject=shop)

        done = drawn.drawn(drawn.sites(at=now, take=1, crew=1, pool=[own, other]))

        [visit] = Inspection.objects.filter(drawn=done.code)
        assert visit.inspectors == [theirs[1].code]
        assert mine.code not in visit.inspectors

    def test_leaves_out_where_a_visit_is_planned_and_who_left_the_pool(self, now):
        checklist = inspections.checklist(at=now)
        first, second = self.premises(2, now)
        inspections.planned(at=now, edition=checklist, subject=first)
        gone, *_stay = drawn.pool(3, at=now)
        conflicts.end_inspector(by=inspections.officer(), at=now, inspector=gone)

        done = drawn.drawn(drawn.sites(at=now, take=2, edition=checklist))

        [visit] = Inspection.objects.filter(drawn=done.code)
        assert visit.assessment.subject == second
        assert gone.code not in done.entries

    @pytest.mark.parametrize(
        ("code", "changed"),
        [
            ("no_name", {"name": " "}),
            ("crew_wrong", {"crew": 0}),
            ("no_pool", {"pool": []}),
            ("no_strata", {"strata": []}),
            ("no_strata", {"take": 0}),
            ("closes_wrong", {"until": datetime(2026, 3, 2, tzinfo=UTC).date()}),
        ],
    )
    def test_refuses_what_is_no_draw_of_sites(self, now, code, changed):
        assert refused(code, lambda: drawn.sites(at=now, **changed))

    def test_refuses_places_within_one_another_and_other_instruments(self, now):
        city = directory.area()
        inside = directory.area("620201", name="雄关区", level="county", parent=city)

        assert refused("no_strata", lambda: drawn.sites(at=now, strata=[(city, 1), (inside, 1)]))
        assert refused("wrong_use", lambda: drawn.sites(at=now, edition=town.edition(at=now)))

    def test_refuses_a_list_without_premises_or_inspectors(self, now):
        planned = drawn.sites(at=now)
        assert refused("nobody", lambda: drawn.close(planned))
        self.premises(1, now)
        drawn.pool(1, at=now)
        assert refused("too_few", lambda: drawn.close(planned))


class TestTold:
    @pytest.fixture
    def done(self, round_, now):
        drawn.candidates(6, at=now, of=round_)
        return drawn.drawn(drawn.checks(at=now, of=round_))

    def test_tells_nothing_that_one_could_prepare_for(self, done):
        before = told(done, done.shown_on - timedelta(days=1))

        assert not {"entries", "seed", "beacon", "result"} & set(before)
        assert done.seed not in json.dumps(before)
        assert not in_public(done, done.shown_on - timedelta(days=1))
        assert before["commitment"] == done.commitment
        assert before["position"] == done.position
        assert "result" in told(done, done.shown_on)  # the control

    def failing(self, file):
        try:
            found = verify_draw.findings(file)
        except (KeyError, TypeError, ValueError):
            return "unread"
        return [number for number, one in enumerate(found) if not one.holds]

    def result(self, file):
        """The result that whoever changed the file would publish."""
        seed = sha256(f"{file['seed']}\n{file['beacon']}".encode()).hexdigest()
        return file | {"result": verify_draw.checks(seed, json.loads(file["entries"]))}

    def test_holds_as_published_and_finds_what_was_changed(self, done, tmp_path):
        file = told(done, done.shown_on)
        kept = tmp_path / "draw.json"
        kept.write_text(json.dumps(file))
        assert verify_draw.main([str(kept), "--commitment", done.commitment]) == 0
        terms = assigning.read(file["entries"])
        spared = assigning.written(terms._replace(twice=0))
        barred = assigning.written(terms._replace(barred=[tuple(terms.checked[:2])]))

        assert self.failing(file | {"result": file["result"][::-1]}) == [3]
        assert self.failing(file | {"seed": "00" * 32})[0] == 0
        assert 1 in self.failing(self.result(file | {"entries": spared}))
        assert 1 in self.failing(self.result(file | {"entries": barred}))
        assert self.failing(file | {"entries": f"{file['entries']} "}) == "unread"
        assert self.failing(file | {"kind": "sites"}) == "unread"

    def test_finds_who_tried_seeds_until_one_pleased(self, done):
        """Grinding: another seed with a hash that fits, its result computed anew. Only the log says that it is late."""
        file = told(done, done.shown_on)
        ground = self.result(file | {"seed": "11" * 32, "commitment": commitment("11" * 32)})

        assert self.failing(ground) == [1]
        assert self.failing(self.result(file)) == []  # the control: what was told comes out again


class TestConflicts:
    def test_tells_and_ends_a_conflict(self, now):
        one, other = directory.unit("甲社区"), directory.unit("乙社区")
        kept = conflicts.tell_conflict(
            by=town.officer(one), at=now, units=(one, other), reason="主任兼职"
        )

        for by, units, reason, code in (
            (town.officer("丙社区"), (one, other), "x", "not_own_unit"),
            (town.planner(), (one, one), "x", "same_unit"),
            (town.planner(), (one, other), " ", "no_reason"),
            (town.planner(), (other, one), "x", "told"),
            (actor(Role.SUPERVISOR), (one, other), "x", "not_allowed"),
        ):
            assert refused(
                code,
                lambda by=by, units=units, reason=reason: conflicts.tell_conflict(
                    by=by, at=now, units=units, reason=reason
                ),
                writes=[Conflict],
            )
        end = {"at": now, "conflict": kept}
        assert refused("not_allowed", lambda: conflicts.end_conflict(by=town.officer(one), **end))
        assert conflicts.end_conflict(by=town.planner(), **end).ended_on
        assert refused("ended", lambda: conflicts.end_conflict(by=town.planner(), **end))
        with pytest.raises(DatabaseError), transaction.atomic():
            Conflict.objects.filter(pk=kept.pk).update(ended_on=None)

    def test_keeps_a_pool_of_codes_and_recusals(self, now):
        unit, shop = directory.unit(inspections.UNIT), inspections.premises(at=now)
        by, stranger = inspections.officer(), town.officer("教育局")
        one = conflicts.add_inspector(by=by, at=now, unit=unit)

        def add():
            return conflicts.add_inspector(by=stranger, at=now, unit=unit)

        def recuse(by=by):
            return conflicts.recuse(by=by, at=now, inspector=one, subject=shop)

        assert refused("not_own_unit", add, writes=[Inspector])
        assert refused("not_own_unit", lambda: recuse(stranger), writes=[Recusal])
        kept = recuse()
        assert refused("told", recuse, writes=[Recusal])
        ended = {"at": now, "recusal": kept}
        assert conflicts.end_recusal(by=by, **ended).ended_on
        assert refused("ended", lambda: conflicts.end_recusal(by=by, **ended), writes=[Recusal])
        conflicts.end_inspector(by=by, at=now, inspector=one)
        assert refused(
            "ended",
            lambda: conflicts.end_inspector(by=by, at=now, inspector=one),
            writes=[Inspector],
        )
        assert {field.name for field in Inspector._meta.fields} == {
            "id", "by_name", "by_role", "by_unit", "at", "code", "unit", "ended_on",
        }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_draws_once_when_two_clocks_draw_at_once(now):
    round_ = town.opened(at=now, doubled=0)
    drawn.candidates(4, at=now, of=round_)
    planned = drawn.checks(at=now, of=round_, each=1)
    drawn.close(planned)
    sequence(planned.closes_at + timedelta(seconds=10))

    failures = at_once(2, lambda _: draws.draw(by=drawn.CLOCK, at=planned.closes_at, draw=planned))

    assert [failure.code for failure in failures] == ["drawn"]
    assert Assessment.objects.filter(lot__draw=planned).count() == 4


@pytest.mark.django_db(transaction=True)
def test_control_draws_twice_when_nobody_holds_the_draw(now, monkeypatch):
    """Without asking whether it is drawn, and without the lock, the second one is stopped by the database alone."""
    round_ = town.opened(at=now, doubled=0)
    drawn.candidates(4, at=now, of=round_)
    planned = drawn.drawn(drawn.checks(at=now, of=round_, each=1))
    stale = fresh(planned)
    stale.drawn_at = None
    monkeypatch.setattr(draws, "_held", lambda _draw: stale)

    with pytest.raises(DatabaseError, match="written once"):
        draws.draw(by=drawn.CLOCK, at=now + timedelta(days=1), draw=planned)
    assert Assessment.objects.filter(lot__draw=planned).count() == 4
