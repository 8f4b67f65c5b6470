"""What each place sets out to do this year: an invented list of work points, read like any other report.

The same place and month always give the same text.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from linli.demo.tables import rows
from linli.demo.units import Town

_NUMERALS = "一二三四五六七八九十"


class Point(NamedTuple):
    """One thing to do: the clause, offices by their short names, days, and what measures it."""

    section: str
    clause: str
    lead: str
    responsible: tuple[str, ...]
    starts_on: date
    due_on: date
    indicator: str
    target: str


def points(today: date) -> Iterator[Point]:
    """Yield what is to be done, with days around `today`."""
    for row in rows("points.tsv"):
        section, clause, lead, responsible, start, due, indicator, target = (*row, "", "")[:8]
        yield Point(
            section,
            clause,
            lead,
            tuple(responsible.split()),
            month_end(today, int(start)),
            month_end(today, int(due)),
            indicator,
            target,
        )


def month_end(today: date, months: int) -> date:
    """Return the last day of the month so many months from that of `today`."""
    count = today.year * 12 + today.month + months
    return date(count // 12, count % 12 + 1, 1) - timedelta(days=1)


def work_points(town: Town, today: date) -> str:
    """Return the text of a place's work points of this year."""
    year = today.year
    lines = [
        f"{town.name}{year}年邻里服务工作要点（演示用虚构事项）",
        f"发布时间：{month_end(today, -11).isoformat()}  来源：邻里示例网",
        f"为把服务办到群众家门口，现将{town.name}{year}年重点工作分解到各有关单位。",
    ]
    section = ""
    sections = 0
    for number, point in enumerate(points(today), 1):
        if point.section != section:
            section = point.section
            lines.append(f"{_NUMERALS[sections]}、{section}")
            sections += 1
        due = f"{point.due_on.year}年{point.due_on.month}月底前"
        answer = "".join(f"，责任单位：{'、'.join(point.responsible)}" if point.responsible else "")
        lines.append(f"{number}.将于{due}{point.clause}。牵头单位：{point.lead}{answer}。")
    lines.append("各牵头单位每季度报告一次进展，未办结的事项提交下一次联席会议。")
    return "\n".join(lines) + "\n"
