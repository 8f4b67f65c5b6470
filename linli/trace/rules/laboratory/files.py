"""What files of PCR instruments have in common: words for roles, Ct values, and what is said of a bad row. Pure.

What a file does not say is never guessed: a cell left empty is no "no signal".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from linli.trace.rules.laboratory.methods import (
    BLANKS,
    EXTRACTION,
    INHIBITION,
    NEGATIVE,
    NTC,
    POSITIVE,
    ROLES,
    SAMPLE,
    STANDARD,
)
from linli.trace.rules.laboratory.runs import Well

MOST_WELLS: Final = 10_000
OMITTED: Final = "omitted_at_the_instrument"

_ROLE_WORDS: Final = {
    SAMPLE: "unknown unkn unk sample u s 待测 待測 未知 样品 样本 樣品 樣本 待测样品 待測樣品",
    NTC: "ntc notemplatecontrol notemplate 无模板对照 無模板對照 空白对照 空白對照",
    NEGATIVE: "negative neg negctrl negativecontrol ntp nac nc 阴性 陰性 阴性对照 陰性對照",
    EXTRACTION: "extraction extractionblank extractioncontrol eb neb nec 提取空白 提取空白对照 提取空白對照",
    POSITIVE: "positive pos posctrl positivecontrol pc 阳性 陽性 阳性对照 陽性對照",
    INHIBITION: "inhibition inhibitioncontrol ipc ic 抑制对照 抑制對照",
    STANDARD: "standard std 标准品 標準品 标准 標準",
}
_ROLES: Final = {word: role for role, words in _ROLE_WORDS.items() for word in words.split()}
_NO_SIGNAL: Final = frozenset({
    "undetermined", "undet", "nan", "noct", "nocq", "nocp", "n/a", "na", "-", "--", "-1", "-1.0",
    "未检出", "未檢出", "无", "無",
})  # fmt: skip
_NUMBER: Final = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,15})?", re.ASCII)


class Unreadable(ValueError):
    """A file that is none, as a whole; `code` says why and never changes."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RowFault(NamedTuple):
    """What is wrong with a row: its number in the file, its well, in which column ("" of all), by a code."""

    line: int
    place: str
    column: str
    code: str


class Words(NamedTuple):
    """What names of the file mean here: targets by their names there, roles by the names of samples.

    `roles`: what the plan of the run says of a name; most instruments know no extraction blank.
    """

    targets: Mapping[str, str]
    roles: Mapping[str, str]


PLAIN: Final = Words({}, {})


@dataclass(slots=True)
class Brought:
    """One run as a file tells it: wells, what is wrong in which row, and what is said of the run as a whole."""

    name: str = ""
    instrument: str = ""
    software: str = ""
    run_at: str = ""
    threshold_by: str = ""
    wells: list[Well] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def role_of(said: str) -> str:
    """Return the role that a word of an instrument means, "" for one that nobody knows; "Unkn-03" is "Unkn"."""
    plain = re.sub(r"[\s_]", "", said).lower()
    return _ROLES.get(plain) or _ROLES.get(re.sub(r"-?\d+$", "", plain).replace("-", ""), "")


def role_there(said: str, sample: str, words: Words) -> tuple[str, str]:
    """Return the role of a well and a code of what is wrong: unknown_role, role_missing, role_contradicts.

    The plan may say what a file leaves open, or which blank a blank is; it never turns one thing into another.
    """
    planned, told = words.roles.get(sample, ""), role_of(said)
    if said and not told and not planned:
        return "", "unknown_role"
    if not planned:
        return (told, "") if told else ("", "role_missing")
    opens = not told or told in (planned, SAMPLE) or (told in BLANKS and planned in BLANKS)
    return (planned, "") if opens and planned in ROLES else ("", "role_contradicts")


def ct_of(said: str) -> tuple[Decimal | None, str]:
    """Return a Ct, None where the instrument says that there was none, and a code: missing, not_a_ct."""
    plain = re.sub(r"\s", "", said).lower()
    if not plain:
        return None, "missing"
    if plain in _NO_SIGNAL:
        return None, ""
    found = number(plain)
    return (found, "") if found is not None and found > 0 else (None, "not_a_ct")


def number(said: str) -> Decimal | None:
    """Return a number above or at zero, with a point or a comma; None for what is none."""
    plain = said.strip()
    try:
        if _NUMBER.fullmatch(plain):
            return Decimal(plain.replace(",", "."))
        found = Decimal(plain) if len(plain) <= 40 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and found >= 0 else None
