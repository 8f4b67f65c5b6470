"""How a row of a budget is read: from which source so much goes to which account on which day. Pure."""

from collections.abc import Mapping
from typing import Final

from linli.funds.rules import flows, tables

_FIELDS: Final = {
    "source": ("资金来源", "資金來源", "来源", "source"),
    "nature": ("来源性质", "來源性質", "资金性质", "資金性質", "nature"),
    "account": ("账户", "帳戶", "预算科目", "預算科目", "科目", "项目名称", "account"),
    "unit": ("使用单位", "使用單位", "单位", "單位", "unit"),
    "amount": ("金额（元）", "金額（元）", "金额", "金額", "amount"),
    "amount_wan": ("金额（万元）", "金額（萬元）", "amount in ten thousands"),
    "day": ("日期", "拨款日期", "撥款日期", "day"),
    "words": ("摘要", "文号", "文號", "用途", "words"),
}
LAYOUT: Final = tables.Layout(_FIELDS, needed=("source", "account"))
NATURES: Final[dict[str, tuple[str, ...]]] = {
    flows.BUDGET: ("财政", "财政资金", "財政", "財政資金", "预算", "預算", "budget"),
    flows.SOCIAL: ("社会资金", "社会", "社會資金", "社會", "social capital"),
}
# By which verb money of a source comes in, and on which kind of account it stands then.
COMES: Final = {
    flows.BUDGET: (flows.APPROPRIATE, flows.APPROPRIATED),
    flows.SOCIAL: (flows.RECEIVE, flows.RECEIVED),
}
_WORDS = 240


def read_row(line: int, cells: Mapping[str, str]) -> tables.Read:
    """Return one row of a budget, with everything that is wrong with it. Without an amount it opens accounts alone."""
    read = tables.read(line, cells, LAYOUT, _value)
    wrongs = dict(read.wrongs)
    if "amount" in read.values and not cells.get("day", "").strip():
        wrongs["day"] = "missing"
    return tables.Read(line, read.cells, {"nature": flows.BUDGET} | dict(read.values), wrongs)


def _value(field: str, text: str) -> tables.Value:
    if field in {"amount", "amount_wan"}:
        return tables.amount(text, in_wan=field == "amount_wan")
    if field == "day":
        return tables.day(text)
    if field == "nature":
        kind = next((one for one, names in NATURES.items() if text.lower() in names), None)
        return kind, "" if kind else "unknown_nature"
    return tables.words(text, _WORDS if field == "words" else tables.LONGEST)
