"""Proofs out of the look log's tables: that an entry is in a signed state, that one state extends another."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from linli.kernel.checkpoints import read_checkpoint
from linli.kernel.log_keeping import newest, published
from linli.kernel.merkle import (
    Hash,
    Subtree,
    consistency_path,
    consistency_proof,
    inclusion_path,
    inclusion_proof,
    leaf_hash,
)
from linli.kernel.models import LogLeaf, LogNode
from linli.kernel.note_keys import written
from linli.kernel.notes import read_note


class Proof(NamedTuple):
    """That a leaf stands at a position of the newest signed state: hashes from the leaf's neighbour upwards."""

    position: int
    leaf: bytes
    hashes: tuple[Hash, ...]
    note: str  # the checkpoint, with cosignatures

    def told(self) -> dict[str, object]:
        """The proof for a program: what RFC 6962 calls an audit path, and the note that it leads to."""
        state = read_checkpoint(read_note(self.note).text)
        return {
            "origin": state.origin,
            "position": self.position,
            "leaf": written(self.leaf),
            "size": state.size,
            "root": written(state.root),
            "proof": [written(one) for one in self.hashes],
            "checkpoint": self.note,
        }


def proof_of(position: int) -> Proof | None:
    """Prove that the leaf at `position` is in the newest signed state; None when it is not in it yet."""
    checkpoint = newest()
    if checkpoint is None or not 0 <= position < checkpoint.size:
        return None
    leaf = bytes(LogLeaf.objects.get(position=position).leaf)
    hashes = way_up(position, checkpoint.size)
    return Proof(position, leaf, hashes, published(checkpoint))


def way_up(position: int, size: int) -> tuple[Hash, ...]:
    """Prove that the leaf at `position` is in the log's first `size` entries: RFC 6962's audit path."""
    path = inclusion_path(position, size)
    return tuple(inclusion_proof(position, size, _hashes(path).__getitem__))


def growth(first: int, second: int) -> tuple[Hash, ...]:
    """Prove that the log of `second` entries begins with its first `first`."""
    path = consistency_path(first, second)
    return tuple(consistency_proof(first, second, _hashes(path).__getitem__))


def _hashes(path: Iterable[tuple[Subtree, ...]]) -> dict[Subtree, Hash]:
    """Read all subtrees of a proof in at most two queries."""
    levels: dict[int, list[int]] = defaultdict(list)
    for level, position in (part for parts in path for part in parts):
        levels[level].append(position)
    leaves = LogLeaf.objects.filter(position__in=levels.pop(0, []))
    found = {Subtree(0, one.position): leaf_hash(bytes(one.leaf)) for one in leaves}
    wanted = Q()
    for level, positions in levels.items():
        wanted |= Q(level=level, position__in=positions)
    if wanted:
        nodes = LogNode.objects.filter(wanted)
        found |= {Subtree(one.level, one.position): bytes(one.hash) for one in nodes}
    return found
