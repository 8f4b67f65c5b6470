"""Units apply, others check them, a score is computed, told, objected to, decided by one and confirmed by another."""

import json
from datetime import timedelta

from linli.assessments.actions import (
    assessing,
    deciding,
    noticing,
    objecting,
    resolving,
    rounds,
    scores,
)
from linli.assessments.models import Assessment, Candidacy, Decision, Objection, Round
from linli.assessments.queries.replays import replayed
from linli.assessments.rules import stages
from linli.assessments.rules.instruments import canonical, digest
from tests.simulation.world import Engine
from tests.town import assessments as town
from tests.town import directory, notices
from tests.town import scores as scored

UNITS = ("第一社区", "第二社区", "第三社区")
CHECKERS = ("互检一组", "实地检查组")
LEVELS = ("", "city", "region", "nation")


def settle(at):
    """An open round, three units that apply, two that check."""
    of = town.opened(at=at, weights=scored.WEIGHTS)
    for name in UNITS:
        town.candidate(name, at=at, of=of)
    for name in CHECKERS:
        directory.unit(name)
    return {"round": of.pk}


class Assessments(Engine):
    """One round."""

    NAME = "assessments"
    WEIGHTS = {"go_on": 30, "give": 4, "leave": 1}
    ROWS = {
        "assessments_candidacy": ("code", "stage"),
        "assessments_assessment": ("code", "kind", "unit_id", "done_at", "dropped_at"),
        "assessments_sheet": ("id", "number", "digest"),
        "assessments_score": ("id", "number", "share", "level", "digest"),
        "assessments_decision": ("id", "level", "by_name"),
        "assessments_award": ("code", "level", "by_name"),
        "assessments_objection": ("code", "state"),
    }
    EDGES = {
        ("assessments_candidacy", "stage"): {
            one: {to for was, to in stages.edges() if was == one} for one in stages.STAGES
        },
        ("assessments_objection", "state"): {
            "open": {"upheld", "rejected", "withdrawn"},
            "upheld": set(), "rejected": set(), "withdrawn": set(),
        },
    }  # fmt: skip

    def round(self):
        """Return the round."""
        return Round.objects.select_related("scheme__unit", "edition").get(
            pk=self.world.town["round"]
        )

    def candidate(self):
        """Return one of those who take part."""
        return self.pick(Candidacy.objects.select_related("round__scheme__unit", "round__edition", "subject__unit"))  # fmt: skip

    def planner(self):
        """Return one of two planners."""
        return town.planner() if self.world.chance(0.5) else notices.second()

    def do_go_on(self):
        """Do what a candidate waits for."""
        world, one = self.world, self.candidate()
        if one.stage == stages.APPLY:
            return self._step(one, stages.SELF)
        if one.stage in (stages.SELF, stages.CROSS, stages.SITE):
            if world.chance(0.3):
                return self._step(one, stages.next_stage(list(one.round.weights), one.stage))
            task = self.pick(
                Assessment.objects, "WHERE candidacy_id = ? AND kind = ?", one.pk, one.stage
            )
            return self._give(one, one.stage) if task is None else self._hand_in(task)
        if one.stage == stages.SCORE:
            if world.do(scores.score, by=self.planner(), candidacy=one):
                world.do(
                    noticing.tell_results, by=self.planner(), round=one.round, candidacies=[one]
                )
            return None
        return self._after_the_score(one)

    def _after_the_score(self, one):
        world = self.world
        if one.stage == stages.NOTICE:
            if world.chance(0.3):
                said = objecting.Objected(ground="facts", words="没有开放。")
                return world.do(objecting.object_to, candidacy=one, said=said)
            if world.chance(0.5):
                world.go_to(world.at + timedelta(days=world.dice.randint(1, 9)))
            return world.do(noticing.end_notices, whole=False)
        if one.stage == stages.DECISION:
            decision = self.pick(Decision.objects.select_related("result"))
            if decision is not None and world.chance(0.6):
                return world.do(deciding.confirm, by=self.planner(), decision=decision)
            level = world.one_of(LEVELS)
            return world.do(
                deciding.decide, by=self.planner(), candidacy=one, level=level, reason="按得分"
            )
        return None

    def do_give(self):
        """Give somebody a task, whoever it is."""
        self._give(self.candidate(), self.world.one_of(["self", "cross", "site"]), anybody=True)

    def do_sheet(self):
        """Hand in a sheet, in time or not, by who was asked or by another."""
        if task := self.pick(Assessment.objects):
            self._hand_in(task)

    def do_resolve(self):
        """Decide an objection."""
        if one := self.pick(Objection.objects.select_related("result__candidacy__round")):
            said = resolving.Said(
                self.world.chance(0.5), "核实", self.world.one_of(["site", "score"])
            )
            said = said if said.upheld else resolving.Said(False, "核实无误")
            self.world.do(resolving.resolve, by=notices.supervisor(), objection=one, said=said)

    def do_leave(self):
        """Leave the round."""
        self._step(self.candidate(), stages.LEFT)

    def _step(self, one, to):
        return self.world.do(rounds.step, by=town.planner(), candidacy=one, to=to, reason="完成")

    def _give(self, one, kind, *, anybody=False):
        unit = one.subject.unit if kind == "self" and not anybody else None
        unit = unit or directory.unit(
            self.world.one_of([*UNITS, *CHECKERS] if anybody else CHECKERS)
        )
        return self.world.do(assessing.give, by=town.planner(), kind=kind, unit=unit, of=one)

    def _hand_in(self, task):
        dice = self.world.dice
        answers = {
            "a": {"v": dice.choice(("yes", "yes", "no"))},
            "b": {"v": str(dice.choice((12, 12, 9, 3)))},
        }
        task = Assessment.objects.select_related("unit", "edition", "candidacy").get(pk=task.pk)
        by = town.officer(task.unit if self.world.chance(0.9) else "别的单位")
        return self.world.do(
            assessing.hand_in, by=by, assessment=task, filled=assessing.Filled(answers)
        )

    # -- what must hold

    def check_nobody_assesses_themselves(self):
        """Nobody checks their own unit but in a self check, and no two check each other."""
        self.none(
            "assessed_themselves",
            "SELECT a.id FROM assessments_assessment a JOIN assessments_subject s ON s.id = a.subject_id"
            " WHERE (a.kind = 'self') <> (a.unit_id = s.unit_id)",
        )
        self.none(
            "assessed_each_other",
            "SELECT a.id FROM assessments_assessment a JOIN assessments_assessment b ON a.unit_id = b.about_id"
            " AND a.about_id = b.unit_id AND a.round_id = b.round_id WHERE a.kind IN ('cross', 'site')"
            " AND b.kind IN ('cross', 'site') AND a.dropped_at IS NULL AND b.dropped_at IS NULL",
        )
        self.none(
            "handed_in_by_another",
            "SELECT h.id FROM assessments_sheet h JOIN assessments_assessment a ON a.id = h.assessment_id"
            " JOIN directory_unit u ON u.id = a.unit_id WHERE u.name <> h.by_unit",
        )

    def check_scores_are_replayed(self):
        """Every score, computed again from what it was made of, is the same to the last bit."""
        for pk, record, told in self.sql("SELECT id, record, digest FROM assessments_score"):
            self.world.must(digest(json.loads(record)) == told, "score_not_its_record", pk)
            self.world.must(
                canonical(json.loads(record)).decode() == record, "record_rewritten", pk
            )
        if self.world.calm:
            for one in replayed(self.round()):
                self.world.must(not one.difference, "score_differs", one.difference)

    def check_a_name_has_its_way(self):
        """Whoever is named was told, waited for, decided and confirmed by two, and reaches the level."""
        self.none(
            "confirmed_alone",
            "SELECT w.id FROM assessments_award w JOIN assessments_decision d ON d.id = w.decision_id"
            " WHERE w.by_name = d.by_name AND w.by_unit = d.by_unit",
        )
        self.none(
            "named_without_award",
            "SELECT id FROM assessments_candidacy c WHERE stage = 'named' AND NOT EXISTS"
            " (SELECT 1 FROM assessments_award w WHERE w.candidacy_id = c.id)",
        )
        self.none(
            "decided_too_soon",
            "SELECT d.id FROM assessments_decision d JOIN assessments_result r ON r.id = d.result_id"
            " JOIN assessments_notice n ON n.id = r.notice_id WHERE d.at < n.closes_at",
        )
        self.none(
            "named_over_an_objection",
            "SELECT w.id FROM assessments_award w JOIN assessments_decision d ON d.id = w.decision_id"
            " JOIN assessments_objection o ON o.result_id = d.result_id WHERE o.state = 'open'",
        )
        order = {level: place for place, level in enumerate(LEVELS)}
        rows = (
            "SELECT d.level, s.level, c.level FROM assessments_decision d JOIN assessments_result r"
            " ON r.id = d.result_id JOIN assessments_score s ON s.id = r.score_id"
            " JOIN assessments_candidacy c ON c.id = r.candidacy_id"
        )
        for level, reached, wanted in self.sql(rows):
            most = min(order[reached], order[wanted])
            self.world.must(order[level] <= most, "named_above_its_score", level, reached)

    def check_steps_are_written(self):
        """A candidate stands where its last step led."""
        self.none(
            "step_not_written",
            'SELECT c.id FROM assessments_candidacy c WHERE c.stage <> (SELECT s."to"'
            " FROM assessments_step s WHERE s.candidacy_id = c.id ORDER BY s.id DESC LIMIT 1)",
        )
