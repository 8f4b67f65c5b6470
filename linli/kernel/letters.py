"""What a channel is given to send, and how it says that it never will."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, opened, for as long as it takes to hand it over. Never logged, never an argument of a job."""

    code: str
    to: str
    subject: str
    text: str
    written_at: datetime

    def __repr__(self) -> str:
        """Return the code alone: a traceback that shows its variables shows no address."""
        return f"Letter({self.code})"


class Rejected(Exception):
    """The other side will not take this letter, today or tomorrow. Any other error means: try later."""


class Line(Protocol):
    """An open line to those who carry letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; to return is to have been told that it was taken. Raises Rejected."""

    def close(self) -> None:
        """Hang up; never fails."""
