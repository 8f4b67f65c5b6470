"""What the look log signed, remembered beside its key and outside the database: a database put back from a
backup is known by it, and no second history is signed. Also the logs that ended so.
"""

import json
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from linli.kernel.checkpoints import Checkpoint as State
from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.log_key import own_key
from linli.kernel.models import Checkpoint
from linli.kernel.notes import read_note
from linli.kernel.turns import turn
from linli.kernel.whole import write_whole

_SIGNED, _PAST = "log.signed", "log.past"


class Past(NamedTuple):
    """One log that ended: its key, what it signed last, and at which place the next one names that."""

    vkey: str
    note: str
    start: int

    @property
    def state(self) -> State:
        """The last state that it signed."""
        return state_in(self.note)


def state_in(note: str) -> State:
    """Return the state that a note is about."""
    return read_checkpoint(read_note(note).text)


def remember(note: str) -> None:
    """Keep the newest checkpoint that was signed, once the database has it; an older one changes nothing."""
    with turn(settings.KEYS / f"{_SIGNED}.lock"):
        held, state = last_signed(), state_in(note)
        if held is not None:
            before = state_in(held)
            if before.origin == state.origin and before.size >= state.size:
                return
        write_whole(settings.KEYS / _SIGNED, note)


def last_signed() -> str | None:
    """Return the note that was signed last, None when nothing is remembered."""
    try:
        return (Path(settings.KEYS) / _SIGNED).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def lost() -> str | None:
    """Return the note that was signed last, when this database does not know it; None when all is well."""
    note = last_signed()
    if note is None or Checkpoint.objects.filter(size=state_in(note).size, note=note).exists():
        return None
    key, newest = own_key(), Checkpoint.objects.order_by("-size").first()
    # A new log was begun, and we were stopped before it was remembered.
    if key and newest and state_in(note).origin != key.name == state_in(newest.note).origin:
        return None
    return note


def pasts() -> tuple[Past, ...]:
    """Return the logs that ended here, the oldest first."""
    try:
        lines = (Path(settings.KEYS) / _PAST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    return tuple(Past(**json.loads(line)) for line in lines)


def add_past(ended: Past) -> None:
    """Write down that a log ended."""
    lines = [json.dumps(one._asdict()) for one in (*pasts(), ended)]
    write_whole(settings.KEYS / _PAST, "".join(f"{line}\n" for line in lines))
