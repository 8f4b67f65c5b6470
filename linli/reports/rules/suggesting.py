"""What the heads of a form most likely mean, from their words alone. Pure: an officer confirms every one."""

import re
from collections.abc import Callable, Mapping

from rapidfuzz import fuzz, process

from linli.reports.rules.grid import Sheet
from linli.reports.rules.mapping import (
    AREA,
    INDICATOR,
    OWN,
    PERIOD,
    SCALE,
    Saying,
    from_own,
    place,
)

# From here on a head and an indicator's name share most of their characters: 专任教师 and 中小学专任教师数.
ALIKE = 60.0
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]|单位[:：]\S*|單位[:：]\S*")
_NOISE = re.compile(r"[^\w]|[\d_]+\s*年?|年度|年末|期末|全年|其中|合计|合計")
_ENDINGS = re.compile(
    r"(?:自治县|自治縣|自治州|街道办事处|街道|市|区|區|县|縣|镇|鎮|乡|鄉|社区|社區)$"
)
_ALL = re.compile(r"[总總合]\s*[计計]|[全本](?:市|区|區|县|縣|州|单位|單位|辖区|轄區)|小计|小計")
_MEASURED = re.compile(r"(?:[（(\[【]|单位[:：]|單位[:：])\s*(千|万|萬|亿|億)")
_SCALES = {"千": "3", "万": "4", "萬": "4", "亿": "8", "億": "8"}
_LAST_YEAR = re.compile(r"上年|去年|上一年")
_THIS_YEAR = re.compile(r"本年|本期|今年|报告期|報告期|当年|當年")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_VALUES = re.compile(r"数值|數值|数量|數量|数据|數據|期末数|期末數")


def indicator(words: str, names: Mapping[str, str]) -> str:
    """Return the indicator that a head most likely names, "" for none. names: each name's code."""
    parts = [words, *words.split()]
    heads = {head for part in parts if (head := _plain(part)) and len(head) > 1}
    best, score = "", ALIKE
    for head in sorted(heads):
        found = process.extractOne(head, names.keys(), scorer=fuzz.ratio, processor=_plain, score_cutoff=score)  # fmt: skip
        if found and (found[1] > score or not best):
            best, score = names[found[0]], found[1]
    return best


def area(words: str, names: Mapping[str, str]) -> str:
    """Return the area whose name stands in a head, the longest; `OWN` for "total"; "" for none."""
    said = "".join(words.split())
    fitting = [name for name in names if name in said or _short(name) == said]
    if fitting:
        return names[max(fitting, key=lambda name: (len(name), name))]
    return OWN if _ALL.search(said) else ""


def period(words: str, own: str) -> str:
    """Return the period that a head names, as ISO words; own: the form's."""
    if match := _YEAR.search(words):
        return match[1]
    if _LAST_YEAR.search(words) and own[:4].isdecimal():
        return f"{int(own[:4]) - 1}{own[4:]}" if "/" not in own else ""
    return own if _THIS_YEAR.search(words) or _VALUES.search(words) else ""


def scale(words: str) -> str:
    """Return the power of ten that a head asks for, "" for none: 常住人口（万人）."""
    match = _MEASURED.search(words)
    return _SCALES[match[1]] if match else ""


def _plain(words: str) -> str:
    return _NOISE.sub("", _BRACKETS.sub("", words)).removesuffix("数").removesuffix("數")


def _short(name: str) -> str:
    short = _ENDINGS.sub("", name)
    return short if len(short) > 1 else name


def suggested(
    number: int, sheet: Sheet, own: str, indicators: Mapping[str, str], areas: Mapping[str, str]
) -> dict[Saying, str]:
    """Return what a sheet's places most likely mean: each field said of rows or of columns, whichever say it more often.

    What neither says is said of the sheet: the form's own period, the place of the unit itself.
    """
    empty = list(sheet.empty())
    rows = {place(number, row=row): sheet.row_words(row) for row in {row for row, _ in empty}}
    columns = {place(number, column=one): sheet.column_words(one) for one in {one for _, one in empty}}  # fmt: skip
    reads: dict[str, Callable[[str], str]] = {
        INDICATOR: lambda words: indicator(words, indicators),
        AREA: lambda words: area(words, areas),
        PERIOD: lambda words: _from_own(period(words, own), own),
        SCALE: scale,
    }
    found: dict[Saying, str] = {}
    for field, read in reads.items():
        of_columns, of_rows = (
            {(where, field): value for where, words in axis.items() if (value := read(words))}
            for axis in (columns, rows)
        )
        found |= of_rows if len(of_rows) > len(of_columns) else of_columns
    said = {field for _where, field in found}
    whole = {AREA: OWN, PERIOD: OWN, SCALE: scale(sheet.title_words())}
    return found | {
        (place(number), field): value for field, value in whole.items() if value and field not in said
    }  # fmt: skip


def _from_own(said: str, own: str) -> str:
    return from_own(said, own) if said else ""
