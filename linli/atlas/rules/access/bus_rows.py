"""How a table of buses is read: one row a pair of stops that follow each other on a line. Pure.

A stop's square stands in one of its rows at least, the same in all. No column is about a person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from linli.atlas.rules.access.squares import read_square

FIELDS: Final = {
    "line": ("线路", "線路", "路线", "路線", "line"),
    "start": ("上车站", "起站", "上車站", "from", "stop"),
    "start_square": ("上车站方格", "起站方格", "上車站方格", "from square"),
    "end": ("下车站", "止站", "下車站", "to"),
    "end_square": ("下车站方格", "止站方格", "下車站方格", "to square"),
    "minutes": ("行车分钟", "分钟", "行車分鐘", "分鐘", "minutes"),
    "every": ("发车间隔", "间隔分钟", "發車間隔", "間隔分鐘", "every"),
    "first": ("首班", "首班車", "first"),
    "last": ("末班", "末班車", "last"),
    "weekdays": ("运行日", "運行日", "weekdays"),
    "one_way": ("单向", "單向", "one way"),
}
NEEDED: Final = ("line", "start", "end", "minutes", "every")
LONGEST: Final = {"line": 40, "start": 60, "end": 60}
MOST_MINUTES: Final = 240
FIRST, LAST = time(6), time(21)  # where the table does not say
ALL_WEEK: Final = "0123456"
_DAYS: Final = {sign: str(day) for day, sign in enumerate("一二三四五六")} | {
    "日": "6", "天": "6", **{str(day): str(day - 1) for day in range(1, 8)},
}  # fmt: skip
_WEEKS: Final = {
    "": ALL_WEEK, "每天": ALL_WEEK, "每日": ALL_WEEK, "daily": ALL_WEEK,
    "工作日": "01234", "weekdays": "01234", "周末": "56", "週末": "56", "weekend": "56",
}  # fmt: skip
_NO: Final = frozenset({"", "否", "no", "0", "双向", "雙向"})
_YES: Final = frozenset({"是", "yes", "1", "单向", "單向"})
_NUMBER: Final = re.compile(r"[0-9]{1,3}")
_HOUR: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?::00)?")


@dataclass(frozen=True, slots=True)
class BusRow:
    """One row as it was read: values of what could be understood, and a code of what is wrong, by field."""

    line: int
    cells: Mapping[str, str]
    values: Mapping[str, object]
    wrongs: Mapping[str, str]


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return which column says what; a field that no column names is left out."""
    plain = [name.strip().rstrip("*＊").strip().lower() for name in header]
    return {
        field: plain.index(found)
        for field, names in FIELDS.items()
        if (found := next((one for one in names if one in plain), None)) is not None
    }


def read_row(line: int, cells: Mapping[str, str]) -> BusRow:
    """Return one row, with everything that is wrong in it alone."""
    values: dict[str, object] = {}
    wrongs: dict[str, str] = {}
    for field in FIELDS:
        value, wrong = _value(field, cells.get(field, "").strip())
        if wrong:
            wrongs[field] = wrong
        else:
            values[field] = value
    if values.get("start") == values.get("end") and "end" not in wrongs:
        wrongs["end"] = "the_same_stop"
    first, last = values.get("first"), values.get("last")
    if isinstance(first, time) and isinstance(last, time) and first >= last:
        wrongs["last"] = "before_the_first"
    return BusRow(line, dict(cells), values, wrongs)


def judged(rows: Sequence[BusRow]) -> list[BusRow]:
    """Return the rows with what is wrong among them: a stop without a square or with two, a pair that stands twice."""
    squares: dict[str, set[object]] = {}
    for row in rows:
        for stop, square in _stops(row):
            squares.setdefault(stop, set()).update({square} - {None})
    pairs: set[tuple[object, ...]] = set()
    found = []
    for row in rows:
        wrongs = dict(row.wrongs)
        for field in ("start", "end"):
            known = squares.get(str(row.values.get(field)), {None})
            if f"{field}_square" not in wrongs and len(known) != 1:
                wrongs[f"{field}_square"] = "two_squares" if known else "no_square"
        for pair in _pairs(row):
            if pair in pairs:
                wrongs.setdefault("line", "stands_twice")
            pairs.add(pair)
        found.append(BusRow(row.line, row.cells, row.values, wrongs))
    return found


def stops_of(rows: Sequence[BusRow]) -> dict[str, tuple[int, int]]:
    """Return the stops of rows without a wrong, each with its square, in order of their names."""
    known = {stop: square for row in rows for stop, square in _stops(row) if square is not None}
    return {name: (known[name][0], known[name][1]) for name in sorted(known)}


def _stops(row: BusRow) -> list[tuple[str, tuple[int, int] | None]]:
    return [
        (str(row.values[field]), row.values.get(f"{field}_square"))  # type: ignore[misc]
        for field in ("start", "end")
        if field in row.values
    ]


def _pairs(row: BusRow) -> list[tuple[object, ...]]:
    """Return what a row says goes where, both ways unless it is one way; what cannot be read says nothing."""
    line, start, end, days = (row.values.get(name) for name in ("line", "start", "end", "weekdays"))
    if None in (line, start, end, days) or start == end:
        return []
    ways = [(start, end)] if row.values.get("one_way") else [(start, end), (end, start)]
    return [(line, *way, row.values.get("first"), day) for way in ways for day in str(days)]


def _value(field: str, said: str) -> tuple[object, str]:
    if not said and field in NEEDED:
        return None, "missing"
    if field in LONGEST:
        return (None, "too_long") if len(said) > LONGEST[field] else (said, "")
    if field in ("minutes", "every"):
        right = _NUMBER.fullmatch(said) and 1 <= int(said) <= MOST_MINUTES
        return (int(said), "") if right else (None, "not_minutes")
    if field in ("first", "last"):
        return _hour(said, FIRST if field == "first" else LAST)
    return _place_or_days(field, said)


def _place_or_days(field: str, said: str) -> tuple[object, str]:
    if field in ("start_square", "end_square"):
        square = read_square(said) if said else None
        return (square, "") if square or not said else (None, "not_a_square")
    if field == "weekdays":
        days = _weekdays(said)
        return (days, "") if days else (None, "not_weekdays")
    plain = said.lower()
    return (plain in _YES, "") if plain in _YES | _NO else (None, "not_yes_or_no")


def _hour(said: str, otherwise: time) -> tuple[time | None, str]:
    if not said:
        return otherwise, ""
    found = _HOUR.fullmatch(said)
    return (time(int(found[1]), int(found[2])), "") if found else (None, "not_an_hour")


def _weekdays(said: str) -> str:
    """Return the digits of weekdays, Monday 0, of "每天", "工作日", "一三五" or "1-5"; "" for anything else."""
    plain = said.lower().strip().removeprefix("周").removeprefix("週").removeprefix("星期")
    if said.lower() in _WEEKS:
        return _WEEKS[said.lower()]
    first, mark, last = (one.strip() for one in plain.replace("至", "-").partition("-"))
    if mark and first in _DAYS and last.removeprefix("周") in _DAYS:
        begins, ends = int(_DAYS[first]), int(_DAYS[last.removeprefix("周")])
        return "".join(str(day) for day in range(begins, ends + 1))
    signs = [sign for sign in plain if sign not in "、,， /周週"]
    return "".join(sorted({_DAYS[sign] for sign in signs})) if set(signs) <= _DAYS.keys() else ""
