"""Outward forms for tests: three layouts of one city's counties that overlap, as offices send them."""

import io
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.styles import Font

from linli.kernel.actors import Role
from linli.reports.actions import answering
from linli.reports.actions import asked as actions
from linli.reports.queries.asked import newest_saying
from linli.reports.rules.grid import of_json
from linli.reports.rules.suggesting import suggested
from tests.town import directory, facts
from tests.town.staff import actor

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
UNIT = "兰州市教育局"
COUNTIES = {"620102": "城关区", "620103": "七里河区"}
INDICATORS = {
    "population.residents": ("常住人口", "人"),
    "education.schools": ("中小学校数", "所"),
    "education.teachers": ("中小学专任教师数", "人"),
    "services.windows": ("政务服务窗口数", "个"),
}
# What is known of 2025: schools and residents of both, teachers of one.
KNOWN = {
    ("population.residents", "620102"): "1503000",
    ("population.residents", "620103"): "646000",
    ("education.schools", "620102"): "131",
    ("education.schools", "620103"): "74",
    ("education.teachers", "620102"): "9800",
}


def place():
    city = directory.area("620100", name="兰州市")
    for code, name in COUNTIES.items():
        directory.area(code, name=name, level="county", parent=city)
    for code, (name, unit) in INDICATORS.items():
        # An invented town's figures count nobody.
        facts.indicator(code, name=name, name_hant=name, name_en=code, unit=unit, adds_up=False)
    return directory.unit(UNIT, area=city)


def know(*, at=NOON, year="2025", figures=None, source="统计局", **more):
    from linli.directory.models import Area

    return {
        (code, area): facts.fact(
            value, at=at, indicator=facts.indicator(code), area=Area.objects.get(code=area),
            period=year, source=source, **more,
        )
        for (code, area), value in (figures or KNOWN).items()
    }  # fmt: skip


def officer(unit=UNIT):
    return actor(Role.OFFICER, name="经办", unit=unit)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def education(year=2025, extra=None):
    """Places in rows, indicators in columns, the population in 万, a total that is a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = "教育"
    sheet.append([f"{year}年区县教育基本情况表"])
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append(["区县", "人口", "教育", None, "备注"])
    sheet.append([None, "常住人口（万人）", "中小学校数（所）", "专任教师（人）", None])
    for block in ("A2:A3", "C2:D2", "E2:E3"):
        sheet.merge_cells(block)
    for name in COUNTIES.values():
        sheet.append([name])
    sheet.append(["合计", "=SUM(B4:B5)", "=SUM(C4:C5)", "=SUM(D4:D5)"])
    sheet.append(["填表人："])
    if extra:
        sheet["A8"] = extra
    return saved(book)


def population(year=2025):
    """Indicators in rows, places in columns."""
    book = Workbook()
    sheet = book.active
    sheet.title = "人口与教育"
    sheet.append([f"{year}年度人口与教育统计表", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append(["指标", *COUNTIES.values()])
    for code in ("population.residents", "education.schools", "education.teachers"):
        sheet.append([INDICATORS[code][0]])
    return saved(book)


def services(year=2025):
    """Two sheets: services of this year, schools of this year and the year before."""
    book = Workbook()
    first = book.active
    first.title = "服务"
    first.append(["区县", "政务服务窗口数", "常住人口"])
    second = book.create_sheet("学校")
    second.append(["区县", f"{year}年中小学校数", f"{year - 1}年中小学校数"])
    for sheet in (first, second):
        for name in COUNTIES.values():
            sheet.append([name])
    return saved(book)


def brought(data=None, *, at=NOON, by=None, asker="省教育厅", period="2025", **more):
    from linli.directory.models import Unit
    from linli.facts.rules.periods import of_iso

    given = {
        "data": education() if data is None else data, "file_name": "form.xlsx", "title": "区县教育基本情况表",
        "asker": asker, "ground": "年度统计制度", "due_on": date(2026, 12, 10), "period": of_iso(period),
        "unit": Unit.objects.get(name=UNIT),
    }  # fmt: skip
    return actions.bring_form(by=by or officer(), at=at, draft=actions.FormDraft(**given | more))


def names():
    return (
        {name: code for code, (name, _unit) in INDICATORS.items()},
        {name: code for code, name in COUNTIES.items()},
    )


def mapped(form, *, at=NOON, by=None):
    """Confirm what is suggested for every sheet."""
    indicators, areas = names()
    for number, sheet in enumerate(of_json(form.grid)):
        actions.say(
            by=by or officer(), at=at, form=form, seen=newest_saying(form.layout),
            given=suggested(number, sheet, form.own_period, indicators, areas),
        )  # fmt: skip
    return form


def annex(found):
    return [["cell", "fact"], *([one.cell.name, one.fact and one.fact.code] for one in found)]


def sent(form, *, at=NOON, by=None, words="尚无数据"):
    return answering.send(
        by=by or officer(), at=at, form=form, words=words, annex=annex, annex_title="数据来源"
    )
