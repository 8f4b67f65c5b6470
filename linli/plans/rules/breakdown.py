"""What becomes of each row of a breakdown table: a new task, one that is there already, or an error.

What is not clear is an error of its row, never a guess: a task given to the wrong unit or day is worse
than a row sent back to whoever wrote it.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from linli.plans.rules.due_days import due_day, is_open_ended
from linli.plans.rules.table_reading import Row, amount, names_in

LONGEST = 300  # the title of a task or measure

Said = tuple[str, str]  # a stable code, and the words of the table that it is about


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"  # the programme has this task of this measure already
    REPEATED = "repeated"  # the table said it before
    HEADING = "heading"  # a section line: the measure of the rows below it
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with its fate. Units and indicator are keys; `said` are (code, words) of what is to know."""

    row: Row
    fate: Fate
    title: str = ""
    lead: int | None = None
    responsible: tuple[int, ...] = ()
    supporting: tuple[int, ...] = ()
    due_on: date | None = None
    indicator: int | None = None
    target: Decimal | None = None
    sense: str = "at_least"
    wrongs: tuple[Said, ...] = ()
    notes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How the person who brings a table says that it is to be read."""

    columns: Mapping[
        str, int
    ]  # fields of a row and the places of their columns; "task" is one of them
    year: int  # meant by days that name none
    otherwise: str  # the measure of rows that stand under none
    continues: bool = False  # empty units and days are those of the row above
    skips_unknown: bool = False  # responsible and supporting names that nobody knows are left out


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the town knows already."""

    unit: Callable[[str], int | None]
    indicator: Callable[[str], int | None]
    tasks: frozenset[tuple[str, str]]  # (measure, task) of the programme, as `key_of` gives them
    year: int
    skips_unknown: bool = False


def key_of(measure: str, task: str) -> tuple[str, str]:
    """Return what makes two rows the same task: width, spaces and case left out."""
    return _bare(measure), _bare(task)


def judged(rows: Iterable[Row], known: Knowledge) -> list[Judged]:
    """Return every row with its fate, in order."""
    seen: set[tuple[str, str]] = set()
    found = []
    for row in rows:
        one = _judged(row, known)
        key = key_of(row.measure, one.title)
        if one.fate == Fate.NEW and key in known.tasks:
            one = replace(one, fate=Fate.KNOWN)
        elif one.fate == Fate.NEW and key in seen:
            one = replace(one, fate=Fate.REPEATED)
        seen.add(key)
        found.append(one)
    return found


def _judged(row: Row, known: Knowledge) -> Judged:
    if not row.task and not any(row[3:]):
        return Judged(row, Fate.HEADING)
    wrongs: list[Said] = []
    notes: list[Said] = []
    lead, responsible, supporting = _units(row, known, wrongs, notes)
    due_on = due_day(row.due, year=known.year) if row.due else None
    if row.due and due_on is None and not is_open_ended(row.due):
        wrongs.append(("day_not_understood", row.due))
    title, (indicator, sense, target) = _measured(row, known, wrongs)
    wrongs += _titles(row, title)
    if not wrongs and lead is None:
        notes.append(("no_lead", ""))
    if not wrongs and due_on is None:
        notes.append(("no_day", row.due))
    return Judged(
        row=row, fate=Fate.WRONG if wrongs else Fate.NEW, title=title, lead=lead,
        responsible=responsible, supporting=supporting, due_on=due_on, indicator=indicator,
        target=target, sense=sense, wrongs=tuple(wrongs), notes=tuple(notes),
    )  # fmt: skip


def _titles(row: Row, title: str) -> list[Said]:
    wrongs = [] if row.task else [("no_task", "")]
    return wrongs + [("too_long", one[:40]) for one in (row.measure, title) if len(one) > LONGEST]


def _units(
    row: Row, known: Knowledge, wrongs: list[Said], notes: list[Said]
) -> tuple[int | None, tuple[int, ...], tuple[int, ...]]:
    """Return the keys of who leads, is responsible, supports; what is not known goes to wrongs or notes."""
    leading, responsible = names_in(row.lead), names_in(row.responsible)
    if not leading and responsible:
        # The custom of such tables: where nobody is said to lead, the first one does.
        notes.append(("first_leads", responsible[0]))
    first, *others = [*leading, *responsible] or [""]
    lead = known.unit(first) if first else None
    if first and lead is None:
        wrongs.append(("unit_not_known", first))
    parts: list[list[int]] = [[], []]
    taken = {lead}
    for part, names in zip(parts, (others, names_in(row.supporting)), strict=True):
        for name in names:
            unit = known.unit(name)
            if unit is None:
                (notes if known.skips_unknown else wrongs).append(("unit_not_known", name))
            elif unit not in taken:
                part.append(unit)
            taken.add(unit)
    return lead, tuple(parts[0]), tuple(parts[1])


def _measured(
    row: Row, known: Knowledge, wrongs: list[Said]
) -> tuple[str, tuple[int | None, str, Decimal | None]]:
    """Return the title, then indicator, sense and target. A goal in words alone stays in the title."""
    if not row.indicator:
        goal = row.target if row.target not in row.task else ""
        return (f"{row.task}（{goal}）" if goal else row.task), (None, "at_least", None)
    indicator = known.indicator(row.indicator)
    if indicator is None:
        wrongs.append(("indicator_not_known", row.indicator))
    found = amount(row.target)
    if found is None and row.target:
        wrongs.append(("no_number", row.target))
    sense, target = found or ("at_least", None)
    return row.task, (indicator, sense, target)


def _bare(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())
