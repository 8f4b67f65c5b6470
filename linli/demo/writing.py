"""Four templates, and what is written in them: two years' work reports published, a briefing still on the desk."""

from datetime import datetime
from pathlib import Path
from typing import Final

from linli.demo import people
from linli.demo.units import JIAYUGUAN, unit_name
from linli.directory.models import Area, Unit
from linli.facts.rules import periods
from linli.reports.actions import publishing, templates, writing
from linli.reports.models import Template, Written
from linli.reports.queries.papers import draft_of
from linli.reports.rules.writing.linting import publishable

_DATA: Final = Path(__file__).parent / "data"
_TEMPLATES: Final = (
    ("work", "年度工作汇报", "年度工作匯報", "Work report of a year"),
    ("briefing", "服务工作简报", "服務工作簡報", "Briefing on services"),
    ("supervision", "督办函", "督辦函", "Supervision letter"),
    ("plan", "年度工作计划", "年度工作計劃", "Plan of a year"),
)
_YEARS: Final = {
    2: (
        "把窗口开到社区，周末和午休时间也有人值守；办事要带的材料写在门口，少跑一趟是一趟。",
        "夜间公交还没有通到北区，部分社区仍要换乘。明年先补这一段，再延长晚间服务时间。",
    ),
    1: (
        "新增的窗口先放在换乘最多的社区，每个窗口写明会说哪些语言、几点有人；**没有办成的也写上**，并告诉居民找谁。",
        "教师增加了，但寄宿学校的宿舍还不够；图书馆的少数民族文字藏书仍然偏少。明年这两件事单列经费，按季度公布进展。",
    ),
}
_BRIEFING: Final = ("办成：北区换乘站开了便民窗口。没有办成：夜间公交仍在协调，下期再报。",)


def write(*, at: datetime) -> None:
    """Write what is missing."""
    if Template.objects.exists():
        return
    unit = Unit.objects.get(name=unit_name(JIAYUGUAN, "人力资源和社会保障局"))
    by = people.officer(unit.name)
    made = {
        kind: templates.begin_template(
            by=by,
            at=at,
            draft=templates.TemplateDraft(
                kind=kind, language="zh-hans", title=title, title_hant=hant, title_en=english,
                text=(_DATA / f"template_{kind}.txt").read_text(),
            ),
        )
        for kind, title, hant, english in _TEMPLATES
    }  # fmt: skip
    for back, passages in _YEARS.items():
        year = at.year - back
        report = _written(
            made["work"], f"嘉峪关市{year}年邻里服务工作汇报", year, passages, unit, at
        )
        _publish(report, at)
    year = at.year - 1
    _written(made["briefing"], f"嘉峪关市{year}年邻里服务简报", year, _BRIEFING, unit, at)


def _written(
    template: Template, title: str, year: int, passages: tuple[str, ...], unit: Unit, at: datetime
) -> Written:
    by = people.officer(unit.name)
    draft = writing.WrittenDraft(
        template=template, area=Area.objects.get(code=JIAYUGUAN.code), period=periods.year(year),
        unit=unit, title=title,
    )  # fmt: skip
    report = writing.begin_report(by=by, at=at, draft=draft)
    return writing.change_report(
        by=by, at=at, written=report, base=report.changed_at.isoformat(), title=title,
        by_hand=dict(enumerate(passages, 1)),
    )  # fmt: skip


def _publish(report: Written, at: datetime) -> None:
    """Publish it where nothing stands in the way: a demo filled without all its figures keeps the draft."""
    draft = draft_of(report, at=at)
    if publishable(draft.findings):
        by = people.planner(JIAYUGUAN)
        publishing.publish_report(by=by, at=at, written=report, seen=draft.digest)
