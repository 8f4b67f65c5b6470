"""Decisions that are assessed before they are taken, for tests."""

from datetime import timedelta

from django.utils.timezone import localdate

from linli.assessments.actions import impact_hazards, impacts, ruling
from linli.assessments.actions.subjects import SubjectDraft
from linli.assessments.models import Instrument, Poll, Subject
from linli.assessments.rules.instruments import Item
from linli.kernel.actors import Role
from linli.kernel.codes import new_code
from linli.kernel.signed import signed
from tests.town import assessments as town
from tests.town import directory
from tests.town.staff import actor

PROPOSER, OTHER, DECIDER = "城市管理局", "生态环境局", "市政府办公室"
QUESTIONS = (
    Item("a", "yes_no", {"zh-hans": "是否影响少数群众出行"}, weight=5),
    Item("b", "scale", {"zh-hans": "对商户的影响"}, weight=5, top=5),
)


def proposer(name="提案人"):
    directory.unit(PROPOSER)
    return town.officer(PROPOSER, name)


def decider(name="决策人"):
    return actor(Role.PLANNER, name=name, unit=DECIDER)


def questions(*, at):
    return town.edition(
        at=at, of=town.form(*QUESTIONS, levels=()), use=Instrument.IMPACT, name="决策影响评估"
    )


def draft(*, at, edition=None, name="夜市搬迁", **given):
    subject = SubjectDraft(
        kind=Subject.DECISION,
        name=name,
        area=directory.area(),
        unit=directory.unit(PROPOSER),
    )
    return impacts.ImpactDraft(
        **{
            "subject": subject,
            "edition": edition or questions(at=at),
            "words": "把夜市搬到河东。",
            "statement": "道路通畅；商户要多走一公里。",
            "places": [(directory.area(), "摊位全部搬走")],
        }
        | given
    )


def begun(*, at, **given):
    return impacts.begin_impact(by=proposer(), at=at, draft=draft(at=at, **given))


def stated(impact, *, at, answers=None):
    """The proposer's own answers."""
    own = impact.tasks.get(assessment__kind="self").assessment
    return town.sheet(own, answers or {"a": "no", "b": 4}, at=at)


def opened(*, at, days=30, **given):
    impact = begun(at=at, **given)
    stated(impact, at=at)
    until = localdate(at) + timedelta(days=days)
    return impacts.lay_open(by=proposer(), at=at, impact=impact, until=until)


def assessed(impact, *, at, unit=OTHER, answers=None):
    """Another unit's answers."""
    task = impacts.ask_unit(by=decider(), at=at, impact=impact, unit=directory.unit(unit))
    town.sheet(task, answers or {"a": "yes", "b": 4}, at=at)
    return task


def hazard(impact, *, at, severity=3, by=None, words="老年人买菜更远", **given):
    named = impact_hazards.HazardDraft(words, severity, **given)
    return impact_hazards.name_hazard(by=by or proposer(), at=at, impact=impact, draft=named)


def answered(hazard, *, at, words="增设便民早市", days=90):
    done = impact_hazards.MitigationDraft(
        words, directory.unit(PROPOSER), localdate(at) + timedelta(days=days)
    )
    return impact_hazards.promise_mitigation(by=proposer(), at=at, hazard=hazard, draft=done)


def decided(impact, *, at, outcome="go", by=None):
    said = ruling.RulingDraft(outcome, "查明了。", "采纳两条意见。", "利大于弊。")
    return ruling.decide(by=by or decider(), at=at, impact=impact, draft=said)


def poll(impact, *, at):
    """A poll about what is to be decided that runs, as a bare row."""
    return Poll.objects.create(
        code=new_code(),
        title="夜市搬不搬",
        unit=directory.unit(PROPOSER),
        subject=impact.subject,
        until=localdate(at) + timedelta(days=9),
        opened_at=at,
        **signed(decider(), at),
    )
