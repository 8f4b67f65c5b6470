"""A decision of Jiayuguan that was assessed before it was taken, and one that lies open now. Invented."""

from datetime import date, timedelta
from typing import NamedTuple

from linli.assessments.actions import assessing, impact_hazards, impacts, instruments, ruling
from linli.assessments.actions.subjects import SubjectDraft
from linli.assessments.models import Assessment, Edition, Impact, Instrument, Ruling, Subject
from linli.assessments.rules.instruments import Form, Item, Section
from linli.demo import people
from linli.demo.funds_books import morning
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role

_LANGUAGES = ("zh-hans", "zh-hant", "en")
_QUESTIONS = (
    ("reach", "scale", "受影响的地方和服务的多少", "受影響的地方和服務的多少", "How many places and services it touches"),
    ("access", "yes_no", "办事、就医、上学是否仍然方便", "辦事、就醫、上學是否仍然方便", "Offices, clinics and schools stay within reach"),
    ("trade", "scale", "对商户经营的帮助", "對商戶經營的幫助", "Help to shops"),
    ("words", "yes_no", "是否以多种语言告知", "是否以多種語言告知", "It is told in several languages"),
)  # fmt: skip


class _Matter(NamedTuple):
    """One decision: its name, what it is, what comes of it, what may go wrong and what is done against that."""

    name: str
    words: str
    statement: str
    risk: str
    answer: str


_DECIDED = _Matter(
    "早市迁至昌盛广场（示例）",
    "将祁连路早市整体迁至昌盛广场，保留原有摊位数量。",
    "道路恢复畅通；摊位有棚、有水、有公厕；部分老年人买菜多走约六百米。",
    "老年人买菜路远",
    "在祁连路保留每周三次便民菜车",
)
_OPEN = _Matter(
    "服务大厅延长晚间开放（示例）",
    "政务服务大厅每周二、周四延长开放至二十点。",
    "上班的人下班后可以办事；窗口人员轮班。",
    "晚间翻译人手不足",
    "预约翻译提前一天排班，并公布时间",
)


def weigh(*, today: date) -> None:
    """Weigh both, unless that was done."""
    if Subject.objects.filter(name=_DECIDED.name).exists():
        return
    edition = _questions(today)
    impact = _open(edition, _DECIDED, today - timedelta(days=70))
    _decide(impact, today - timedelta(days=30))
    _open(edition, _OPEN, today - timedelta(days=9))


def _questions(today: date) -> Edition:
    by, at = people.planner(JIAYUGUAN), morning(today - timedelta(days=90))
    items = tuple(
        Item(
            key, kind, dict(zip(_LANGUAGES, texts, strict=True)), weight=5,
            top=5 if kind == "scale" else 0,
        )
        for key, kind, *texts in _QUESTIONS
    )  # fmt: skip
    titles = dict(zip(_LANGUAGES, ("影响", "影響", "Effects"), strict=True))
    draft = instruments.begin_instrument(
        by=by, at=at, name="决策影响评估表", use=Instrument.IMPACT,
        unit=Unit.objects.get(name=by.unit), form=Form(_LANGUAGES, (Section("effects", titles, items),)),
    )  # fmt: skip
    return instruments.adopt(by=by, at=at, edition=draft)


def _open(edition: Edition, matter: _Matter, day: date) -> Impact:
    unit = Unit.objects.select_related("area").get(name=unit_name(JIAYUGUAN, "住房和城乡建设局"))
    by, at = people.officer(unit.name), morning(day)
    about = SubjectDraft(Subject.DECISION, matter.name, unit.area, unit=unit)
    draft = impacts.ImpactDraft(
        subject=about, edition=edition, words=matter.words, statement=matter.statement,
        places=[(unit.area, "全市居民和商户")],
    )  # fmt: skip
    impact = impacts.begin_impact(by=by, at=at, draft=draft)
    _answered(impact.tasks.get(assessment__kind=Assessment.SELF).assessment, day, 4)
    hazard = impact_hazards.name_hazard(
        by=by, at=at, impact=impact, draft=impact_hazards.HazardDraft(matter.risk, 3)
    )
    answer = impact_hazards.MitigationDraft(matter.answer, unit, day + timedelta(days=200))
    impact_hazards.promise_mitigation(by=by, at=at, hazard=hazard, draft=answer)
    until = day + timedelta(days=31)
    return impacts.lay_open(by=by, at=at, impact=impact, until=until)


def _decide(impact: Impact, day: date) -> None:
    other = Unit.objects.get(name=unit_name(JIAYUGUAN, "民政局"))
    asked = day - timedelta(days=20)
    task = impacts.ask_unit(
        by=people.planner(JIAYUGUAN), at=morning(asked), impact=impact, unit=other, due_on=day
    )
    _answered(task, asked + timedelta(days=5), 3)
    decider = Actor("复核员(示例)", Role.PLANNER, unit_name(JIAYUGUAN, "民族宗教事务局"))
    said = ruling.RulingDraft(
        outcome=Ruling.GO,
        summary="迁移后道路畅通，摊位条件改善；老年人出行是主要影响。",
        heard="收到意见后增加了便民菜车的次数。",
        reasons="利大于弊，主要影响已有应对。",
    )
    ruling.decide(by=decider, at=morning(day), impact=impact, draft=said)


def _answered(task: Assessment, day: date, grade: int) -> None:
    answers = {key: {"v": grade if kind == "scale" else "yes"} for key, kind, *_ in _QUESTIONS}
    by = people.officer(task.unit.name)
    assessing.hand_in(by=by, at=morning(day), assessment=task, filled=assessing.Filled(answers))
