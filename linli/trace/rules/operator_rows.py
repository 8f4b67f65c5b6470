"""How a row of a table of food premises is read. Pure.

A row is one place where a business works; a business with three places has three rows. No column is about a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

FIELDS: Final = {
    "operator": ("经营者名称", "企业名称", "單位名稱", "經營者名稱", "operator", "business"),
    "credit_code": ("统一社会信用代码", "統一社會信用代碼", "credit code"),
    "name": ("门店名称", "场所名称", "門店名稱", "場所名稱", "premises"),
    "area": ("所在地", "地点", "所在地區", "地點", "place"),
    "street": ("地址", "详细地址", "詳細地址", "address"),
    "activities": ("经营项目", "活动", "經營項目", "活動", "activities"),
    "gln": ("GLN", "gln"),
    "square": ("地图方格", "地圖方格", "square"),
}
NEEDED: Final = ("operator", "name", "area", "street", "activities")
LONGEST: Final = {"operator": 120, "name": 120, "street": 200}
ACTIVITIES: Final = {
    "slaughter": ("屠宰", "slaughter"),
    "processing": ("加工", "生产", "生產", "食品生产", "食品生產", "processing"),
    "storage": ("贮存运输", "储运", "贮存", "运输", "仓储", "貯存運輸", "儲運", "storage", "storage and transport"),
    "wholesale": ("批发", "批發", "wholesale"),
    "retail": ("零售", "销售", "銷售", "retail"),
    "catering": ("餐饮", "餐饮服务", "餐飲", "餐飲服務", "catering"),
}  # fmt: skip
_FURTHEST: Final = 99
_MARKS: Final = str.maketrans(dict.fromkeys("、，,；;/|", "\n"))


@dataclass(frozen=True, slots=True)
class Read:
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
        if (found := next((one for one in map(str.lower, names) if one in plain), None)) is not None
    }


def read_row(line: int, cells: Mapping[str, str]) -> Read:
    """Return one row of a table of premises, with everything that is wrong with it."""
    values: dict[str, object] = {}
    wrongs: dict[str, str] = {}
    for field in FIELDS:
        said = cells.get(field, "").strip()
        if not said:
            if field in NEEDED:
                wrongs[field] = "missing"
            continue
        value, wrong = _value(field, said)
        if wrong:
            wrongs[field] = wrong
        else:
            values[field] = value
    return Read(line, dict(cells), values, wrongs)


def _value(field: str, said: str) -> tuple[object, str]:
    if field == "activities":
        return _activities(said)
    if field == "square":
        return _square(said)
    return (None, "too_long") if len(said) > LONGEST.get(field, 60) else (said, "")


def _activities(said: str) -> tuple[tuple[str, ...] | None, str]:
    named = [one.strip().lower() for one in said.translate(_MARKS).splitlines() if one.strip()]
    known = {word: key for key, words in ACTIVITIES.items() for word in words}
    if not named or not known.keys() >= set(named):
        return None, "unknown_activity"
    return tuple(sorted({known[one] for one in named})), ""


def _square(said: str) -> tuple[tuple[int, int] | None, str]:
    row, mark, column = (one.strip() for one in said.replace("－", "-").partition("-"))
    if not mark or not (row + column).isascii() or not (row.isdigit() and column.isdigit()):
        return None, "not_a_square"
    place = (int(row[:4]), int(column[:4]))
    return (place, "") if all(1 <= one <= _FURTHEST for one in place) else (None, "not_a_square")
