"""Reading a breakdown table (任务分解表): which column means what, which rows stand under which measure.

Towns keep their plans as tables with merged cells, section lines, and several units in one cell. Each is
read as its writer meant it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

# In the order in which a header is held against them: 责任单位 is asked for before 任务.
_HEADERS = {
    "number": re.compile(r"^(序号|序號|编号|編號|no\.?|number|#)$"),
    "lead": re.compile(r"牵头|牽頭|主办|主辦|\blead"),
    "supporting": re.compile(r"配合|协办|協辦|协同|協同|参与|參與|support"),
    "responsible": re.compile(r"责任|責任|负责|負責|承办|承辦|responsib"),
    "due": re.compile(r"时限|時限|期限|时间|時間|截止|\bdue|deadline|by when"),
    "indicator": re.compile(r"指标|指標|indicator"),
    "target": re.compile(r"目标值?$|目標值?$|target|goal"),
}
_WORK = re.compile(
    r"任务|任務|措施|举措|舉措|工作|事项|事項|内容|內容|项目|項目|measure|task|action"
)
_OF_SOMEBODY = re.compile(r"人$|领导|領導|联系|聯繫|电话|電話|person|contact|phone")
FIELDS = ("number", "measure", "task", "lead", "responsible", "supporting", "due", "indicator",
          "target")  # fmt: skip
_INHERITED = ("lead", "responsible", "supporting", "due")
_BETWEEN_UNITS = re.compile(r"[、,;；，\n\r]+")
_LABEL = re.compile(r"^[^:：]{2,6}[:：]")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万萬亿億]?)")
_TIMES = {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_AT_MOST = re.compile(r"不超过|不超過|不高于|不高於|以下|以内|以內|至多|≤|<=|at most")


class Row(NamedTuple):
    """One row as the table says it; `line` counts the filled rows below the header from 1."""

    line: int
    measure: str
    task: str
    lead: str = ""
    responsible: str = ""
    supporting: str = ""
    due: str = ""
    indicator: str = ""
    target: str = ""


def guessed(columns: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field, by the headers. Of two columns of work the broader is first."""
    found: dict[str, int] = {}
    work: list[int] = []
    for place, column in enumerate(columns):
        header = "".join(unicodedata.normalize("NFKC", column).lower().split())
        if _OF_SOMEBODY.search(header):
            continue
        field = next((name for name, words in _HEADERS.items() if words.search(header)), None)
        if field:
            found.setdefault(field, place)
        elif _WORK.search(header):
            work.append(place)
    if len(work) > 1:
        found["measure"] = work[0]
    if work:
        found["task"] = work[min(1, len(work) - 1)]
    return found


def rows_of(
    table: Iterable[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    *,
    otherwise: str,
    continues: bool = False,
) -> list[Row]:
    """Return the rows of a table of numbered lines. An empty measure is the one above it: so merged cells arrive.

    otherwise: the measure of rows that stand under none. continues: empty units and days are those above too.
    """
    rows: list[Row] = []
    measure = otherwise
    above = Row(0, "", "")
    for line, cells in table:
        said = {name: cells[place].strip() for name, place in columns.items()}
        said.pop("number", None)
        filled = [place for place, cell in enumerate(cells) if cell.strip()]
        if len(filled) == 1 and filled[0] != columns.get("task") and filled[0] <= columns["task"]:
            measure = cells[filled[0]].strip()
            rows.append(Row(line, measure, ""))
            continue
        measure = said.pop("measure", "") or measure
        row = Row(line, measure, said.pop("task"), **said)
        if continues:
            row = row._replace(**{n: getattr(row, n) or getattr(above, n) for n in _INHERITED})
        rows.append(row)
        above = row
    return rows


def names_in(cell: str) -> list[str]:
    """Return the units that a cell names, one after the other."""
    parts = _BETWEEN_UNITS.split(cell)
    if not re.search(r"[A-Za-z]", cell):
        parts = [word for part in parts for word in part.split()]
    names = [_LABEL.sub("", part.strip()).removesuffix("等").strip() for part in parts]
    return [name for name in names if name]


def amount(words: str) -> tuple[str, Decimal] | None:
    """Return sense and number of a target such as 不少于2000人次, or None unless there is one number."""
    found = _AMOUNT.findall(unicodedata.normalize("NFKC", words))
    if len(found) != 1:
        return None
    value = Decimal(found[0][0].replace(",", "")) * _TIMES[found[0][1]]
    if value >= 10**15 or value != round(value, 6):
        return None
    return ("at_most" if _AT_MOST.search(words) else "at_least"), value
