"""Tables of PCR results as instruments export them: CSV, tab or semicolon, with what stands above and below. Pure.

The head is found wherever it stands; every row of a well is read or named as a fault, none goes lost.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from linli.trace.rules.laboratory.files import (
    MOST_WELLS,
    OMITTED,
    PLAIN,
    Brought,
    RowFault,
    Unreadable,
    Words,
    ct_of,
    number,
    role_there,
)
from linli.trace.rules.laboratory.methods import STANDARD
from linli.trace.rules.laboratory.runs import Well

LARGEST: Final = 16 * 1024 * 1024
_HEAD_WITHIN: Final = 120  # lines of facts about the run that may stand above
_CYRILLIC_T: Final = str.maketrans({"т": "t", "Т": "t"})  # some instruments write their Ct with it
_HEADS: Final = {
    "place": ("wellposition", "well", "pos", "position", "孔位", "孔", "反应孔", "反應孔"),
    "target": ("targetname", "target", "detector", "detectorname", "assay", "gene", "目标", "目標", "基因",
               "检测项目", "檢測項目", "靶标", "靶標"),
    "sample": ("samplename", "sample", "sampleid", "name", "样品名称", "樣品名稱", "样品", "樣品", "样品编号",
               "樣品編號", "样本编号", "樣本編號", "样本名称", "樣本名稱"),
    "role": ("task", "content", "type", "sampletype", "role", "任务", "任務", "类型", "類型", "样品类型",
             "樣品類型"),
    "ct": ("ct", "cq", "cp", "ctvalue", "cqvalue", "crt", "ct值", "cq值", "循环阈值", "循環閾值"),
    "quantity": ("quantity", "startingquantity", "startingquantity(sq)", "concentration", "copies", "拷贝数",
                 "拷貝數", "浓度", "濃度"),
    "omit": ("omit", "excluded", "剔除"),
    "curve": ("curve", "ampstatus", "amplificationstatus", "扩增曲线", "擴增曲線"),
}  # fmt: skip
_FACTS: Final = {
    "instrument": ("instrumenttype", "instrument", "仪器", "儀器", "仪器型号", "儀器型號"),
    "run_at": ("experimentrunendtime", "runstarted", "rundate", "date", "实验日期", "實驗日期"),
    "name": ("experimentname", "runname", "filename", "实验名称", "實驗名稱"),
}
_PLACE: Final = re.compile(r"[A-Za-z]{0,2}[0-9]{1,5}", re.ASCII)
_YES: Final = frozenset({"true", "1", "yes", "y", "amp", "是", "有", "omit", "x"})
_NO: Final = frozenset({"", "false", "0", "no", "n", "noamp", "否", "无", "無"})


def read_csv(data: bytes, words: Words = PLAIN) -> Brought:
    """Return the run that a table in UTF-8, UTF-16 or GB18030 tells.

    Raises Unreadable: too_large, not_text, not_a_table (no line has the columns of well, target and Ct).
    """
    if len(data) > LARGEST:
        raise Unreadable("too_large")
    text = _text(data)
    try:
        return read_rows(
            list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text))), words
        )
    except csv.Error as problem:
        raise Unreadable("not_a_table") from problem


def read_rows(rows: Sequence[Sequence[str]], words: Words = PLAIN) -> Brought:
    """Return the run that rows of text tell, the first one being line 1. Raises Unreadable as read_csv does.

    Codes of faults: missing, not_a_ct, not_a_well, unknown_role, role_missing, role_contradicts, not_a_number,
    not_yes_or_no.
    """
    head, columns = _head(rows)
    said = _facts(rows[:head])
    brought = Brought(said["name"], said["instrument"], run_at=said["run_at"])
    under_blank = False
    for line, row in enumerate(rows[head + 1 :], head + 2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cell.strip() for cell in row):
            under_blank = True
        elif not (under_blank and not _PLACE.fullmatch(cells["place"])):  # what is noted below
            _take(brought, line, cells, words)
        if len(brought.wells) > MOST_WELLS:
            raise Unreadable("too_large")
    return brought


def _take(brought: Brought, line: int, cells: Mapping[str, str], words: Words) -> None:
    """Read one row; a well in which there is nothing is passed over."""
    if _is_empty(cells):
        return
    well, found = _well(cells, words)
    faults = [RowFault(line, cells["place"], column, code) for column, code in found]
    brought.faults += faults
    if not faults:
        brought.wells.append(well)


def _is_empty(cells: Mapping[str, str]) -> bool:
    named = any(cells.get(name) for name in ("target", "sample", "role"))
    silent = not cells["ct"] or ct_of(cells["ct"]) == (None, "")
    return bool(_PLACE.fullmatch(cells["place"])) and silent and not named


def _well(cells: Mapping[str, str], words: Words) -> tuple[Well, list[tuple[str, str]]]:
    sample = cells.get("sample", "")
    role, role_wrong = role_there(cells.get("role", ""), sample, words)
    ct, ct_wrong = ct_of(cells["ct"])
    curve, curve_wrong = _said(cells.get("curve", "")) if cells.get("curve") else (None, "")
    omitted, omit_wrong = _said(cells.get("omit", ""))
    quantity, quantity_wrong = _quantity(cells.get("quantity", ""), role)
    if omitted and ct_wrong == "missing":
        ct_wrong = ""
    wrongs = {
        "place": "" if _PLACE.fullmatch(cells["place"]) else "not_a_well",
        "target": "" if cells["target"] else "missing",
        "role": role_wrong,
        "ct": ct_wrong,
        "curve": curve_wrong,
        "omit": omit_wrong,
        "quantity": quantity_wrong,
    }
    well = Well(
        place=re.sub(r"^([A-Z]*)0+(?=[1-9])", r"\1", cells["place"].upper()),
        role=role,
        sample=sample,
        target=words.targets.get(cells["target"], cells["target"]),
        ct=ct,
        curve=curve,
        excluded=OMITTED if omitted else "",
        quantity=quantity,
    )
    return well, [(column, code) for column, code in wrongs.items() if code]


def _quantity(said: str, role: str) -> tuple[Decimal | None, str]:
    """Return the copies of a standard; what an instrument computed for other wells is not taken over."""
    if role != STANDARD or not said:
        return None, ""
    found = number(said)
    return found, "" if found is not None else "not_a_number"


def _said(said: str) -> tuple[bool | None, str]:
    plain = re.sub(r"[\s_]", "", said).lower()
    if plain in _YES:
        return True, ""
    return (False, "") if plain in _NO else (None, "not_yes_or_no")


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        plain = [_plain(cell) for cell in row]
        columns = dict(_columns(plain))
        if {"place", "target", "ct"} <= columns.keys():
            return place, columns
    raise Unreadable("not_a_table")


def _columns(plain: Sequence[str]) -> Iterator[tuple[str, int]]:
    for name, known in _HEADS.items():
        found = next((word for word in known if word in plain), None)
        if found is not None:
            yield name, plain.index(found)


def _facts(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return what stands above the table, as name and value: "* Instrument Type = X" or two cells."""
    said: dict[str, str] = {}
    for row in rows:
        name, mark, value = (row[0] if row else "").partition("=")
        value = value if mark else (row[1] if len(row) > 1 else "")
        said.setdefault(_plain(name).strip("*#:："), value.strip())
    return {
        fact: next((said[name] for name in names if said.get(name)), "")
        for fact, names in _FACTS.items()
    }


def _plain(cell: str) -> str:
    return re.sub(r"[\s_]", "", cell).translate(_CYRILLIC_T).lower()


def _text(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("not_text")


def _mark(text: str) -> str:
    """Return what stands between cells: the mark that is found most in any one line."""
    lines = text.splitlines()[:_HEAD_WITHIN]
    return max("\t;,", key=lambda mark: max((line.count(mark) for line in lines), default=0))
