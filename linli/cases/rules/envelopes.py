"""What two cities say to each other about a case: signed notes of three kinds, addressed, dated, said once.

A hand-over holds codes, names of fields and a day: never a word of the person's. A read asks for the
granted fields and is good for a minute; an answer says what became of it. Fair because the words stay where
the person can take back the leave. Pure.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from linli.kernel.note_keys import Malformed, Signer, VerifierKey
from linli.kernel.notes import Forged, read_note, signed, signed_by

Said: TypeAlias = "Mapping[str, str | Sequence[str]]"

HAND_OVER: Final = "hand-over"
READ: Final = "read"
ANSWER: Final = "answer"
# What each kind says, and nothing else: what is a list is named so.
_SAYS: Final[Mapping[str, Mapping[str, type]]] = {
    HAND_OVER: {"code": str, "unit": str, "kind": str, "fields": list, "until": str},
    READ: {"code": str, "unit": str, "role": str, "purpose": str},
    ANSWER: {"code": str, "unit": str, "role": str, "verb": str, "kind": str, "words": str},
}
_ALWAYS: Final = ("from", "to", "once", "at")
_HEAD: Final = "linli.exchange/1 "
FRESH: Final = timedelta(seconds=60)
MOST_CHARACTERS: Final = 65_536
# What the other city may do with a case that was handed to it.
ANSWERS: Final = ("accepted", "declined", "done")


class Stale(ValueError):
    """Said too long ago, or not yet: whoever kept it may be sending it again."""


class Opened(NamedTuple):
    """One message that a known key has signed and that is addressed to us."""

    key: VerifierKey
    once: str
    at: datetime
    said: Said

    def text(self, name: str) -> str:
        """Return one thing that was said."""
        value = self.said[name]
        if not isinstance(value, str):
            raise Malformed(f"{name} is a list.")
        return value

    def until(self) -> datetime:
        """Return when the leave in a hand-over ends."""
        return _time(self.text("until"))


def named(key: VerifierKey) -> str:
    """Return the name by which a message is addressed: two cities of one name have two keys."""
    return f"{key.name}+{key.id.hex()}"


def unit_elsewhere(city: str, unit: str) -> str:
    """Return how a unit of another city is called in steps and in the look log."""
    return f"{city} · {unit}"[:120]


def written(
    kind: str, said: Said, *, signer: Signer, to: VerifierKey, once: str, at: datetime
) -> str:
    """Write and sign one message to the owner of a key. `once` is never used again."""
    head = {"from": named(signer.key), "to": named(to), "once": once, "at": at.isoformat()}
    _check(kind, said)
    return str(signed(f"{_HEAD}{kind}\n{json.dumps(head | dict(said))}\n", [signer]))


def opened(
    note: str, kind: str, *, keys: Sequence[VerifierKey], ours: VerifierKey, at: datetime
) -> Opened:
    """Return what was said. Raises Malformed, Forged when no known key signed, Stale after its time."""
    if len(note) > MOST_CHARACTERS:
        raise Malformed("A message between cities is short.")
    read = read_note(note)
    by = signed_by(read, keys)
    if len(by) != 1:
        raise Forged("None of the cities that we know signed this.")
    [key] = by
    head, said = _read(read.text, kind)
    if (head["from"], head["to"]) != (named(key), named(ours)):
        raise Forged("This was said by another, or to another.")
    message = Opened(key, head["once"], _time(head["at"]), said)
    _check_time(message, kind, at)
    return message


def glance(note: str) -> Said:
    """Return what a hand-over says that we took ourselves: its signature was checked then."""
    return _read(read_note(note).text, HAND_OVER)[1]


def _read(text: str, kind: str) -> tuple[dict[str, str], Said]:
    first, _, rest = text.partition("\n")
    if first != f"{_HEAD}{kind}":
        raise Malformed(f"This is no {kind}.")
    try:
        whole = json.loads(rest)
    except (ValueError, RecursionError):
        raise Malformed("This is not JSON.") from None
    if not isinstance(whole, dict):
        raise Malformed("A message is one object.")
    head = {name: whole.pop(name, None) for name in _ALWAYS}
    if not all(isinstance(value, str) and 0 < len(value) <= 300 for value in head.values()):
        raise Malformed("A message says from whom, to whom, when, and is said once.")
    _check(kind, whole)
    return head, whole


def _check(kind: str, said: Mapping[str, object]) -> None:
    expected = _SAYS[kind]
    if set(said) != set(expected):
        raise Malformed(f"A {kind} says {', '.join(expected)}, and nothing else.")
    for name, value in said.items():
        items = value if isinstance(value, list) else [value]
        if isinstance(value, list) != (expected[name] is list):
            raise Malformed(f"{name} is of another kind.")
        if not all(isinstance(item, str) and "\0" not in item for item in items):
            raise Malformed(f"{name} is text.")


def _check_time(message: Opened, kind: str, at: datetime) -> None:
    if message.at > at + FRESH:
        raise Stale("This was said in the future.")
    if kind == HAND_OVER:
        # It waits on its way for as long as the leave stands.
        if message.until() <= at:
            raise Stale("The leave has ended.")
    elif message.at < at - FRESH:
        raise Stale("This was said too long ago.")


def _time(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None or not 2000 <= at.year <= 9000:
            raise ValueError
    except ValueError:
        raise Malformed("A time is written with its offset from UTC.") from None
    return at
