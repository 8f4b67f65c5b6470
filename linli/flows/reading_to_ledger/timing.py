"""When: the period that a figure is of, and the day that a promise is due. Pure; nothing is guessed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from linli.facts.rules.periods import Period, of_iso, shown, year

# A report printed in the first months of a year tells of the year before; in December, of this one.
_LOOKING_BACK = 4


def report_period(reading: Mapping[str, Any]) -> str:
    """Return the ISO year that a report is about: from its title, else from when it was printed, else ""."""
    spans = [line[:2] for line in reading["lines"] if line[3] in {"title", "subtitle"}]
    years: set[str] = {
        item["iso"]
        for item in reading["dates"]
        for start, end in spans
        if start <= item["start"] < end and len(item["iso"]) == 4
    }
    if len(years) == 1:
        return years.pop()
    printed = of_iso((reading.get("date") or "")[:10])
    if printed is None or years:
        return ""
    if printed.start.month == 12:
        return str(printed.start.year)
    return str(printed.start.year - 1) if printed.start.month <= _LOOKING_BACK else ""


def figure_period(figure: Mapping[str, Any], otherwise: str, *, told_on: date) -> str:
    """Return the ISO period of a figure: its own when it is a whole one, else the report's.

    told_on: the day of the report. Of days that were still to come then it counts nothing: "".
    """
    own = of_iso(figure.get("period") or "") or of_iso(otherwise)
    return shown(own) if own and own.start <= told_on else ""


def due_day(reading: Mapping[str, Any], measure: Mapping[str, Any]) -> date | None:
    """Return the last day of what a planned measure names, else of the year its section is about."""
    if measure["status"] != "planned":
        return None
    named = _last_of(reading, measure["start"], measure["end"])
    if named:
        return named
    headings = [item for item in reading["headings"] if item["end"] <= measure["start"]]
    level = 99
    for heading in reversed(headings):  # from the innermost section outwards
        if heading["level"] < level:
            level = heading["level"]
            if named := _last_of(reading, heading["start"], heading["end"]):
                return named
    return None


def programme_years(days: list[date]) -> Period | None:
    """Return the whole years in which these due days lie."""
    if not days:
        return None
    return Period(year(min(days).year).start, year(max(days).year).until)


def last_day(period: Period) -> date:
    """Return the last day that belongs to a period."""
    return period.until - timedelta(days=1)


def _last_of(reading: Mapping[str, Any], start: int, end: int) -> date | None:
    periods = [
        of_iso(item["iso"])
        for item in reading["dates"]
        if start <= item["start"] and item["end"] <= end
    ]
    known = [period for period in periods if period]
    return last_day(max(known, key=lambda period: period.until)) if known else None
