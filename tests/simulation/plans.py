"""Units report, supervision reviews, promises move only as it agrees."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from linli.facts.models import Fact
from linli.facts.rules.periods import year
from linli.plans import actions
from linli.plans.actions import ProgressDraft, moves
from linli.plans.actions.tasks import assign, drop_task, edit_task
from linli.plans.models import Move, Progress, Task
from linli.plans.queries.standings import lit
from linli.plans.rules import lamp
from tests.simulation.world import Engine
from tests.town import directory
from tests.town import plans as town


def settle(at):
    """A published programme of four tasks: two measured, one upwards and one downwards."""
    measure = town.measure(at=at)
    drafts = [
        {}, {"title": "建一处站点", "due_on": date(2027, 3, 31)},
        {"title": "培训600人次", "target": 600},
        {"title": "投诉不超过40件", "target": 40, "target_sense": "at_most", "indicator": town.indicator("complaints", name="投诉")},
    ]  # fmt: skip
    tasks = [town.task(at=at, measure=measure, **draft) for draft in drafts]
    measure.programme.refresh_from_db()
    actions.publish_programme(by=town.planner(), at=at, programme=measure.programme)
    directory.unit(town.OTHER)
    return {"tasks": [one.pk for one in tasks]}


class Plans(Engine):
    """Four promises."""

    NAME = "plans"
    WEIGHTS = {"report": 9, "review": 9, "drop": 1, "ask_move": 5, "decide_move": 5}
    ROWS = {
        "plans_task": ("code", "state", "due_on", "target", "first_due_on", "accepted_on"),
        "plans_progress": ("id", "says_done", "at"),
        "plans_move": ("id", "now_due_on"),
        "facts_fact": ("id", "status", "value", "supersedes_id"),
    }
    EDGES = {
        ("plans_task", "state"): {
            "open": {"reported", "dropped"},
            "reported": {"accepted", "sent_back", "open", "dropped"},
            "sent_back": {"reported", "dropped"},
            "accepted": set(), "dropped": set(),
        },
    }  # fmt: skip

    def __init__(self, world):
        super().__init__(world)
        self.promised, self.judged, self.seen = None, 0, 0

    def task(self):
        """Return one of the tasks, as its page has it."""
        return self.pick(Task.objects.select_related("lead", "measure__programme", "indicator"))

    def do_report(self):
        """Report: in words, with a figure, with a file."""
        world, dice, task = self.world, self.world.dice, self.task()
        given = {"words": "已办。", "says_done": world.chance(0.6), "file": town.FILE if world.chance(0.7) else None}  # fmt: skip
        if world.chance(0.6):
            given |= {"value": Decimal(dice.choice((30, 39, 40, 41, 599, 600, 700))), "period": year(dice.choice((2026, 2026, world.at.year)))}  # fmt: skip
        by = town.officer(task.lead.name if world.chance(0.9) else town.OTHER)
        world.do(actions.report_progress, by=by, task=task, draft=ProgressDraft(**given))

    def do_review(self):
        """Accept, or send back; sometimes the unit itself would."""
        progress = self.pick(Progress.objects.select_related("task__lead", "fact", "evidence"))
        if progress is not None:
            accepted = self.world.chance(0.6)
            by = town.supervisor(town.SUPERVISION if self.world.chance(0.9) else town.LEAD)
            self.world.do(
                actions.review_progress, by=by, progress=progress,
                verdict="accepted" if accepted else "sent_back", reason="" if accepted else "请补充。",
            )  # fmt: skip

    def do_ask_move(self):
        """Ask that a promise move."""
        task, dice = self.task(), self.world.dice
        due = task.due_on + timedelta(days=dice.randint(-30, 90)) if task.due_on else None
        by = town.officer(task.lead.name) if self.world.chance(0.7) else town.planner()
        self.world.do(
            moves.ask_move, by=by, task=task, due_on=due, target=task.target, reason="天气"
        )

    def do_decide_move(self):
        """Agree, or not."""
        if move := self.pick(Move.objects.select_related("task")):
            by = town.supervisor(town.SUPERVISION if self.world.chance(0.9) else town.LEAD)
            self.world.do(
                moves.decide_move, by=by, move=move, approved=self.world.chance(0.6), words="知道了"
            )

    def do_edit(self):
        """Edit a task, the promise included."""
        task = self.task()
        changed = {"title": f"任务{self.world.dice.randint(1, 9)}"}
        if self.world.chance(0.5):
            changed["due_on"] = date(2027, 6, self.world.dice.randint(1, 30))
        draft = actions.TaskDraft.of(task).__class__
        before = {
            name: getattr(actions.TaskDraft.of(task), name) for name in draft.__dataclass_fields__
        }
        self.world.do(edit_task, by=town.planner(), task=task, draft=draft(**before | changed))

    def do_assign(self):
        """Give it another lead."""
        lead = directory.unit(self.world.one_of([town.LEAD, town.OTHER]))
        self.world.do(assign, by=town.planner(), tasks=[self.task()], lead=lead)

    def do_drop(self):
        """Give it up."""
        self.world.do(drop_task, by=town.planner(), task=self.task(), reason="合并")

    # -- what must hold

    def after_each(self):
        """Ask after each step: the first promise stands."""
        super().after_each()
        rows = self.sql("SELECT id, first_due_on, first_target, promised_at FROM plans_task")
        self.world.must(self.promised in (None, rows), "first_promise_changed")
        self.promised = rows
        judged = self.sql(
            "SELECT r.by_unit, u.name FROM plans_review r JOIN plans_progress p ON p.id = r.progress_id"
            " JOIN plans_task t ON t.id = p.task_id JOIN directory_unit u ON u.id = t.lead_id"
            " UNION ALL SELECT d.by_unit, u.name FROM plans_movedecision d JOIN plans_move m"
            " ON m.id = d.move_id JOIN plans_task t ON t.id = m.task_id"
            " JOIN directory_unit u ON u.id = t.lead_id"
        )
        if len(judged) > self.judged:  # a lead may change later, so it is asked as it happens
            seen, self.judged = self.seen, len(judged)
            self.seen = sum(by == lead for by, lead in judged)
            self.world.must(self.seen <= seen, "judged_their_own")
        else:
            self.seen = sum(by == lead for by, lead in judged)

    def check_promises_move_as_agreed(self):
        """The day is the first one, or that of the last wish that somebody else agreed to."""
        self.none(
            "moved_unagreed",
            "SELECT t.id FROM plans_task t WHERE t.due_on <> coalesce((SELECT m.now_due_on FROM plans_move m"
            " JOIN plans_movedecision d ON d.move_id = m.id WHERE m.task_id = t.id AND d.approved"
            " ORDER BY d.id DESC LIMIT 1), t.first_due_on)",
        )
        self.none(
            "agreed_with_themselves",
            "SELECT d.id FROM plans_movedecision d JOIN plans_move m ON m.id = d.move_id"
            " WHERE d.by_unit = m.by_unit",
        )
        self.none(
            "reviewed_themselves",
            "SELECT r.id FROM plans_review r JOIN plans_progress p ON p.id = r.progress_id"
            " WHERE r.by_unit = p.by_unit",
        )
        self.none(
            "accepted_on_words",
            "SELECT t.id FROM plans_task t WHERE t.state = 'accepted' AND (t.proof_id IS NULL OR NOT"
            " EXISTS (SELECT 1 FROM plans_progress p JOIN plans_review r ON r.progress_id = p.id"
            " WHERE p.task_id = t.id AND p.says_done AND r.verdict = 'accepted'"
            " AND r.evidence_id = t.proof_id))",
        )

    def check_lamps_are_the_facts(self):
        """A lamp is what the rule makes of the facts; green has proof that somebody else has seen."""
        today = localdate(self.world.at)
        tasks = list(Task.objects.select_related("measure__programme").order_by("pk"))
        lamps = {one.task: one for one in lit(Task.objects.all(), today)}
        for task in tasks:
            one = lamps[task.pk]
            self.world.reached["lamp", one.lamp.value] += 1
            facts = self._facts(task)
            made = lamp.why(self._standing(task, facts), today)
            self.world.must(made == one.why, "lamp_differs", made, one.why)
            if one.lamp == lamp.Lamp.GREEN:
                seen = self._reviewed(task) if task.target is None else self._proven(task, facts)
                self.world.must(seen, "green_without_proof", task.pk)
        self.world.must(
            lit(Task.objects.all(), today) == lit(Task.objects.order_by("pk"), today), "lamp_impure"
        )

    def check_facts_are_one_line_each(self):
        """A fact is superseded once, by one of the same indicator and days; a figure sent back is no figure."""
        self.none(
            "superseded_twice",
            "SELECT supersedes_id FROM facts_fact WHERE supersedes_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
        )
        self.none(
            "claim_outlives_review",
            "SELECT f.id FROM plans_review r JOIN plans_progress p ON p.id = r.progress_id"
            " JOIN facts_fact f ON f.id = p.fact_id WHERE r.verdict = 'sent_back'"
            " AND NOT EXISTS (SELECT 1 FROM facts_fact g WHERE g.supersedes_id = f.id)",
        )
        self.none(
            "proven_without_review",
            "SELECT f.id FROM facts_fact f WHERE f.status IN ('evidenced', 'confirmed') AND NOT EXISTS"
            " (SELECT 1 FROM plans_progress p JOIN plans_review r ON r.progress_id = p.id"
            " WHERE p.fact_id = f.supersedes_id AND r.verdict = 'accepted')",
        )

    def _facts(self, task):
        if task.target is None:
            return []
        area = task.measure.programme.area_id
        over = set(Fact.objects.exclude(supersedes=None).values_list("supersedes", flat=True))
        rows = Fact.objects.filter(indicator=task.indicator_id, area=area).exclude(
            status="withdrawn"
        )
        return [one for one in rows if one.pk not in over]

    def _standing(self, task, facts):
        programme = task.measure.programme
        since, until = lamp.window(
            task.starts_on,
            task.first_due_on or task.due_on,
            (programme.starts_on, programme.ends_on),
        )
        known = [lamp.Known(one.status, one.low, one.high, one.period_from, one.period_until) for one in facts]  # fmt: skip
        return lamp.Standing(
            task.state, task.due_on, since, until, task.target, task.target_sense, task.accepted_on,
            task.proof_id is not None, None, known,
        )  # fmt: skip

    def _reviewed(self, task):
        found = "SELECT 1 FROM plans_progress p JOIN plans_review r ON r.progress_id = p.id"
        return self.sql(f"{found} WHERE p.task_id = ? AND r.verdict = 'accepted' AND r.evidence_id IS NOT NULL", task.pk)  # fmt: skip

    def _proven(self, task, facts):
        proven = [one for one in facts if one.status in ("evidenced", "confirmed")]
        if task.target_sense == "at_least":
            return [one for one in proven if one.low is not None and one.low >= task.target]
        return [one for one in proven if one.high is not None and one.high <= task.target]
