"""Jiayuguan's inspections of food premises: visited unannounced, told in public with what the premises say."""

from datetime import date, timedelta

from linli.assessments.actions import (
    conflicts,
    correcting,
    draws,
    inspecting,
    instruments,
    register,
)
from linli.assessments.actions.assessing import Filled
from linli.assessments.actions.signatures import Signed
from linli.assessments.models import CorrectionOrder, Edition, Inspection, Instrument, Subject
from linli.assessments.rules.instruments import Form, Item, Level, Section
from linli.demo import people
from linli.demo.food import place
from linli.demo.funds_books import morning
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Unit
from linli.flows.inspected_to_premises import premises_subject
from linli.trace.models import Premises

CHECKLIST = "餐饮与清真食品经营场所检查表"
_LANGUAGES = ("zh-hans", "zh-hant", "en")
_ITEMS = (
    ("permit", "yes_no", 6, "v", "证照齐全并公示", "證照齊全並公示", "Permits are complete and on show"),
    ("cold", "yes_no", 6, "v", "冷藏温度不高于八度", "冷藏溫度不高於八度", "Cold storage at 8 °C or below"),
    ("apart", "yes_no", 5, "", "专柜、专库、专用工具", "專櫃、專庫、專用工具", "Separate counter, store and tools"),
    ("label", "yes_no", 3, "s", "原料标签和来源凭证齐全", "原料標籤和來源憑證齊全", "Labels and proofs of origin"),
    ("clean", "scale", 5, "", "后厨清洁", "後廚清潔", "Cleanliness of the kitchen"),
    ("waste", "yes_no", 2, "", "餐厨废弃物加盖分类", "餐廚廢棄物加蓋分類", "Waste is covered and sorted"),
    ("notice", "yes_no", 2, "", "投诉渠道张贴在显眼处", "投訴渠道張貼在顯眼處", "How to complain is on the wall"),
    ("shot", "photo", 0, "", "后厨照片", "後廚照片", "Photo of the kitchen"),
)  # fmt: skip
# Name, days ago, what was wrong there: nothing known yet of one that is planned.
_VISITS: tuple[tuple[str, int, dict[str, object] | None], ...] = (
    ("河口牛肉面馆（示例）", 52, {}),
    ("祁连食品店（示例）", 45, {"label": "no", "clean": 3}),
    ("绿洲清真餐厅（示例）", 38, {"apart": "no", "waste": "no", "clean": 2}),
    ("昌盛牛羊肉摊（示例）", 30, {"cold": "no", "clean": 3}),
    ("铁南早餐店（示例）", 12, {"notice": "no"}),
    ("永乐拉面馆（示例）", 0, None),
)
_UNIT = unit_name(JIAYUGUAN, "市场监督管理局")
_CLOSED = "绿洲清真餐厅（示例）"


def visit(*, today: date) -> None:
    """Make the visits, unless they were made: one is planned for today."""
    if Subject.objects.filter(name=_VISITS[0][0]).exists():
        return
    edition = _checklist(today)
    for name, ago, wrong in _VISITS:
        day = today - timedelta(days=ago)
        visited = planned(edition, place(name), day, _UNIT)
        if wrong is not None:
            made(visited, day, wrong)
            _closed(visited, told(visited, day), today)
    _drawn(edition, today)


def _drawn(edition: Edition, today: date) -> None:
    """Plan a draw of the next premises and inspectors: its seed's hash is told, its list closes tomorrow."""
    by, at = people.planner(JIAYUGUAN), morning(today)
    unit = Unit.objects.select_related("area").get(name=_UNIT)
    for _number in range(6):
        conflicts.add_inspector(by=by, at=at, unit=unit)
    draft = draws.SitesDraft(
        unit=unit, name="冬季双随机抽查（示例）", edition=edition, strata=[(unit.area, 2)], pool=[unit],
        closes_at=at + timedelta(days=1), until=today + timedelta(days=15), crew=2,
    )  # fmt: skip
    draws.plan_sites(by=by, at=at, draft=draft)


def _checklist(today: date) -> Edition:
    by, at = people.planner(JIAYUGUAN), morning(today - timedelta(days=60))
    items = tuple(
        Item(
            key, kind, dict(zip(_LANGUAGES, texts, strict=True)), weight=weight, veto="v" in marks,
            may_skip="s" in marks, top=4 if kind == "scale" else 0,
        )
        for key, kind, weight, marks, *texts in _ITEMS
    )  # fmt: skip
    titles = dict(zip(_LANGUAGES, ("现场检查", "現場檢查", "On site"), strict=True))
    levels = (
        Level("pass", dict(zip(_LANGUAGES, ("合格", "合格", "Pass"), strict=True)), 7000),
        Level("good", dict(zip(_LANGUAGES, ("良好", "良好", "Good"), strict=True)), 9000),
    )
    form = Form(_LANGUAGES, (Section("site", titles, items),), levels)
    keeper = Unit.objects.get(name=by.unit)
    draft = instruments.begin_instrument(
        by=by, at=at, name=CHECKLIST, use=Instrument.INSPECTION, unit=keeper, form=form
    )
    return instruments.adopt(by=by, at=at, edition=draft)


def planned(edition: Edition, premises: Premises, day: date, by_unit: str) -> Inspection:
    """Plan a visit of premises by a unit, for a day."""
    unit = Unit.objects.select_related("area").get(name=by_unit)
    by, at = people.officer(unit.name), morning(day)
    draft = inspecting.InspectionDraft(
        edition=edition,
        subject=premises_subject(by=by, at=at, premises=premises),
        unit=unit,
        day=day,
    )
    return inspecting.plan_inspection(by=by, at=at, draft=draft)


def made(visited: Inspection, day: date, wrong: dict[str, object]) -> None:
    """Bring in what a visit found: all in order but what is said to be wrong."""
    usual = {key: 4 if kind == "scale" else "yes" for key, kind, *_ in _ITEMS if kind != "photo"}
    answers = {key: {"v": value} for key, value in (usual | wrong).items()}
    signature = Signed("[[[120, 500], [300, 320], [520, 610], [840, 380]]]")
    by = people.officer(visited.assessment.unit.name)
    at = morning(day) + timedelta(hours=2)
    brought = inspecting.Brought(Filled(answers), signed=signature)
    inspecting.bring_in(by=by, at=at, inspection=visited, brought=brought)


def told(visited: Inspection, day: date) -> list[CorrectionOrder]:
    """Order what is to be put right, tell the result, and let the premises say what they have to say."""
    by = people.officer(visited.assessment.unit.name)
    at = morning(day + timedelta(days=1))
    orders = [
        correcting.order(by=by, at=at, finding=finding, words="限期整改，并书面说明。", days=10)
        for finding in visited.findings.all()
    ]
    passphrase = register.hand_code(by=by, at=at, inspection=visited)
    register.publish(by=by, at=at, inspection=visited)
    if orders:
        register.reply(
            at=at + timedelta(hours=5), code=visited.assessment.code, passphrase=passphrase,
            words="已安排整改，欢迎复查。（示例）",
        )  # fmt: skip
    return orders


def _closed(visited: Inspection, orders: list[CorrectionOrder], today: date) -> None:
    """Look again at one of the premises: all is put right."""
    by = people.officer(visited.assessment.unit.name)
    if visited.assessment.subject.name == _CLOSED:
        for order in orders:
            seen = correcting.Seen(met=True, words="现场核对，已整改到位。")
            correcting.check(by=by, at=morning(today - timedelta(days=20)), order=order, seen=seen)
