"""A suggestion for one item of a reading, and what is there already that it could mean."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from linli.directory.models import Unit

ACCEPT, MERGE, LEAVE = "accept", "merge", "leave"


class Candidate(NamedTuple):
    """Something that is there already and could be meant: kind is fact, measure, task or indicator."""

    kind: str
    code: str
    title: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What one item could become.

    advice: accept, merge (see candidates) or leave; lacks: what an officer must add before it can be
    accepted; printed: units as the sentence names them, each with the unit of the directory or None.
    """

    advice: str
    becomes: dict[str, Any]
    lacks: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    indicator: Candidate | None = None
    contradicts: tuple[str, ...] = ()
    printed: tuple[tuple[str, Unit | None], ...] = ()
