"""A table read as an instrument: what it holds, and what is wrong in which line and column. Pure.

A column that nobody knows is refused, so that nothing of a table is lost without a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from linli.assessments.rules import building
from linli.assessments.rules.instrument_rows import (
    COLUMNS,
    EVIDENCE_WORDS,
    GUIDANCE,
    ITEM,
    KIND_WORDS,
    LEVEL,
    ROWS,
    SECTION,
    TEXT,
    YES,
)
from linli.assessments.rules.instruments import KINDS, Form, Item, Level, Section, number

_YES = {YES: True, "yes": True, "true": True, "1": True}
_NO = {"": False, "否": False, "no": False, "false": False, "0": False}


class BadHead(ValueError):
    """A header that lacks a column without which the rows say nothing, or has one that nobody knows."""

    def __init__(self, code: str, column: str) -> None:
        super().__init__(code)
        self.code, self.column = code, column


class Wrong(NamedTuple):
    """What is wrong with a line: in which column ("" for all of it), by a code."""

    line: int
    column: str
    code: str


@dataclass(slots=True)
class Brought:
    """What a table holds: a form, on which line each key stands, and what is wrong."""

    form: Form
    lines: dict[str, int] = field(default_factory=dict)
    wrongs: list[Wrong] = field(default_factory=list)


class _Head:
    """Where each field stands."""

    def __init__(self, heads: Sequence[str]) -> None:
        self.at: dict[str, int] = {}
        self.texts: dict[tuple[str, str], int] = {}
        for place, head in enumerate(heads):
            self._place(" ".join(head.split()).lower(), head, place)
        self.languages = tuple(dict.fromkeys(tag for _kind, tag in self.texts))
        needed = {COLUMNS["row"][0]: "row" in self.at, COLUMNS["kind"][0]: "kind" in self.at}
        needed[f"{TEXT[0]} zh-hans"] = any(kind == TEXT[0] for kind, _tag in self.texts)
        for column, is_there in needed.items():
            if not is_there:
                raise BadHead("no_columns", column)

    def _place(self, plain: str, head: str, place: int) -> None:
        named = next((name for name, known in COLUMNS.items() if plain in known), "")
        kind, _space, tag = plain.partition(" ")
        texts = next((one[0] for one in (TEXT, GUIDANCE) if kind in one and tag), "")
        if named and named not in self.at:
            self.at[named] = place
        elif texts and (texts, tag) not in self.texts:
            self.texts[texts, tag] = place
        else:
            raise BadHead("unknown_column", head)

    def cell(self, cells: Sequence[str], name: str) -> str:
        return cells[self.at[name]].strip() if name in self.at else ""

    def words(self, cells: Sequence[str], kind: str) -> dict[str, str]:
        said = {tag: cells[place] for (of, tag), place in self.texts.items() if of == kind}
        return {tag: text for tag, text in said.items() if text.strip()}


def read_table(
    heads: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], taken: set[str]
) -> Brought:
    """Return what a table holds. `taken`: keys of other editions, which rows without a key do not take again.

    Raises BadHead.
    """
    head = _Head(heads)
    reading = _Reading(head, taken | {head.cell(cells, "key") for _line, cells in rows})
    for line, cells in rows:
        reading.take(line, cells)
    return reading.brought()


class _Reading:
    """One table while it is read, line by line."""

    def __init__(self, head: _Head, taken: set[str]) -> None:
        self._head, self._taken = head, taken
        self._sections: list[tuple[str, dict[str, str], list[Item]]] = []
        self._levels: list[Level] = []
        self._lines: dict[str, int] = {}
        self._wrongs: list[Wrong] = []
        self._line = 0
        self._cells: Sequence[str] = ()

    def brought(self) -> Brought:
        """Return what was read."""
        sections = tuple(Section(key, title, tuple(of)) for key, title, of in self._sections)
        form = Form(self._head.languages, sections, tuple(self._levels))
        return Brought(building.tidied(form), self._lines, self._wrongs)

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Read a line."""
        self._line, self._cells = line, cells
        said = self._cell("row").lower()
        row = next((name for name, known in ROWS.items() if said in known), "")
        if row == LEVEL:
            key = self._cell("key") or f"level{len(self._levels) + 1}"
            self._lines.setdefault(key, line)
            self._levels.append(Level(key, self._head.words(cells, TEXT[0]), self._share()))
        elif row == SECTION:
            title = self._head.words(cells, TEXT[0])
            self._sections.append((self._key(building.SECTION), title, []))
        elif row == ITEM and self._sections:
            self._sections[-1][2].append(self._item())
        else:
            self._wrong("row", "no_section" if row else "unknown_row")

    def _item(self) -> Item:
        head, cells = self._head, self._cells
        return Item(
            key=self._key(building.ITEM),
            kind=self._one_of("kind", {word: kind for kind, word in KIND_WORDS.items()}, KINDS),
            text=head.words(cells, TEXT[0]),
            guidance=head.words(cells, GUIDANCE[0]),
            weight=self._whole("weight"),
            veto=self._yes("veto"),
            may_skip=self._yes("may_skip"),
            evidence=self._one_of(
                "evidence",
                {word: one for one, word in EVIDENCE_WORDS.items()},
                tuple(EVIDENCE_WORDS),
            ),
            top=self._whole("top"),
            nought=self._cell("nought"),
            full=self._cell("full"),
            indicator=self._cell("indicator"),
        )

    def _cell(self, name: str) -> str:
        return self._head.cell(self._cells, name)

    def _wrong(self, name: str, code: str) -> None:
        self._wrongs.append(Wrong(self._line, COLUMNS[name][0], code))

    def _key(self, letter: str) -> str:
        key = self._cell("key") or building.fresh_key(letter, self._taken)
        self._taken.add(key)
        self._lines.setdefault(key, self._line)
        return key

    def _one_of(self, name: str, words: Mapping[str, str], codes: Sequence[str]) -> str:
        said = self._cell(name)
        known = words.get(said) or (said.lower() if said.lower() in codes else "")
        if not known:
            self._wrong(name, f"unknown_{name}")
        return known

    def _yes(self, name: str) -> bool:
        said = (_YES | _NO).get(self._cell(name).lower())
        if said is None:
            self._wrong(name, "not_yes_or_no")
        return bool(said)

    def _whole(self, name: str) -> int:
        said = self._cell(name)
        if not said:
            return 0
        if not (said.isascii() and said.isdecimal() and len(said) <= 6):
            self._wrong(name, "not_whole")
            return 0
        return int(said)

    def _share(self) -> int:
        share = number(self._cell("at").removesuffix("%"))
        whole = share * 100 if share is not None else Decimal("0.5")
        if whole != int(whole):
            self._wrong("at", "not_a_share")
            return 0
        return int(whole)
