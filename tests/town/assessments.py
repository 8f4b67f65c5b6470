"""Instruments, rounds and candidates for tests."""

from datetime import timedelta

from linli.assessments.actions import assessing, instruments, rounds
from linli.assessments.models import Instrument
from linli.assessments.rules.instruments import Form, Item, Level, Section
from linli.directory.models import Unit
from linli.kernel.actors import Role
from tests.town import directory
from tests.town.staff import actor

KEEPER = "民族宗教事务局"
LEVELS = (("city", "市级"), ("region", "省级"), ("nation", "国家级"))
STAGE_DAYS = ("apply", "self", "cross", "site", "poll", "score", "notice", "decision")


def planner(name="甲"):
    return actor(Role.PLANNER, name=name, unit=KEEPER)


def officer(unit, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=getattr(unit, "name", unit))


def form(
    *items, languages=("zh-hans",), levels=((6000, "city"), (8000, "region"), (9000, "nation"))
):
    """A form of one section; items as `Item`s, else two usual ones."""
    items = items or (
        Item("a", "yes_no", {"zh-hans": "有服务窗口"}, weight=6),
        Item("b", "count", {"zh-hans": "全年活动场次"}, weight=4, nought="0", full="12"),
    )
    return Form(
        tuple(languages),
        (Section("s", {languages[0]: "服务"}, tuple(items)),),
        tuple(Level(key, {languages[0]: key}, at) for at, key in levels),
    )


def edition(*, at, of=None, use=Instrument.SCHEME, name="示范单位测评", unit=None):
    """An adopted edition."""
    unit = unit or directory.unit(KEEPER)
    draft = instruments.begin_instrument(
        by=planner(), at=at, name=name, use=use, unit=unit, form=of or form()
    )
    return instruments.adopt(by=planner(), at=at, edition=draft)


def scheme(*, at, name="示范单位", categories=("机关", "社区", "学校")):
    draft = rounds.SchemeDraft(
        name=name,
        unit=directory.unit(KEEPER),
        area=directory.area(),
        levels=LEVELS,
        categories=categories,
    )
    return rounds.begin_scheme(by=planner(), at=at, draft=draft)


def opened(*, at, of=None, weights=None, scheme=None, **given):
    """An open round on an adopted edition; all four sources count unless others are given."""
    weights = weights or {"self": 10, "cross": 30, "site": 40, "poll": 20}
    days = {stage: at.date() + timedelta(30 * n) for n, stage in enumerate(STAGE_DAYS, 1)}
    draft = rounds.RoundDraft(
        year=2026, edition=of or edition(at=at), weights=weights, days=days, **given
    )
    scheme = scheme or globals()["scheme"](at=at)
    planned = rounds.plan_round(by=planner(), at=at, scheme=scheme, draft=draft)
    return rounds.open_round(by=planner(), at=at, round=planned)


def candidate(name, *, at, of, level="city", category=None):
    unit = name if isinstance(name, Unit) else directory.unit(name)
    wanted = rounds.Application(category or of.scheme.categories.first(), level)
    return rounds.apply(by=officer(unit), at=at, round=of, unit=unit, wanted=wanted)


def task(kind, unit, *, at, of, **given):
    unit = unit if isinstance(unit, Unit) else directory.unit(unit)
    return assessing.give(by=planner(), at=at, kind=kind, unit=unit, of=of, **given)


def sheet(task, answers, *, at, by=None, **given):
    """Hand in {"item": value}."""
    filled = assessing.Filled({key: {"v": value} for key, value in answers.items()}, **given)
    return assessing.hand_in(by=by or officer(task.unit), at=at, assessment=task, filled=filled)
