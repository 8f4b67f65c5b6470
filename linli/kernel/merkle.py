"""The Merkle tree of RFC 6962 (SHA-256): hashes, roots, proofs and their verification. Pure.

Whoever holds the root of n entries can be shown that an entry is among them (inclusion) and that a
later root still holds the same n in the same order (consistency), each with about log2 n hashes.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

Hash = bytes
HASH_BYTES = 32
EMPTY: Hash = sha256(b"").digest()
MOST = 2**63 - 1  # entries: what a checkpoint and a database column can say


class Subtree(NamedTuple):
    """A complete subtree: the 2^level leaves from position * 2^level on. Its hash never changes again."""

    level: int
    position: int


Source = Callable[[Subtree], Hash]


class Growth(NamedTuple):
    """What one more leaf brings: the next frontier, and the subtrees it completes, the leaf first."""

    frontier: "Frontier"
    completed: tuple[tuple[Subtree, Hash], ...]


class Frontier(NamedTuple):
    """All that must be kept to append: the size, and one hash for each 1 in its binary digits."""

    size: int = 0
    peaks: tuple[Hash, ...] = ()

    def append(self, leaf: Hash) -> Growth:
        """Add one leaf hash: O(log n), one hash on average."""
        level, position, top = 0, self.size, leaf
        peaks = list(self.peaks)
        completed = [(Subtree(0, position), leaf)]
        while position & 1:
            level, position, top = level + 1, position >> 1, node_hash(peaks.pop(), top)
            completed.append((Subtree(level, position), top))
        return Growth(Frontier(self.size + 1, (*peaks, top)), tuple(completed))

    def root(self) -> Hash:
        """Return the root of all leaves so far."""
        return _folded(self.peaks) if self.peaks else EMPTY

    def packed(self) -> bytes:
        """Return bytes to store: eight of size, then the peaks."""
        return self.size.to_bytes(8) + b"".join(self.peaks)


def unpacked(stored: bytes) -> Frontier:
    """Read what `packed` wrote; a ValueError when it cannot be a frontier."""
    size, peaks = int.from_bytes(stored[:8]), stored[8:]
    if len(stored) < 8 or size > MOST or len(peaks) != size.bit_count() * HASH_BYTES:
        raise ValueError("not a frontier")
    steps = range(0, len(peaks), HASH_BYTES)
    return Frontier(size, tuple(peaks[at : at + HASH_BYTES] for at in steps))


def leaf_hash(entry: bytes) -> Hash:
    """Hash one entry. The prefix keeps an entry from passing for a node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Hash two neighbours into the one above them."""
    return sha256(b"\x01" + left + right).digest()


def root(size: int, source: Source) -> Hash:
    """Return the root of the first `size` leaves."""
    return _folded([source(part) for part in cover(0, size)]) if size else EMPTY


def cover(start: int, end: int) -> tuple[Subtree, ...]:
    """The complete subtrees that make up the leaves [start, end) of a proof, largest first."""
    parts = []
    while start < end:
        level = (end - start).bit_length() - 1
        parts.append(Subtree(level, start >> level))
        start += 1 << level
    return tuple(parts)


def inclusion_path(position: int, size: int) -> list[tuple[Subtree, ...]]:
    """What each hash of an inclusion proof is made of, so that a database can fetch all at once."""
    if not 0 <= position < size:
        raise ValueError("no such leaf")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            path.append(cover(middle, end))
            end = middle
        else:
            path.append(cover(start, middle))
            start = middle
    return path[::-1]


def consistency_path(first: int, second: int) -> list[tuple[Subtree, ...]]:
    """What each hash of a consistency proof is made of; from nothing, everything is consistent."""
    if not 0 <= first <= second:
        raise ValueError("a tree only grows")
    if not first:
        return []
    start, end, path = 0, second, []
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(cover(middle, end))
            end = middle
        else:
            path.append(cover(start, middle))
            start = middle
    if start:
        path.append(cover(start, end))
    return path[::-1]


def inclusion_proof(position: int, size: int, source: Source) -> list[Hash]:
    """Prove that the leaf stands at `position` of the first `size`."""
    return _hashes(inclusion_path(position, size), source)


def consistency_proof(first: int, second: int, source: Source) -> list[Hash]:
    """Prove that the first `first` leaves are the same in the tree of `second`."""
    return _hashes(consistency_path(first, second), source)


class Place(NamedTuple):
    """Where a leaf is said to stand: its position, in a tree of this size with this root."""

    position: int
    size: int
    root: Hash


def includes(place: Place, leaf: Hash, proof: Sequence[Hash]) -> bool:
    """Say whether the proof shows that this leaf hash stands at that place (RFC 9162, 2.1.3.2)."""
    if not 0 <= place.position < place.size or not _well_formed(proof):
        return False
    at, last, top = place.position, place.size - 1, leaf
    for other in proof:
        if not last:
            return False
        if at & 1 or at == last:
            top = node_hash(other, top)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            top = node_hash(top, other)
        at, last = at >> 1, last >> 1
    return not last and top == place.root


class Head(NamedTuple):
    """A tree as two numbers: how many leaves, and their root."""

    size: int
    root: Hash


def extends(first: Head, second: Head, proof: Sequence[Hash]) -> bool:
    """Say whether the proof shows that `second` holds all of `first` unchanged (RFC 9162, 2.1.4.2)."""
    if not 0 <= first.size <= second.size or not _well_formed(proof):
        return False
    if not first.size and first.root != EMPTY:
        return False
    if first.size == second.size:
        return first.root == second.root and not proof
    if not first.size:
        return not proof
    at, last = first.size - 1, second.size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    # A first tree that is one complete subtree is its own starting hash.
    hashes = [first.root, *proof] if not at else list(proof)
    return bool(hashes) and _meets(at, last, hashes) == (first.root, second.root)


def _meets(at: int, last: int, hashes: Sequence[Hash]) -> tuple[Hash, Hash] | None:
    """Both roots that the hashes lead to, or None when they are too many or too few."""
    old = new = hashes[0]
    for other in hashes[1:]:
        if not last:
            return None
        if at & 1 or at == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, other)
        at, last = at >> 1, last >> 1
    return None if last else (old, new)


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _folded(hashes: Sequence[Hash]) -> Hash:
    top = hashes[-1]
    for left in reversed(hashes[:-1]):
        top = node_hash(left, top)
    return top


def _hashes(path: Iterable[tuple[Subtree, ...]], source: Source) -> list[Hash]:
    return [_folded([source(part) for part in parts]) for parts in path]


def _well_formed(proof: Sequence[Hash]) -> bool:
    return all(len(other) == HASH_BYTES for other in proof)
