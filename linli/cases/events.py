"""What others may want to hear of cases: codes, topics and counts, never a word of what was asked."""

from dataclasses import dataclass

BOUNCES_FOR_A_MEETING = 3


@dataclass(frozen=True, slots=True)
class Bounced:
    """A case was handed on so often that the units should settle at one table who answers."""

    code: str
    topic: str
    area: str
    bounces: int
