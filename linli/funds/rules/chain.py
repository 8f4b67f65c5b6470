"""The chain of days: how what a fund recorded is written down, and what a day's root says. Pure.

A head is a digest over all that a fund recorded until a midnight; a root is over the heads of all funds. Nobody
can then change, add, remove or move anything of a day that is over without every later root being another.
`schemas/verify_ledger.py` computes the same again, from the file alone. What is written here is never written
otherwise: old heads would no longer hold.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final, NamedTuple

from linli.kernel.merkle import Hash, leaf_hash, node_hash

NOTHING: Final = "0" * 64  # what was before the first


class Entry(NamedTuple):
    """One transaction as it is written down; `lines`: kind and code of both accounts, and fen."""

    code: str
    verb: str
    day: date
    at: datetime
    size: int
    of: dict[str, str]
    lines: Sequence[tuple[str, str, int]]


class RootSaid(NamedTuple):
    """What a root says: of which house, which day, over how many funds' heads, with how many entries that day."""

    house: str
    number: int
    day: date
    until: datetime
    before: str
    funds: int
    tree: str
    entries: int


def entry_line(entry: Entry) -> str:
    """Return the line of one transaction. `of` names what it comes from by its code: reverses, order, match."""
    said = {
        "entry": entry.code, "verb": entry.verb, "day": entry.day.isoformat(),
        "at": moment(entry.at), "size": entry.size, **entry.of, "lines": entry.lines,
    }  # fmt: skip
    return written(said)


def written(said: object) -> str:
    """Write one line of the file."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def moment(at: datetime) -> str:
    """Write a moment, in UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def head_of(fund: str, day: date, before: str, lines: Iterable[str]) -> str:
    """Return a fund's head after a day: over the head before and the lines of the day."""
    digest = sha256()
    for line in lines:
        digest.update(line.encode())
    said = f"linli ledger day 1\n{fund}\n{day.isoformat()}\n{before}\n{digest.hexdigest()}\n"
    return digest_of(said)


def leaf(fund: str, head: str) -> Hash:
    """Return the leaf of a fund's head in a root's tree."""
    return leaf_hash(f"{fund} {head}".encode())


def tree(leaves: Sequence[Hash]) -> Hash:
    """Return the root of a tree of one leaf or more (RFC 9162, 2.1.1)."""
    if len(leaves) == 1:
        return leaves[0]
    half = _split(len(leaves))
    return node_hash(tree(leaves[:half]), tree(leaves[half:]))


def path(position: int, leaves: Sequence[Hash]) -> list[Hash]:
    """Return the hashes that lead from a leaf to the root (RFC 9162, 2.1.3.1)."""
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if position < half:
        return [*path(position, leaves[:half]), tree(leaves[half:])]
    return [*path(position - half, leaves[half:]), tree(leaves[:half])]


def root_text(root: RootSaid) -> str:
    """Return the text that is signed."""
    lines = (
        "linli ledger root 1", root.house, str(root.number), root.day.isoformat(),
        moment(root.until), root.before, str(root.funds), root.tree, str(root.entries),
    )  # fmt: skip
    return "".join(f"{line}\n" for line in lines)


def digest_of(text: str) -> str:
    """Return the digest of a text in hex: of a root's, it is what the next one says was before."""
    return sha256(text.encode()).hexdigest()


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
