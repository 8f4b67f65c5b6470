"""What others may want to hear of cases: codes, topics and counts, never a word of what was asked."""

from dataclasses import dataclass
from datetime import date, datetime

BOUNCES_FOR_A_MEETING = 3


@dataclass(frozen=True, slots=True)
class Bounced:
    """A case was handed on so often that the units should settle at one table who answers."""

    code: str
    topic: str
    area: str
    bounces: int


@dataclass(frozen=True, slots=True)
class Caused:
    """Several cases have one cause: its title, whose it is, how many, which task meets it, what was told last."""

    code: str
    title: str
    area: str
    unit: str
    cases: int
    task: str = ""
    state: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Doubted:
    """Somebody said that a public thing is wrong, and the unit has answered: the case, the thing, and when."""

    case: str
    kind: str
    about: str
    at: datetime
