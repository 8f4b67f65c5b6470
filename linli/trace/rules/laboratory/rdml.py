"""Runs out of RDML (1.0 to 1.4), the open format of real-time PCR instruments: zipped XML, read without trust. Pure.

In it -1.0 stands for a Cq that there is not. A reaction with neither Cq nor curve says nothing, and is a fault.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar
from xml.etree.ElementTree import Element

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
from linli.trace.rules.laboratory.rdml_xml import each, name_of, opened, points_to, text_of
from linli.trace.rules.laboratory.runs import Well

_COPIES: Final = "cop"
_T = TypeVar("_T")
_UNKNOWN: Final = "unkn"  # by the schema, where nothing is said of a sample
_EVERY: Final = ""  # what is said of a sample for all targets


@dataclass(slots=True)
class _Sample:
    """What a file says of a sample: kinds and copies, by target."""

    kinds: dict[str, str]
    copies: dict[str, Decimal]


def read_rdml(data: bytes, words: Words = PLAIN) -> list[Brought]:
    """Return the runs of a file, zipped or not, each named "experiment/run".

    Raises Unreadable: damaged, encrypted, too_large, not_rdml. Codes of faults: missing, not_a_ct, unknown_role,
    role_missing, role_contradicts, unknown_sample, not_yes_or_no, digital. A reaction without data is passed over.
    """
    root = opened(data)
    if name_of(root) != "rdml" or not root.get("version", "").startswith("1."):
        raise Unreadable("not_rdml")
    samples = {one.get("id", ""): _sample(one) for one in each(root, "sample")}
    return [
        _run(f"{experiment.get('id', '')}/{run.get('id', '')}", run, samples, words)
        for experiment in each(root, "experiment")
        for run in each(experiment, "run")
    ]


def _sample(element: Element) -> _Sample:
    kinds = {
        one.get("targetId", _EVERY): (one.text or "").strip() or _UNKNOWN
        for one in each(element, "type")
    }
    copies = {}
    for one in each(element, "quantity"):
        value = number(text_of(one, "value"))
        if value is not None and text_of(one, "unit") == _COPIES:
            copies[one.get("targetId", _EVERY)] = value
    return _Sample(kinds or {_EVERY: _UNKNOWN}, copies)


def _run(name: str, run: Element, samples: dict[str, _Sample], words: Words) -> Brought:
    brought = Brought(
        name=name,
        instrument=text_of(run, "instrument"),
        software=" ".join(_software(run)),
        run_at=text_of(run, "runDate"),
        threshold_by=text_of(run, "cqDetectionMethod"),
    )
    places = _Places(next(each(run, "pcrFormat"), None))
    for line, react in enumerate(each(run, "react"), 1):
        place = places.of(react.get("id", ""))
        if next(each(react, "partitions"), None) is not None:
            brought.faults.append(RowFault(line, place, "", "digital"))
        for datum in each(react, "data"):
            _take(brought, RowFault(line, place, "", ""), _Read(react, datum, samples, words))
    if len(brought.wells) > MOST_WELLS:
        raise Unreadable("too_large")
    return brought


def _software(run: Element) -> list[str]:
    said = [
        text_of(one, part)
        for one in each(run, "dataCollectionSoftware")
        for part in ("name", "version")
    ]
    return [part for part in said if part]


def _take(brought: Brought, here: RowFault, read: "_Read") -> None:
    wrongs = {column: code for column, code in read.wrongs().items() if code}
    brought.faults += [here._replace(column=column, code=code) for column, code in wrongs.items()]
    if not wrongs:
        brought.wells.append(read.well(here.place))


class _Read:
    """One target in one reaction, as the file tells it."""

    def __init__(
        self, react: Element, datum: Element, samples: dict[str, _Sample], words: Words
    ) -> None:
        self.sample, self.target = points_to(react, "sample"), points_to(datum, "tar")
        self.known = samples.get(self.sample)
        said = _of(self.known.kinds, self.target) if self.known else None
        self.role, self.role_wrong = role_there(said or "", self.sample, words)
        self.excluded = _excluded(datum)
        cq, has_curve = text_of(datum, "cq"), next(each(datum, "adp"), None) is not None
        self.ct, self.ct_wrong = ct_of(cq)
        if self.ct_wrong == "missing" and (has_curve or self.excluded):
            self.ct_wrong = ""
        self.named = words.targets.get(self.target, self.target)

    def wrongs(self) -> dict[str, str]:
        """Return what is wrong, by column."""
        return {
            "sample": "" if self.known else "unknown_sample",
            "role": self.role_wrong if self.known else "",
            "target": "" if self.target else "missing",
            "ct": self.ct_wrong,
            # By the schema the element alone sets aside; who wrote this meant the contrary, or not.
            "omit": "not_yes_or_no" if self.excluded.lower() == "false" else "",
        }

    def well(self, place: str) -> Well:
        """Return the well. A file says nothing of how a person judged the curve."""
        copies = self.known.copies if self.known and self.role == STANDARD else {}
        quantity = _of(copies, self.target)
        return Well(
            place, self.role, self.sample, self.named, self.ct, None, self.excluded, quantity
        )


class _Places:
    """How wells are named: by rows and columns where a plate has them, else by their numbers."""

    def __init__(self, form: Element | None) -> None:
        said = "" if form is None else text_of(form, "columns")
        self.columns = int(said) if said.isdecimal() and len(said) < 5 else 0
        self.letters = form is not None and text_of(form, "rowLabel") == "ABC"

    def of(self, number_: str) -> str:
        if not (self.letters and self.columns > 1 and number_.isdecimal() and 0 < len(number_) < 7):
            return number_
        row, column = divmod(int(number_) - 1, self.columns)
        return f"{chr(65 + row)}{column + 1}" if 0 <= row < 26 else number_


def _excluded(datum: Element) -> str:
    """Return why a reaction was set aside; the element alone says that it was."""
    found = next(each(datum, "excl"), None)
    return "" if found is None else (found.text or "").strip() or OMITTED


def _of(by_target: dict[str, _T], target: str) -> _T | None:
    return by_target.get(target, by_target.get(_EVERY))
