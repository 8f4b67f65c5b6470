"""An instrument as a table: one row a section, question or level, two columns a language. Pure.

What is written here is read again to the same form by `rules.instrument_table`.
"""

from collections.abc import Mapping
from decimal import Decimal

from linli.assessments.rules.instruments import EVIDENCE, KINDS, Form, Item

SECTION, ITEM, LEVEL = "section", "item", "level"
# The columns by field: how we write them, and what else we understand.
COLUMNS: dict[str, tuple[str, ...]] = {
    "row": ("行", "row"),
    "key": ("代码", "代碼", "key"),
    "kind": ("题型", "題型", "kind"),
    "weight": ("分值", "weight"),
    "veto": ("一票否决", "一票否決", "veto"),
    "may_skip": ("可不适用", "可不適用", "may skip"),
    "evidence": ("证据", "證據", "evidence"),
    "top": ("最高档", "最高檔", "top"),
    "nought": ("零分值", "nought"),
    "full": ("满分值", "滿分值", "full"),
    "indicator": ("指标", "指標", "indicator"),
    "at": ("达到", "達到", "at"),
}
TEXT, GUIDANCE = ("文字", "text"), ("说明", "說明", "guidance")
ROWS = {
    SECTION: ("部分", "section"),
    ITEM: ("题", "題", "item"),
    LEVEL: ("级别", "級別", "level"),
}
KIND_WORDS = dict(zip(KINDS, ("是否", "量表", "数量", "比例", "文字", "照片", "数据"), strict=True))
EVIDENCE_WORDS = dict(zip(EVIDENCE, ("", "可附", "必附"), strict=True))
YES = "是"


def columns(form: Form) -> list[str]:
    """Return the header."""
    heads = [names[0] for names in COLUMNS.values()]
    return heads + [f"{kind[0]} {tag}" for tag in form.languages for kind in (TEXT, GUIDANCE)]


def rows(form: Form) -> list[list[str | int]]:
    """Return the rows, each as long as the header."""
    told: list[list[str | int]] = []
    for section in form.sections:
        told.append(_row(form, SECTION, {"key": section.key}, section.title))
        told += [_row(form, ITEM, _cells(item), item.text, item.guidance) for item in section.items]
    for one in form.levels:
        at = format(Decimal(one.at) / 100, "f")
        told.append(_row(form, LEVEL, {"key": one.key, "at": at}, one.title))
    return told


def _cells(item: Item) -> dict[str, str | int]:
    return {
        "key": item.key,
        "kind": KIND_WORDS.get(item.kind, item.kind),
        "weight": item.weight,
        "veto": YES if item.veto else "",
        "may_skip": YES if item.may_skip else "",
        "evidence": EVIDENCE_WORDS.get(item.evidence, item.evidence),
        "top": item.top or "",
        "nought": item.nought,
        "full": item.full,
        "indicator": item.indicator,
    }


def _row(
    form: Form,
    kind: str,
    cells: Mapping[str, str | int],
    text: Mapping[str, str],
    guidance: Mapping[str, str] | None = None,
) -> list[str | int]:
    plain = {"row": ROWS[kind][0], **cells}
    words = [texts.get(tag, "") for tag in form.languages for texts in (text, guidance or {})]
    return [*(plain.get(name, "") for name in COLUMNS), *words]
