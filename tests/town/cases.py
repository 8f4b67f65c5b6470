"""Cases for tests: a town with a triage window, two units, a supervision, and what was asked there."""

from datetime import timedelta

from linli.cases.actions import escalating, following, handing, handling
from linli.cases.actions.asking import Asked, Contact, ask
from linli.cases.models import Topic
from linli.cases.rules.reasons import BY_DEFAULT, PASSING_ON
from linli.kernel.actors import HOLDER, Role, system
from tests.town import directory
from tests.town.staff import actor

TRIAGE = "嘉峪关市政务服务中心"
HOUSING = "嘉峪关市住房和城乡建设局"
LEGAL = "嘉峪关市法律援助中心"
SUPERVISION = "嘉峪关市人民政府督查室"
WORDS = "楼道的灯坏了三个星期，晚上看不见路。"
MAY_PASS_ON = (*BY_DEFAULT, PASSING_ON)

__all__ = ["HOLDER", "Contact"]


def officer(unit=HOUSING, *, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=unit)


def clerk(unit=TRIAGE, *, name="窗口人员"):
    return actor(Role.CLERK, name=name, unit=unit)


def supervisor(unit=SUPERVISION, *, name="督查员"):
    return actor(Role.SUPERVISOR, name=name, unit=unit)


def planner():
    return actor(Role.PLANNER, name="规划员", unit="嘉峪关市民族宗教事务局")


def unit(name=HOUSING):
    return directory.unit(name)


def topic(code="street-lamp", *, unit=HOUSING, **overrides):
    given = {
        "name": "路灯",
        "kind": Topic.REQUEST,
        "unit": directory.unit(unit),
        "step_days": 1,
        "unit_days": 5,
        "case_days": 10,
        "kept_days": 180,
    } | overrides
    made, _ = Topic.objects.select_related("unit").get_or_create(code=code, defaults=given)
    return made


def other():
    """The topic that every town has: the triage window's."""
    return topic("other", unit=TRIAGE, name="其他")


def receipt(*, at, by=HOLDER, **overrides):
    given = {
        "area": directory.area(),
        "words": WORDS,
        "fields_granted": MAY_PASS_ON,
    } | overrides
    given.setdefault("topic", topic())
    return ask(by=by, at=at, asked=Asked(**given))


def asked(*, at, **overrides):
    return receipt(at=at, **overrides).case


def taken(*, at, by=None, **overrides):
    case = asked(at=at, **overrides)
    return handling.take(by=by or officer(case.unit.name), at=at, case=case)


def answered(*, at, words="灯已修好。", **overrides):
    case = taken(at=at, **overrides)
    return handling.reply(by=officer(case.unit.name), at=at, case=case, words=words)


def closed(*, at, **overrides):
    return following.close(at=at, case=answered(at=at, **overrides))


def handed_on(*, at, to=LEGAL, case=None, kind="competence", **overrides):
    case = case or taken(at=at, **overrides)
    return handing.hand_on(
        by=officer(case.unit.name),
        at=at,
        case=case,
        unit=directory.unit(to),
        kind=kind,
        words="请贵单位办理。",
        fields=MAY_PASS_ON,
    )


def handed_over(*, at, to=LEGAL, **overrides):
    hand_over = handed_on(at=at, to=to, **overrides)
    return handing.accept(by=officer(to), at=at, hand_over=hand_over).case


def closed_by_calendar(*, at, **overrides):
    """Answered at `at`, and closed eight days later because nobody objected."""
    case = answered(at=at, **overrides)
    escalating.close_unanswered(by=system("calendar"), at=at + timedelta(days=8))
    case.refresh_from_db()
    return case
