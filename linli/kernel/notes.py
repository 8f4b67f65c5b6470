"""Signed notes (c2sp.org/signed-note): text signed by one or more named keys. Pure.

Nothing in a note may be believed before a trusted key is found to have signed it. Signatures of keys
that nobody named are skipped; one that a known key never made is refused.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from linli.kernel.note_keys import Kind, Malformed, Signer, VerifierKey, read_base64, written

MOST_CHARACTERS = 1 << 20
MOST_SIGNATURES = 64  # the specification asks for 16 at least
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")  # controls, and halves that are no UTF-8


class Forged(ValueError):
    """A known key's name stands over a signature that this key did not make."""


class Signature(NamedTuple):
    """One signature line: who is said to have signed, and the bytes after the id."""

    name: str
    id: bytes
    value: bytes

    def line(self) -> str:
        """Write the line as it stands in a note, with its newline."""
        return f"— {self.name} {written(self.id + self.value)}\n"


class Note(NamedTuple):
    """A text, newline at its end, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...] = ()

    def __str__(self) -> str:
        """Write the note."""
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"


def read_note(written_note: str) -> Note:
    """Read a note; nothing is verified yet, so nothing in it may be believed."""
    if len(written_note) > MOST_CHARACTERS or _UNFIT.search(written_note):
        raise Malformed("A note is short and holds no control characters.")
    text, blank, lines = written_note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise Malformed("A note is a text, an empty line and signature lines.")
    signatures = read_signatures(lines)
    if not text or not signatures:
        raise Malformed("A note has a text and a signature.")
    return Note(f"{text}\n", signatures)


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """Read signature lines alone, as a witness answers them."""
    found = tuple(_read_signature(line) for line in lines.removesuffix("\n").split("\n"))
    if len(found) > MOST_SIGNATURES:
        raise Malformed(f"A note carries at most {MOST_SIGNATURES} signatures.")
    return found


def signed(text: str, signers: Iterable[Signer]) -> Note:
    """Sign a text with keys of the kind that signs notes."""
    if not text.endswith("\n") or _UNFIT.search(text):
        raise Malformed("A text to sign ends with a newline and holds no control characters.")
    return Note(text, tuple(_signature(text, signer) for signer in signers))


def signed_by(note: Note, keys: Sequence[VerifierKey]) -> frozenset[VerifierKey]:
    """The given note keys that signed. Raises Forged when a line in their name is not theirs."""
    found = set()
    for key, signature in signatures_of(note, keys):
        if key.kind != Kind.NOTE:
            continue
        if not key.made(signature.value, note.text.encode()):
            raise Forged(f"{key.name} did not make the signature in its name.")
        found.add(key)
    return frozenset(found)


def signatures_of(
    note: Note, keys: Sequence[VerifierKey]
) -> Iterable[tuple[VerifierKey, Signature]]:
    """Signature lines beside the known keys whose name and id they carry."""
    known = {(key.name, key.id): key for key in keys}
    for signature in note.signatures:
        if key := known.get((signature.name, signature.id)):
            yield key, signature


def _signature(text: str, signer: Signer) -> Signature:
    if signer.key.kind != Kind.NOTE:
        raise Malformed(f"The key of {signer.key.name} signs no notes.")
    return Signature(signer.key.name, signer.key.id, signer.sign(text.encode()))


def _read_signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not name or "+" in name or any(c.isspace() for c in name):
        raise Malformed("A signature line is a dash, a name and base64.")
    value = read_base64(encoded)
    if len(value) < 5:
        raise Malformed("A signature holds four bytes of key id and more.")
    return Signature(name, value[:4], value[4:])
