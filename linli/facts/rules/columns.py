"""Which column of a table holds what, guessed from its head in Chinese or English. Pure."""

import re
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

FIELDS = ("indicator", "area", "period", "value", "bound", "source")
NEEDED = ("indicator", "area", "period", "value", "source")

_NAMES = {
    "indicator": r"indicator|measure|指标(编?码|代码|名称)?|指標(編?碼|代碼|名稱)?|项目|項目",
    "area": r"area|place|region|county|city|code|地区|地區|区划(代码)?|區劃(代碼)?|行政区.*|行政區.*|地方|区县|區縣|市州",
    "period": r"period|year|date|time|month|年份?|时期|時期|时间|時間|期间|期間|报告期|報告期|月份?|年度",
    "value": r"value|figure|number|amount|数值|數值|数据|數據|值|数量|數量|本期",
    "bound": r"bound|precision|精度|约数|約數|程度|口径|口徑",
    "source": r"source|来源|來源|数据来源|資料來源|数据出处|出处|出處|发布单位|發布單位|单位名称",
}
_KNOWN = {field: re.compile(rf"\s*({names})\s*", re.IGNORECASE) for field, names in _NAMES.items()}


class Layout(NamedTuple):
    """Where each field stands: a column's number, or one text for all rows ("" is none)."""

    indicator: int | str
    area: int | str
    period: int | str
    value: int | str
    bound: int | str = ""
    source: int | str = ""

    def texts(self, row: Sequence[str]) -> tuple[str, ...]:
        """Return a row's texts in the order of FIELDS."""
        return tuple(row[place] if isinstance(place, int) else place for place in self)

    def all_texts(self, rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
        """Return the texts of many rows: a column at a time, which costs a third."""
        columns = (
            [row[place] for row in rows] if isinstance(place, int) else repeat(place, len(rows))
            for place in self
        )
        return list(zip(*columns, strict=True))


def guess(columns: Sequence[str]) -> dict[str, int]:
    """Return which column most likely holds which field; each column serves once."""
    found: dict[str, int] = {}
    for field in FIELDS:
        for number, name in enumerate(columns):
            if _KNOWN[field].fullmatch(name) and number not in found.values():
                found[field] = number
                break
    return found
