"""Files of PCR instruments, RDML or tables, read by the rules into wells, with what is wrong in which row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from linli.trace.models import Method as Version
from linli.trace.models import Run
from linli.trace.queries.lab_runs import labels_in
from linli.trace.rules.laboratory import csv_tables, method_json, rdml, runs
from linli.trace.rules.laboratory.files import Brought, RowFault, Unreadable, Words
from linli.trace.rules.laboratory.methods import Method
from linli.trace.rules.laboratory.runs import Well

_ZIPPED: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class RunRead:
    """A run as it was read: its wells, what is wrong with which of them, and what the file says of itself."""

    source: str
    brought: Brought
    wells: list[Well]
    faults: list[RowFault] = field(default_factory=list)


def read_run(data: bytes, method: Version, *, typed: bool, part: str = "", judged: bool) -> RunRead:
    """Read a run; `judged`: every Ct whose curve the file does not speak of counts as an amplification.

    Raises Unreadable: what the readers of files raise, and which_run where a file holds several and none is named.
    """
    document = method_json.read(method.key, method.version, method.body)
    source, brought = _read(data, document.words, typed=typed, part=part)
    wells = [_judged(one) if judged else one for one in brought.wells]
    faults = [*brought.faults, *_wrongs(document.method, wells)]
    return RunRead(source, brought, wells, faults)


def _read(data: bytes, words: Words, *, typed: bool, part: str) -> tuple[str, Brought]:
    if typed:
        return Run.TYPED, csv_tables.read_csv(data, words)
    if not (data.startswith(_ZIPPED) or data.lstrip()[:1] == b"<"):
        return Run.CSV, csv_tables.read_csv(data, words)
    found = rdml.read_rdml(data, words)
    if part:
        found = [one for one in found if one.name == part]
    if len(found) != 1:
        raise Unreadable("which_run")
    return Run.RDML, found[0]


def _judged(well: Well) -> Well:
    return well._replace(curve=True) if well.curve is None and well.ct is not None else well


def _wrongs(rule: Method, wells: Sequence[Well]) -> list[RowFault]:
    found = [RowFault(0, one.place, "", one.code) for one in runs.wrongs(rule, wells)]
    bad = {name for name, label in labels_in(wells).items() if name and label is None}
    return found + [
        RowFault(0, one.place, "sample", "not_a_label") for one in wells if one.sample in bad and one.role == "sample"
    ]  # fmt: skip
