"""Checkpoints of a log (c2sp.org/tlog-checkpoint) and witness cosignatures (c2sp.org/tlog-cosignature). Pure.

A checkpoint says: this log has so many entries, with this root. A cosignature says: at this time, this
was the longest state I had seen, and all that I saw before is still in it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linli.kernel.merkle import HASH_BYTES, MOST, Hash, Head, extends
from linli.kernel.note_keys import Kind, Malformed, Signer, VerifierKey, read_base64, written
from linli.kernel.notes import (
    Forged,
    Note,
    Signature,
    read_note,
    signatures_of,
    signed,
    signed_by,
)

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_TIME_BYTES = 8
_MOST_PROOF_LINES = 63


@dataclass(frozen=True)
class Checkpoint:
    """One state of one log. Extension lines are allowed, and nobody can audit them."""

    origin: str
    size: int
    root: Hash
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be written, or be read back as something else."""
        lines = (self.origin, *self.extensions)
        if not all(lines) or any("\n" in line for line in lines):
            raise Malformed("Origin and extensions are lines that are not empty.")
        if not 0 <= self.size <= MOST or len(self.root) != HASH_BYTES:
            raise Malformed("A checkpoint has a size and a root of 32 bytes.")

    @property
    def head(self) -> Head:
        """Size and root alone."""
        return Head(self.size, self.root)

    def text(self) -> str:
        """Write the text that is signed."""
        lines = (self.origin, str(self.size), written(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text, which a signature must have covered before it is believed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1]:
        raise Malformed("A checkpoint has three lines at least.")
    origin, size, root, *extensions = lines[:-1]
    return Checkpoint(origin, _read_number(size), read_base64(root), tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> Note:
    """Sign as the log. The caller must never sign two checkpoints that contradict each other."""
    if signer.key.name != checkpoint.origin:
        raise Malformed("A log's key carries the name of the log's origin.")
    return signed(checkpoint.text(), [signer])


def cosign(note: Note, signer: Signer, at: int) -> Signature:
    """Cosign as a witness at `at` (POSIX seconds). The caller has proof that the log only grew."""
    if signer.key.kind != Kind.COSIGNATURE:
        raise Malformed(f"The key of {signer.key.name} makes no cosignatures.")
    if not 0 <= at <= MOST:
        raise Malformed("A cosignature's time lies between 1970 and 2^63 seconds later.")
    read_checkpoint(note.text)
    value = at.to_bytes(_TIME_BYTES) + signer.sign(_cosigned(note.text, at))
    return Signature(signer.key.name, signer.key.id, value)


def cosigned_by(note: Note, witnesses: Sequence[VerifierKey]) -> Mapping[VerifierKey, int]:
    """The witnesses that cosigned, with their latest time. Raises Forged on a false cosignature."""
    found: dict[VerifierKey, int] = {}
    for key, signature in signatures_of(note, witnesses):
        if key.kind != Kind.COSIGNATURE:
            continue
        at = int.from_bytes(signature.value[:_TIME_BYTES])
        made = at <= MOST and key.made(signature.value[_TIME_BYTES:], _cosigned(note.text, at))
        if not made:
            raise Forged(f"{key.name} did not make the cosignature in its name.")
        found[key] = max(at, found.get(key, 0))
    return found


class Request(NamedTuple):
    """What a log sends to a witness: the size last cosigned, the proof since, the new checkpoint."""

    old: int
    proof: tuple[Hash, ...]
    note: Note

    def __str__(self) -> str:
        """Write the body of `add-checkpoint` (c2sp.org/tlog-witness)."""
        proof = "".join(f"{written(other)}\n" for other in self.proof)
        return f"old {self.old}\n{proof}\n{self.note}"


def read_request(body: str) -> Request:
    """Read the body of `add-checkpoint`."""
    head, blank, note = body.partition("\n\n")
    first, *proof = head.split("\n")
    if not blank or not first.startswith("old ") or len(proof) > _MOST_PROOF_LINES:
        raise Malformed("A request is an old size, a proof, an empty line and a checkpoint.")
    old = _read_number(first.removeprefix("old "))
    return Request(old, tuple(read_base64(line) for line in proof), read_note(note))


class Declined(Exception):
    """A witness will not cosign. status: the HTTP status of tlog-witness; held: the size it holds."""

    def __init__(self, status: int, sentence: str, held: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.held = held


def witness(
    request: Request, signer: Signer, at: int, *, logs: Sequence[VerifierKey], held: Head
) -> Signature:
    """Cosign what a log sends, when it extends `held`: the state last cosigned, or size 0.

    The caller keeps the new state before it answers, in the transaction that read `held`; to begin,
    `held` is the empty tree.
    Declines: 400 when the log would shrink; 403 when its key did not sign; 404 when no key of this
    origin is trusted; 409 when it goes on from another state than the one held, or shows a second
    history of the same size; 422 when the proof does not hold.
    """
    checkpoint = read_checkpoint(request.note.text)
    own = [key for key in logs if key.name == checkpoint.origin]
    if not own:
        raise Declined(404, "This log is not known here.")
    if not _signed(request.note, own):
        raise Declined(403, "The log's key has not signed this.")
    if request.old > checkpoint.size:
        raise Declined(400, "A log does not shrink.")
    rewritten = held.size == checkpoint.size and held.root != checkpoint.root
    if request.old != held.size or rewritten:
        raise Declined(409, "Another state was cosigned last.", held.size)
    if not extends(held, checkpoint.head, request.proof):
        raise Declined(422, "The proof does not lead from the old state to the new one.")
    return cosign(request.note, signer, at)


def _signed(note: Note, keys: Sequence[VerifierKey]) -> bool:
    try:
        return bool(signed_by(note, keys))
    except Forged:
        return False


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _read_number(digits: str) -> int:
    if not _NUMBER.fullmatch(digits) or int(digits) > MOST:
        raise Malformed("A size is written in digits without leading zeros.")
    return int(digits)
