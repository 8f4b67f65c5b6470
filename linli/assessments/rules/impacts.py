"""What must be there before a decision lies open, and before it is taken; what two assessments say apart. Pure.

Thirty days is how long a weighty decision lies open in public; who takes less says why, and less than seven is none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.assessments.rules.instruments import Form, Item, Section

USUAL_DAYS = 30
FEWEST_DAYS = 7
MEDIUM, HIGH = 2, 3  # severity of a hazard
GO = "go"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One hazard that stands: its number, how bad it is, and how many things are done against it."""

    number: int
    severity: int
    answers: int


@dataclass(frozen=True, slots=True)
class Stand:
    """How far an assessment has come."""

    places: int
    stated: bool  # its proposer answered the questions
    opened: bool
    over: bool  # the consultation
    assessed: int  # by how many other units
    polls: int = 0  # how many about it still run
    hazards: Sequence[Weighed] = ()


def before_opening(stand: Stand) -> list[str]:
    """Return what is missing before it may lie open, by codes."""
    wrong = {"no_places": not stand.places, "no_statement": not stand.stated}
    return [code for code, is_wrong in wrong.items() if is_wrong]


def before_deciding(stand: Stand) -> list[str]:
    """Return what is missing before anything may be decided, by codes."""
    wrong = {
        "not_open": not stand.opened,
        "consultation_lasts": stand.opened and not stand.over,
        "poll_runs": bool(stand.polls),
        "not_assessed": not stand.assessed,
    }
    return [code for code, is_wrong in wrong.items() if is_wrong]


def unanswered(hazards: Collection[Weighed]) -> list[int]:
    """Return the numbers of high hazards against which nothing is done: with one of them nothing goes ahead."""
    return sorted(one.number for one in hazards if one.severity >= HIGH and not one.answers)


@dataclass(frozen=True, slots=True)
class Line:
    """One question with what each said to it, in their order; `apart` where they do not say the same."""

    item: Item
    said: tuple[Mapping[str, Any], ...]
    apart: bool


def side_by_side(
    form: Form, sheets: Sequence[Mapping[str, Mapping[str, Any]]]
) -> list[tuple[Section, list[Line]]]:
    """Return what each sheet says to each question, section by section; who said nothing says nothing."""
    return [(section, [_line(item, sheets) for item in section.items]) for section in form.sections]


def _line(item: Item, sheets: Sequence[Mapping[str, Mapping[str, Any]]]) -> Line:
    said = tuple(sheet.get(item.key, {}) for sheet in sheets)
    values = {str(one["v"]) for one in said if "v" in one}
    return Line(item, said, apart=len(values) > 1)
