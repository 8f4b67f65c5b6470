"""Lanzhou's forms: one filled and sent, the same asked again and refused, one of another layout that asks nothing new, one that waits."""

import io
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from linli.demo import people
from linli.demo.units import LANZHOU, unit_name
from linli.directory.models import Area, Unit
from linli.facts.models import Fact
from linli.facts.rules.periods import Period, year
from linli.facts.rules.statements import Statement
from linli.reports.actions import answering
from linli.reports.actions import asked as actions
from linli.reports.actions.answering import Backing
from linli.reports.models import FormAsked
from linli.reports.queries.asked import Standing, newest_saying, standings
from linli.reports.queries.forms_asked import areas_near, indicator_names
from linli.reports.rules.grid import of_json
from linli.reports.rules.suggesting import suggested
from linli.reports.schemas.asked import annex_of, annex_title

_EDUCATION = ("常住人口（万人）", "常住户数（户）", "中小学校数（所）", "幼儿园数（所）", "中小学专任教师数（人）")  # fmt: skip
_SERVICES = ("常住人口（万人）", "政务服务窗口数（个）", "公交线路条数（条）", "公共文化场馆数（处）", "社区服务站数（个）")  # fmt: skip
_FAMILIES = ("常住户数（户）", "幼儿园数（所）", "中小学专任教师数（人）")
_TITLE = "区县人口与教育基本情况表"
FEWEST = Decimal(40)  # where nothing at all is known
_HERE = ""  # the demo has no address of its own: citations are paths


def ask(*, at: datetime) -> None:
    """Bring the four forms of three layouts, unless they are here."""
    if FormAsked.objects.exists():
        return
    period = year(localdate(at).year - 1)
    first = _brought(_EDUCATION, _TITLE, "省教育主管部门（示例）", "教育局", period, at)
    _type_in(first, at)
    _send(first, at)
    again = _brought(_EDUCATION, _TITLE, "市统计部门（示例）", "教育局", period, at)
    answering.refuse_form(
        by=people.officer(again.unit.name), at=at, form=again,
        words="各单元格均已在先前报表中报送，数据没有变化，请直接引用。",
    )  # fmt: skip
    third = _brought(
        _FAMILIES, "区县家庭与学校情况表", "省卫生健康主管部门（示例）", "教育局", period, at
    )
    _send(third, at)  # all of it is known by now
    _brought(_SERVICES, "区县公共服务设施情况表", "省民政主管部门（示例）", "民政局", period, at)


def _brought(
    heads: tuple[str, ...], title: str, asker: str, office: str, period: Period, at: datetime
) -> FormAsked:
    unit = Unit.objects.select_related("area").get(name=unit_name(LANZHOU, office))
    by = people.officer(unit.name)
    draft = actions.FormDraft(
        data=_file(f"{period.start.year}年{title}", heads), file_name=f"{title}.xlsx", title=title,
        asker=asker, ground="年度统计报表制度（示例）", due_on=localdate(at) + timedelta(days=12),
        period=period, unit=unit,
    )  # fmt: skip
    form = actions.bring_form(by=by, at=at - timedelta(days=3), draft=draft)
    indicators, areas = indicator_names(), areas_near(unit)
    (sheet,) = of_json(form.grid)
    actions.say(
        by=by, at=at - timedelta(days=2), form=form, seen=newest_saying(form.layout),
        given=suggested(0, sheet, form.own_period, indicators, areas),
    )  # fmt: skip
    return form


def _type_in(form: FormAsked, at: datetime) -> None:
    """Tell what nobody has told yet: as it was the year before, and a little more."""
    missing = {one.cell.name: one for one in standings(form) if one.typed_here}
    answering.tell(
        by=people.officer(form.unit.name), at=at, form=form,
        figures={name: Statement(_value(one)) for name, one in missing.items()},
        backing=Backing(words="教育事业统计台账。演示数值为合成数据，并非官方统计。"),
    )  # fmt: skip


def _value(one: Standing) -> Decimal:
    fact: Fact | None = one.fact
    return (fact.value if fact and fact.value else FEWEST) + 12


def _send(form: FormAsked, at: datetime) -> None:
    answering.send(
        by=people.officer(form.unit.name), at=at, form=form, words="",
        annex=annex_of(form, _HERE), annex_title=annex_title(),
    )  # fmt: skip


def _file(title: str, heads: tuple[str, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "基本情况"
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(heads) + 1)
    sheet.append(["区县", *heads])
    places = Area.objects.filter(parent=LANZHOU.code, until_year=None).order_by("code")
    for place in places:
        sheet.append([place.name])
    last = sheet.max_row
    letters = "ABCDEFGH"[1 : len(heads) + 1]
    sheet.append(["合计", *(f"=SUM({letter}3:{letter}{last})" for letter in letters)])
    sheet["A1"].font, sheet["A1"].alignment = (
        Font(bold=True, size=15),
        Alignment(horizontal="center"),
    )
    line = Side(style="thin")
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(top=line, bottom=line, left=line, right=line)
    for letter in ("A", *letters):
        sheet.column_dimensions[letter].width = 18
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
