"""What others may want to hear of assessments, and what they answer."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mitigated:
    """A decision goes ahead, and this is done against one of its hazards: for the plans. impact: its code."""

    code: str
    impact: str
    title: str
    unit: str
    area: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Planned:
    """How the plans' task stands that a mitigation became: asked, promised, done or dropped."""

    task: str
    state: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a published visit found at premises that have a page of ours: for who traces food.

    `share`: of all points, in hundredths of a percent; `findings` that were not withdrawn, `open` and `grave` (open
    and grave) ones among them.
    """

    code: str
    address: str
    unit: str
    made_on: date
    share: int
    findings: int
    open: int
    grave: int
