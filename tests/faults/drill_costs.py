"""What protection costs, in core time: the tree of the log, and sealed fields. Printed by `make faults`, never asserted.
What is asserted is that it does what it costs that for. LINLI_LEAVES says how many entries there are (5,000).
"""

import os
import random
import time
from functools import cache

import pytest

from linli.kernel.merkle import (
    Frontier,
    Place,
    Subtree,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
)  # fmt: skip
from linli.kernel.sealing import Keyring, Misplaced
from linli.kernel.sealing import Place as Column

LEAVES, FIELDS, PROOFS = int(os.environ.get("LINLI_LEAVES", "5000")), 2000, 300


def test_grows_and_proves(record_property):
    leaves = [leaf_hash(f"entry {number}".encode()) for number in range(LEAVES)]
    began, tree = time.process_time(), Frontier()
    for leaf in leaves:
        tree = tree.append(leaf).frontier
    record_property("appended", f"{LEAVES / (time.process_time() - began):,.0f}/s")

    # As the database keeps them: whole subtrees, each made once.
    @cache
    def whole(part):
        if part.level == 0:
            return leaves[part.position]
        left = Subtree(part.level - 1, 2 * part.position)
        return node_hash(whole(left), whole(Subtree(part.level - 1, 2 * part.position + 1)))

    dice, took = random.Random(1), []
    root = tree.root()
    for position in (dice.randrange(LEAVES) for _ in range(PROOFS)):
        began = time.process_time()
        proof = inclusion_proof(position, LEAVES, whole)
        right = includes(Place(position, LEAVES, root), leaves[position], proof)
        took.append(time.process_time() - began)
        assert right
        assert not includes(Place(position, LEAVES, root), leaf_hash(b"another"), proof)
    record_property("proven and verified in", f"{sorted(took)[PROOFS // 2] * 1000:.2f} ms")


def test_seals_and_opens(record_property):
    key, _wrapped = Keyring.fresh().new_key("7K3M-92QD")
    here, there = (
        Column("cases_case", "7K3M-92QD", "words"),
        Column("cases_case", "8K3M-92QD", "words"),
    )
    began = time.process_time()
    for _ in range(FIELDS):
        sealed = key.seal("楼道里的路灯坏了半个月", here)
        assert key.open_text(sealed, here) == "楼道里的路灯坏了半个月"
    record_property(
        "sealed and opened in", f"{(time.process_time() - began) / FIELDS * 1000:.3f} ms"
    )
    with pytest.raises(Misplaced):
        key.open_text(sealed, there)
