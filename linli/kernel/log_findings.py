"""What a verification of a log found, in plain words: what holds, what does not, what nobody has proven."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from linli.kernel.merkle import Head
from linli.kernel.note_keys import VerifierKey

_SHOWN = 20
_LAST_TIME = 253_402_300_799  # the end of the year 9999, where calendars stop


class Fault(NamedTuple):
    """One thing that does not hold. Codes are stable; line 0 is the file as a whole."""

    code: str
    line: int
    sentence: str


class Vouched(NamedTuple):
    """The longest state that a witness cosigned, and when it last did (POSIX seconds)."""

    size: int
    at: int


class Continued(NamedTuple):
    """The log that this one goes on from: how far it signed, and at which place here that is named.

    signed: a trusted key of it signed that state. found, lost: checkpoints of it that somebody has kept,
    and that are states of this log, or of what was lost.
    """

    origin: str
    size: int
    start: int
    signed: bool
    found: int
    lost: int


@dataclass(frozen=True)
class Findings:
    """The outcome. Sound: everything that the given keys can prove is proven."""

    origin: str
    head: Head
    checkpoints: int
    rows: int
    seen: int
    logs: tuple[VerifierKey, ...]
    witnessed: tuple[tuple[VerifierKey, Vouched], ...]
    faults: tuple[Fault, ...]
    continued: Continued | None = None

    @property
    def sound(self) -> bool:
        """Say whether no fault was found."""
        return not self.faults

    def holds(self) -> list[str]:
        """What was proven. Of a log with faults nothing is claimed but what the faults say."""
        if self.faults:
            return []
        size = self.head.size
        said = [
            f"The file holds {size} entries of {self.origin} under {self.checkpoints} checkpoints.",
            "Each checkpoint is the state of exactly the entries above it, and the last covers all.",
            "Nothing was removed, altered, added or moved since they were signed.",
        ]
        if self.logs:
            ids = ", ".join(key.id.hex() for key in self.logs)
            said.append(f"Every checkpoint is signed by the log (key {ids}).")
        for key, vouched in self.witnessed:
            said.append(f"{key.name} cosigned all {size} entries at {_time(vouched.at)}.")
        if self.witnessed:
            said.append(
                "So far as a witness cosigned, the log only grew and nothing longer was shown to it."
            )
        if self.rows:
            said.append(f"Every row shown is the one that was entered ({self.rows}).")
        if self.seen:
            said.append(
                f"Every checkpoint kept elsewhere is a state of this same log ({self.seen})."
            )
        return said + self._goes_on()

    def _goes_on(self) -> list[str]:
        if (before := self.continued) is None:
            return []
        said = [
            f"It goes on from {before.origin}: entry {before.start + 1} says that it signed {before.size}."
        ]
        if before.found:
            said.append(
                f"Checkpoints kept of {before.origin} are states of this log ({before.found})."
            )
        return said

    def _lost(self) -> list[str]:
        if (before := self.continued) is None:
            return []
        said = []
        if before.size > before.start:
            said.append(
                f"What became of {before.size - before.start} entries or more of {before.origin}: they are"
                " not in this file. The database was put back from a backup."
            )
        if before.lost:
            said.append(
                f"Checkpoints kept of {before.origin} that are no state of this log ({before.lost}): what"
                " they cover was lost then."
            )
        if not before.signed:
            said.append(
                f"That {before.origin} signed the state named: name its key with --key too."
            )
        return said

    def unproven(self) -> list[str]:
        """What these keys and this file cannot prove, though nothing speaks against it."""
        if self.faults:
            return []
        said = []
        if not self.logs:
            said.append("That the log itself signed: name its key with --key.")
        if not self.witnessed:
            said.append(
                "That the end was not cut off, or all of it rewritten, and signed anew: whoever holds "
                "the log's key can do so unseen. Name a witness with --witness."
            )
        if not self.seen:
            said.append(
                "That this is the newest state: compare it with a checkpoint kept by somebody else, "
                "with --seen."
            )
        return said + self._lost()

    def told(self) -> str:
        """Tell everything, one sentence a line."""
        lines = [f"Holds: {sentence}" for sentence in self.holds()]
        for _, line, sentence in self.faults[:_SHOWN]:
            lines.append(f"FAULT: {sentence}" + (f" (line {line})" if line else ""))
        if len(self.faults) > _SHOWN:
            lines.append(f"FAULT: {len(self.faults) - _SHOWN} more of the same kind.")
        lines += [f"Not proven: {sentence}" for sentence in self.unproven()]
        lines.append(self._verdict())
        return "".join(f"{_plain(line)}\n" for line in lines)

    def _verdict(self) -> str:
        if self.faults:
            return "THE LOG DOES NOT HOLD."
        return "The log holds, as far as proven." if self.unproven() else "The log holds."


def _time(at: int) -> str:
    if at > _LAST_TIME:
        return f"{at} seconds after 1970"
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _plain(line: str) -> str:
    """A name in the file must not speak to the terminal, turn the line around or begin another."""
    return "".join(character if character.isprintable() else "?" for character in line)
