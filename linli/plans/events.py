"""What others may want to hear of plans: how a task stands that was asked for from outside."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Became:
    """How a task stands: asked (nobody has promised it yet), promised, done or dropped. about: what asked for it."""

    about: str
    task: str
    title: str
    state: str
    due_on: date | None
