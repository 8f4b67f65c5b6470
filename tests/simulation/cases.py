"""People ask, units hand on and answer, the calendar rises and closes."""

from linli.cases.actions import escalating, following, handing, handling, reading
from linli.cases.actions.asking import Asked, Contact, ask
from linli.cases.actions.rating import offer_rating, rate
from linli.cases.models import Case, HandOver, JointUnit, Topic
from linli.cases.rules import reasons
from linli.kernel import grants
from linli.kernel.actors import HOLDER
from linli.kernel.models import BreakGlass, Grant, Look
from tests.simulation.cases_held import CALENDAR, Held
from tests.town import cases as town
from tests.town import directory

UNITS = (town.HOUSING, town.LEGAL, town.TRIAGE)
SAID = {"words": "楼道的灯坏了。", "wish": "换一盏灯。", "place": "三单元", "reply_language": "ug"}


def settle(at):
    """Three topics of three units, one of them sensitive."""
    topics = [
        town.topic(),
        town.topic("rent", unit=town.HOUSING, name="公租房", sensitive=True),
        town.topic("aid", unit=town.LEGAL, name="法律援助", kept_days=30),
    ]
    town.other()
    return {"topics": [one.pk for one in topics], "area": directory.area()}


class Cases(Held):
    """The cases of a world, and everybody who may do something with one."""

    NAME = "cases"
    WEIGHTS = {
        "go_on": 24, "ask": 3, "take": 6, "reply": 5, "read": 6, "withdraw": 1, "tick": 4, "decide": 7, "hand_on": 6,
        "emergency": 1, "rate": 2, "assign": 1, "close": 2,
    }  # fmt: skip
    ROWS = {
        "cases_case": (
            "code", "state", "asked_at", "first_due_at", "due_at", "next_due_at", "bounces", "level", "purged_at",
        ),
        "cases_step": ("code", "verb", "kind", "by_unit", "at"),
        "cases_clockevent": ("id", "clock", "verb", "due_at"),
        "cases_handover": ("code", "state", "bounce"),
    }  # fmt: skip
    EDGES = {
        ("cases_case", "state"): {
            "received": {"working", "withdrawn"},
            "working": {"answered", "withdrawn"},
            "answered": {"working", "closed", "withdrawn"},
            "closed": {"working"},
            "withdrawn": set(),
        },
        ("cases_handover", "state"): {
            "waiting": {"proposed", "ended"},
            "proposed": {"accepted", "declined", "ended"},
            "accepted": set(), "declined": set(), "ended": set(),
        },
    }  # fmt: skip

    def __init__(self, world):
        super().__init__(world)
        self.promised, self.tokens, self.offered = {}, [], 0

    # -- who is there

    def case(self):
        """Return one of the cases, as its page has it."""
        return self.pick(Case.objects.select_related("topic", "unit", "subject"))

    def by(self, case):
        """Return an officer: mostly of the unit that answers, else of any."""
        own = self.world.chance(0.8)
        return town.officer(case.unit.name if own else self.world.one_of(UNITS))

    def try_to(self, deed, **given):
        """Do something with one of the cases."""
        if (case := self.case()) is not None:
            by = {} if given.pop("person", False) else {"by": self.by(case)}
            self.world.do(deed, case=case, **by, **given)

    # -- deeds

    def do_ask(self):
        """Ask for something."""
        world = self.world
        given = {
            "topic": Topic.objects.select_related("unit").get(pk=world.one_of(self.world.town["topics"])),
            "area": world.town["area"],
            "fields_granted": town.MAY_PASS_ON if world.chance(0.6) else ("wish",),
            "contact": Contact("email", f"p{world.dice.randint(1, 9)}@a.example") if world.chance(0.5) else None,
            **SAID,
        }  # fmt: skip
        if world.chance(0.3):
            given["fields_granted"] = (*given["fields_granted"], "contact")
        world.do(ask, by=HOLDER, asked=Asked(**given))

    def do_go_on(self):
        """Do what a case is waiting for, so that worlds get far."""
        if (case := self.case()) is None:
            return self.do_ask()
        by, deeds = {"by": town.officer(case.unit.name)}, {
            Case.RECEIVED: [handling.take],
            Case.WORKING: [handling.reply, handling.reply, handling.pause, handling.extend, handing.hand_on],
            Case.ANSWERED: [following.close, following.object_to, escalating.close_unanswered],
            Case.CLOSED: [following.object_to, offer_rating],
            Case.WITHDRAWN: [ask],
        }  # fmt: skip
        deed = self.world.one_of(deeds[case.state])
        given = {
            handling.take: by,
            handling.reply: by | {"words": "已办。"},
            handling.pause: by | {"kind": self.world.one_of(sorted(reasons.PAUSES)), "words": "等。"},
            handling.extend: by | {"days": 2, "kind": "hard", "words": "难。"},
            handing.hand_on: by | {
                "unit": directory.unit(self.world.one_of(UNITS)), "kind": "competence",
                "words": "请办。", "fields": town.MAY_PASS_ON,
            },
            following.object_to: {"words": "没有解决。"},
        }  # fmt: skip
        if deed is ask:
            return self.do_ask()
        if deed is escalating.close_unanswered:
            return self.world.do(deed, whole=False, by=CALENDAR)
        if case.paused_at is not None:
            return self.world.do(handling.resume, case=case, **by)
        done = self.world.do(deed, case=case, **given.get(deed, {}))
        if deed is offer_rating and isinstance(done, str):
            self.tokens.append(done)
        return done

    def do_take(self):
        """Take it in hand."""
        self.try_to(handling.take)

    def do_reply(self):
        """Answer it."""
        self.try_to(handling.reply, words="已办。")

    def do_pause(self):
        """Let its clocks stand still, or run."""
        if self.world.chance(0.5):
            return self.try_to(handling.resume)
        return self.try_to(
            handling.pause, kind=self.world.one_of(sorted(reasons.PAUSES)), words="等。"
        )

    def do_extend(self):
        """Give it more time."""
        self.try_to(
            handling.extend, days=self.world.dice.randint(1, 6), kind=reasons.EXTENSIONS[0], words="难。"
        )  # fmt: skip

    def do_hand_on(self):
        """Hand it to another unit."""
        to = directory.unit(self.world.one_of(UNITS))
        self.try_to(
            handing.hand_on, unit=to, kind=self.world.one_of(reasons.HAND_OVERS), words="请办。",
            fields=town.MAY_PASS_ON,
        )  # fmt: skip

    def do_assign(self):
        """Say what it is really about."""
        topics = Topic.objects.select_related("unit").filter(pk__in=self.world.town["topics"])
        self.try_to(handling.assign, topic=self.world.one_of(topics.order_by("pk")))

    def do_decide(self):
        """Answer what is on its way: the other unit, the person, or the unit that sent it."""
        rows = HandOver.objects.select_related("to_unit", "case__unit", "grant")
        way = self.pick(rows, "WHERE state IN ('proposed', 'waiting')")
        if way is None:
            return
        deed = self.world.one_of(["accept", "accept", "decline", "leave", "leave", "keep", "back"])
        given = {"hand_over": way}
        other = {"by": town.officer(way.to_unit.name if self.world.chance(0.9) else town.TRIAGE)}
        if deed == "accept":
            self.world.do(handing.accept, **other, **given)
        elif deed == "decline":
            self.world.do(handing.decline, kind="not_ours", words="不属于。", **other, **given)
        elif deed == "back":
            self.world.do(handing.call_back, by=town.officer(way.case.unit.name), **given)
        else:
            self.world.do(handing.give_leave if deed == "leave" else handing.refuse_leave, **given)

    def do_say(self):
        """Say more, urge, object: no clock moves, but where a pause waited for it."""
        deed = self.world.one_of(["add", "note", "urge", "object", "object"])
        if deed == "note":
            return self.try_to(handling.note, words="内部。")
        if deed == "urge":
            return self.try_to(following.urge, person=True)
        said = following.add if deed == "add" else following.object_to
        return self.try_to(said, person=True, words="没有解决。")

    def do_close(self):
        """Close it."""
        self.try_to(following.close, person=True)

    def do_withdraw(self):
        """Take it back."""
        self.try_to(following.withdraw, person=True)

    def do_grant(self):
        """Give leave to read, or take one back."""
        if (case := self.case()) is None:
            return
        if self.world.chance(0.5):
            fields = self.world.dice.sample(reasons.BY_DEFAULT, self.world.dice.randint(1, 3))
            unit = directory.unit(self.world.one_of(UNITS))
            days = self.world.dice.randint(1, 40)
            self.world.do(following.give_grant, case=case, unit=unit, fields=fields, days=days)
        elif grant := self.pick(Grant.objects, "WHERE about = ?", case.code):
            self.world.do(following.revoke_grant, case=case, grant=grant)

    def do_join(self):
        """Ask another unit to help, or say that the help is done."""
        if self.world.chance(0.5):
            self.try_to(
                handling.join, unit=directory.unit(self.world.one_of(UNITS)), words="请协助。"
            )
        elif joint := self.pick(JointUnit.objects.select_related("case", "unit")):
            by = town.officer(joint.unit.name)
            self.world.do(handling.finish_joint, by=by, case=joint.case, words="办完。")

    def do_read(self):
        """Read it, from any unit: it opens what its leave says, leaves a look, or opens nothing."""
        if (case := self.case()) is None:
            return
        by = town.officer(self.world.one_of(UNITS))
        may, looks = self.may_read(case, by), Look.objects.count()
        contact = self.world.chance(0.2)
        try:
            if contact:
                seen = {"contact"} if reading.reveal_contact(by=by, at=self.world.at, case=case, reason="通知") else set()  # fmt: skip
            else:
                opened = reading.read(by=by, at=self.world.at, case=case, purpose="handle")
                seen = set(opened.fields)
                told = {name for name in reasons.SEALED if getattr(opened, name)}
                self.world.must(told <= seen, "told_more_than_said", sorted(told - seen))
        except grants.Refused as refused:
            self.world._told(reading.read, refused.code)
            self.world.must(Look.objects.count() == looks, "look_at_nothing")
            return
        self.world._told(reading.read, "done")
        self.world.must(seen <= may, "read_without_leave", by.unit, sorted(seen - may))
        look = Look.objects.order_by("pk").last()
        self.world.must(Look.objects.count() == looks + 1, "read_without_a_look")
        named = set(look.fields.split(","))
        self.world.must(seen - {"passing_on", "contact"} <= named or contact, "look_says_less")
        self.world.must((look.by_unit, look.about) == (by.unit, case.code), "look_says_other")

    def do_emergency(self):
        """Ask for one look in an emergency, or let somebody in."""
        asked = BreakGlass.objects.filter(let_in_at=None, refused_at=None).select_related("subject")
        by = town.supervisor() if self.world.chance(0.5) else town.officer(self.world.one_of(UNITS))
        if self.world.chance(0.5) and (glass := self.world.one_of(asked.order_by("pk"))):
            self.world.do(grants.let_in, by=by, glass=glass)
        elif (case := self.case()) is not None:
            self.world.do(
                grants.ask_to_break, by=by, subject=case.subject, about=case.code, reason="急", hours=2
            )  # fmt: skip

    def do_rate(self):
        """Rate what is closed; try a token twice."""
        if self.tokens and self.world.chance(0.7):
            token = self.world.one_of(self.tokens)
            self.world.do(rate, token=token, grade=self.world.dice.randint(1, 5), solved="yes")
        elif (case := self.case()) is not None and isinstance(
            token := self.world.do(offer_rating, case=case), str
        ):
            self.tokens.append(token)

    def do_tick(self):
        """Let the calendar do what is due."""
        deed = self.world.one_of(["escalate", "close", "resume"])
        if deed == "escalate":
            self.world.do(escalating.escalate, by=CALENDAR, limit=100)
        else:
            due = escalating.close_unanswered if deed == "close" else escalating.resume_lapsed
            self.world.do(due, whole=False, by=CALENDAR)
