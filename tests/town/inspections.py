"""Premises, checklists and visits for tests."""

from datetime import date

from linli.assessments.actions import inspecting, subjects
from linli.assessments.actions.assessing import Filled
from linli.assessments.actions.signatures import Signed
from linli.assessments.models import Instrument, Subject
from linli.assessments.rules.instruments import Item
from tests.town import assessments, directory

UNIT = "市场监督管理局"
STROKES = "[[[10, 20], [400, 200]], [[500, 90]]]"


def officer(name="经办人"):
    return assessments.officer(UNIT, name)


def checklist_form():
    """A checklist of four: a veto, a heavy and a light one, a photo."""
    zh = "zh-hans"
    items = (
        Item("cold", "yes_no", {zh: "冷藏温度不高于八度"}, weight=4, veto=True),
        Item("clean", "scale", {zh: "后厨清洁"}, weight=10, top=4, evidence="asked"),
        Item("label", "yes_no", {zh: "原料标签齐全"}, weight=1, may_skip=True),
        Item("shot", "photo", {zh: "后厨照片"}),
    )
    return assessments.form(*items, levels=((6000, "pass"), (9000, "good")))


def checklist(*, at, name="餐饮服务检查表"):
    form = checklist_form()
    return assessments.edition(at=at, of=form, use=Instrument.INSPECTION, name=name)


def premises(*, at, name="清香面馆", **given):
    draft = subjects.SubjectDraft(Subject.PREMISES, name, directory.area(), **given)
    return subjects.name_subject(by=officer(), at=at, draft=draft)


def planned(*, at, edition=None, subject=None, day=date(2026, 3, 2), **given):
    """A visit that is planned for the day."""
    draft = inspecting.InspectionDraft(
        edition=edition or checklist(at=at),
        subject=subject or premises(at=at),
        unit=directory.unit(UNIT),
        day=day,
        **given,
    )
    return inspecting.plan_inspection(by=officer(), at=at, draft=draft)


def brought(answers=None, *, strokes=STROKES, words="", photos=None, **given):
    """What comes back: {"item": value}, else one grave and one slight thing wrong."""
    answers = answers or {"cold": "no", "clean": 3, "label": "no"}
    filled = Filled({key: {"v": value} for key, value in answers.items()}, **given)
    return inspecting.Brought(filled, photos or {}, Signed(strokes, words))


def made(*, at, answers=None, **given):
    """A visit that was made."""
    one = planned(at=at, **given)
    inspecting.bring_in(by=officer(), at=at, inspection=one, brought=brought(answers))
    one.assessment.refresh_from_db()
    return one
