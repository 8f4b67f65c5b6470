"""Traders apply, one person checks and another decides, permits are stopped; whoever looks a code up hears it."""

from datetime import timedelta

from django.utils.timezone import localdate

from linli.trace.actions import applying, examining, permits
from linli.trace.models import Application, Permit, PermitStep, Premises, Withdrawal
from linli.trace.queries.keys import as_operator
from linli.trace.queries.looking_up import looked_up
from tests.simulation.world import Engine
from tests.town import trace as town

NAMES = ("甲", "乙", "丙")


def settle(at):
    """Two premises of one business, and goods that are made there."""
    of = town.operator(at=at)
    places = [town.premises(f"第{number}加工厂", at=at, of=of) for number in (1, 2)]
    return {"places": [one.pk for one in places], "goods": town.product(of, at=at)}


class Trace(Engine):
    """Two premises, their permits and their lots."""

    NAME = "trace"
    WEIGHTS = {"go_on": 16, "file": 4, "withdrawal": 4, "take_back": 1}
    ROWS = {
        "trace_application": ("code", "stage", "checked_by", "decided_by", "due_on"),
        "trace_permit": ("code", "number", "state", "valid_from", "valid_until"),
        "trace_permitstep": ("id", "was", '"to"', "from_at"),
        "trace_withdrawal": ("id", "done", "decided_by"),
    }
    EDGES = {
        ("trace_application", "stage"): {
            "papers": {"checking", "taken_back", "lapsed"},
            "checking": {"visit", "papers", "taken_back"},
            "visit": {"decision", "taken_back"},
            "decision": {"granted", "refused", "taken_back"},
            "granted": set(), "refused": set(), "taken_back": set(), "lapsed": set(),
        },
        ("trace_permit", "state"): {
            "valid": {"suspended", "withdrawn"}, "suspended": {"valid", "withdrawn"}, "withdrawn": set(),
        },
    }  # fmt: skip

    def by(self):
        """Return an officer of the unit, rarely of another."""
        name = self.world.one_of(NAMES)
        return town.officer("另一个局" if self.world.chance(0.05) else town.KEEPER, name=name)

    def place(self):
        """Return one of the premises."""
        rows = Premises.objects.select_related("operator__unit", "area")
        return rows.get(pk=self.world.one_of(self.world.town["places"]))

    def do_file(self):
        """File an application, new or to follow a permit."""
        place = self.place()
        renews = self.pick(Permit.objects, "WHERE premises_id = ?", place.pk) if self.world.chance(0.5) else None  # fmt: skip
        draft = applying.ApplicationDraft(place, place.activities, renews)
        self.world.do(applying.file, by=as_operator(place.operator), draft=draft)

    def do_go_on(self):
        """Do what an application waits for: mostly by somebody else than before."""
        rows = Application.objects.select_related("premises__operator__unit")
        one = self.pick(rows, "WHERE stage IN ('papers', 'checking', 'visit', 'decision')")
        if one is None:
            return self.do_file()
        given = {"by": self.by(), "application": one}
        if one.stage == Application.CHECKING:
            return self.world.do(examining.conclude_papers, **given)
        if one.stage == Application.VISIT:
            return self.world.do(examining.forgo_visit, words="上月已检查", **given)
        first = localdate(self.world.at) + timedelta(days=self.world.dice.choice((0, 0, 3, -1)))
        grant = permits.Grant(first, first + timedelta(days=self.world.dice.randint(1, 90)))
        chosen = grant if self.world.chance(0.85) else None
        return self.world.do(permits.decide, grant=chosen, words="材料齐全", **given)

    def do_take_back(self):
        """Take an application back."""
        if one := self.pick(Application.objects.select_related("premises__operator")):
            by = as_operator(one.premises.operator)
            self.world.do(applying.take_back, by=by, application=one)

    def do_turn(self):
        """Stop a permit, from now or earlier, or let it hold again."""
        if permit := self.pick(Permit.objects):
            if self.world.chance(0.5):
                back = timedelta(hours=self.world.dice.choice((0, 0, 5, 50, -3)))
                self.world.do(permits.suspend, by=self.by(), permit=permit, reason="卫生", from_at=self.world.at - back)  # fmt: skip
            else:
                self.world.do(permits.reinstate, by=self.by(), permit=permit, reason="已整改")

    def do_withdrawal(self):
        """Propose to withdraw, or decide what was proposed."""
        if self.world.chance(0.5) and (permit := self.pick(Permit.objects)):
            self.world.do(permits.propose_withdrawal, by=self.by(), permit=permit, reason="造假")
        elif one := self.pick(Withdrawal.objects.select_related("permit")):
            done = self.world.chance(0.7)
            self.world.do(permits.decide_withdrawal, by=self.by(), withdrawal=one, done=done)

    def do_make(self):
        """Make a lot."""
        number = len(self.sql("SELECT 1 FROM trace_lot")) + 1
        if not self.world.calm:
            town.lot(self.world.town["goods"], self.place(), at=self.world.at, number=str(number), drawn=number)  # fmt: skip

    # -- what must hold

    def check_two_people_decide(self):
        """Whoever checked the papers does not decide; whoever proposed a withdrawal does not do it."""
        self.none(
            "decided_alone",
            "SELECT id FROM trace_application WHERE stage IN ('granted', 'refused')"
            " AND decided_by IN ('', checked_by)",
        )
        self.none(
            "withdrawn_alone",
            "SELECT id FROM trace_withdrawal WHERE decided_at IS NOT NULL AND decided_by = by_name",
        )
        self.none(
            "withdrawn_unproposed",
            "SELECT id FROM trace_permit p WHERE state = 'withdrawn' AND NOT EXISTS"
            " (SELECT 1 FROM trace_withdrawal w WHERE w.permit_id = p.id AND w.done)",
        )
        self.none(
            "granted_without_permit",
            "SELECT id FROM trace_application WHERE (stage = 'granted') <> (permit_id IS NOT NULL)",
        )

    def check_a_permit_is_the_fold_of_its_steps(self):
        """Each step begins where the last one ended, no earlier; the state is the last one's."""
        for pk, state in self.sql("SELECT id, state FROM trace_permit"):
            was, since = "valid", None
            for step in PermitStep.objects.filter(permit=pk).order_by("id"):
                self.world.must(step.was == was, "step_out_of_line", was, step.was)
                self.world.must(since is None or since <= step.from_at <= step.at, "step_too_early")
                was, since = step.to, step.from_at
            self.world.must(state == was, "permit_not_folded", state, was)

    def check_a_code_says_what_is_so(self):
        """Who looks a lot up hears that all is well only if a permit held then, and holds now."""
        for code, made_on, best, place in self.sql("SELECT code, made_on, best_before, premises_id FROM trace_lot"):  # fmt: skip
            found = looked_up(code, self.world.at)
            self.world.reached["answer", found.kind] += 1
            today = localdate(self.world.at)
            well = self._held(place, today, self.world.at) and self._held(place, made_on, None)
            past = best is not None and best < today
            if found.kind == "valid":
                self.world.must(well and not past, "said_well_and_is_not", code)

    def _held(self, place, day, moment):
        """Say whether some permit of the premises was valid on a day, at a moment (None: at noon)."""
        for permit in Permit.objects.filter(
            premises=place, valid_from__lte=day, valid_until__gte=day
        ):
            noon = moment or self.world.at.replace(year=day.year, month=day.month, day=day.day, hour=4, minute=0, second=0, microsecond=0)  # fmt: skip
            turns = [step.to for step in permit.steps.order_by("id") if step.from_at <= noon]
            if (turns or ["valid"])[-1] == "valid":
                return True
        return False
