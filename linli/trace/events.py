"""What others may tell food supervision, and what it tells them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Visited:
    """A published inspection of premises: their code, who went, what share was earned, what was found."""

    code: str
    premises: str
    unit: str
    made_on: date
    share: int
    findings: int
    open: int
    grave: int


@dataclass(frozen=True, slots=True)
class Concern:
    """Somebody reports a concern about food: about which premises, and which lot if any. Never who."""

    premises: str
    lot: str = ""
