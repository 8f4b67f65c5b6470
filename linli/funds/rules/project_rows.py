"""How a row of a table of projects is read: who gives where to whom, how much, from when until when. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from linli.funds.rules import tables

_FIELDS: Final = {
    "name": ("项目名称", "項目名稱", "项目", "項目", "project"),
    "unit": ("支援单位", "援建单位", "支援單位", "援建單位", "giving unit"),
    "receiver": ("受援单位", "受援單位", "receiving unit"),
    "giving": ("支援地", "支援方", "援出地", "place giving"),
    "receiving": ("受援地", "受援方", "place receiving"),
    "amount": ("资金（元）", "資金（元）", "金额（元）", "金額（元）", "资金", "金额", "amount"),
    "amount_wan": ("资金（万元）", "資金（萬元）", "金额（万元）", "金額（萬元）", "amount in ten thousands"),
    "starts_on": ("开工日期", "開工日期", "开始日期", "開始日期", "starts on"),
    "promised_on": ("完成期限", "竣工日期", "完成日期", "promised for"),
    "purpose": ("建设内容", "建設內容", "项目内容", "內容", "what for"),
}  # fmt: skip
_NEEDED: Final = ("name", "giving", "receiving", "starts_on", "promised_on")
LAYOUT: Final = tables.Layout(_FIELDS, _NEEDED)
_PURPOSE = 2_000


def read_row(line: int, cells: Mapping[str, str]) -> tables.Read:
    """Return one row of a table of projects, with everything that is wrong with it."""
    read = tables.read(line, cells, LAYOUT, _value)
    wrongs = dict(read.wrongs)
    begins, ends = read.values.get("starts_on"), read.values.get("promised_on")
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        wrongs["promised_on"] = "ends_first"
    return tables.Read(line, read.cells, read.values, wrongs)


def _value(field: str, text: str) -> tables.Value:
    if field in {"amount", "amount_wan"}:
        return tables.amount(text, in_wan=field == "amount_wan")
    if field in {"starts_on", "promised_on"}:
        return tables.day(text)
    return tables.words(text, _PURPOSE if field == "purpose" else tables.LONGEST)
