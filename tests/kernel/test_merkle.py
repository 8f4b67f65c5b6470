"""RFC 6962 against published values, against its own definition, and against every small lie."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.merkle import (
    EMPTY,
    Frontier,
    Head,
    Place,
    Subtree,
    consistency_path,
    consistency_proof,
    extends,
    includes,
    inclusion_path,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    unpacked,
)

# The eight entries and nine roots that the implementations of Certificate Transparency share.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
G = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
INCLUSIONS = [
    (0, 1, []),
    (0, 8, [A, B, C]),
    (5, 8, [D, E, ROOTS[4]]),
    (2, 3, [ROOTS[2]]),
    (1, 5, [ROOTS[1], B, D]),
]
CONSISTENCIES = [
    (1, 1, []),
    (1, 8, [A, B, C]),
    (6, 8, [F, E, ROOTS[4]]),
    (2, 5, [B, D]),
    (6, 7, [F, G, ROOTS[4]]),
]


def grown(entries):
    """The frontier and a source over every subtree that the appends completed."""
    frontier, hashes = Frontier(), {}
    for entry in entries:
        frontier, completed = frontier.append(leaf_hash(entry))
        hashes.update(completed)
    return frontier, hashes.__getitem__


def defined_root(entries):
    """MTH as section 2.1 of RFC 6962 writes it."""
    if len(entries) < 2:
        return sha256(b"\x00" + entries[0]).digest() if entries else sha256(b"").digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    left, right = defined_root(entries[:k]), defined_root(entries[k:])
    return sha256(b"\x01" + left + right).digest()


def numbered(size):
    return [b"entry %d" % n for n in range(size)]


def unhexed(hashes):
    return [bytes.fromhex(value) for value in hashes]


@pytest.mark.parametrize("size", range(9))
def test_gives_the_published_roots(size):
    frontier, source = grown(ENTRIES[:size])

    assert frontier.root().hex() == ROOTS[size]
    assert root(size, source).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSIONS)
def test_gives_and_accepts_the_published_inclusion_proofs(index, size, proof):
    _, source = grown(ENTRIES)
    place = Place(index, size, bytes.fromhex(ROOTS[size]))

    assert inclusion_proof(index, size, source) == unhexed(proof)
    assert includes(place, leaf_hash(ENTRIES[index]), unhexed(proof))


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCIES)
def test_gives_and_accepts_the_published_consistency_proofs(first, second, proof):
    _, source = grown(ENTRIES)
    heads = [Head(size, bytes.fromhex(ROOTS[size])) for size in (first, second)]

    assert consistency_proof(first, second, source) == unhexed(proof)
    assert extends(*heads, unhexed(proof))


def test_names_the_nodes_of_the_seven_leaf_example():
    """The tree with leaves a…f, j and nodes g…l that RFC 6962 section 2.1.3 draws."""
    b, c, g, h, i, j, k, leaf_l = (
        Subtree(0, 1),
        Subtree(0, 2),
        Subtree(1, 0),
        Subtree(1, 1),
        Subtree(1, 2),
        Subtree(0, 6),
        Subtree(2, 0),
        (Subtree(1, 2), Subtree(0, 6)),
    )

    assert inclusion_path(0, 7) == [(b,), (h,), leaf_l]
    assert inclusion_path(3, 7) == [(c,), (g,), leaf_l]
    assert inclusion_path(4, 7) == [(Subtree(0, 5),), (j,), (k,)]
    assert inclusion_path(6, 7) == [(i,), (k,)]
    assert consistency_path(3, 7) == [(c,), (Subtree(0, 3),), (g,), leaf_l]
    assert consistency_path(4, 7) == [leaf_l]
    assert consistency_path(6, 7) == [(i,), (j,), (k,)]


def test_keeps_entries_from_passing_for_nodes():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert leaf_hash(left + right) != node_hash(left, right)


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_grows_to_the_root_that_the_standard_defines(entries):
    frontier, source = grown(entries)

    assert frontier.root() == root(len(entries), source) == defined_root(entries)
    assert len(frontier.peaks) == len(entries).bit_count()


@given(st.integers(0, 300))
def test_goes_on_from_a_stored_frontier(size):
    frontier, _ = grown(numbered(size))
    again = unpacked(frontier.packed())

    assert again == frontier
    assert again.append(leaf_hash(b"next")) == frontier.append(leaf_hash(b"next"))


@pytest.mark.parametrize(
    "stored",
    [b"", b"\x00" * 7, (1).to_bytes(8), (3).to_bytes(8) + b"\x00" * 63, b"\xff" * 8 + EMPTY * 64],
)
def test_refuses_what_is_no_frontier(stored):
    with pytest.raises(ValueError, match="not a frontier"):
        unpacked(stored)


@st.composite
def inclusions(draw):
    size = draw(st.integers(1, 130))
    index = draw(st.integers(0, size - 1))
    frontier, source = grown(numbered(size))
    return Place(index, size, frontier.root()), source


@st.composite
def consistencies(draw):
    second = draw(st.integers(1, 130))
    first = draw(st.integers(1, second))
    _, source = grown(numbered(second))
    return Head(first, root(first, source)), Head(second, root(second, source)), source


def mutated(draw, proof):
    """A proof that is not the one given: a bit turned, a hash added, dropped, doubled or swapped."""
    others = [[*proof, EMPTY], [EMPTY, *proof]]
    if proof:
        at = draw(st.integers(0, len(proof) - 1))
        turned = bytearray(proof[at])
        turned[draw(st.integers(0, 31))] ^= 1 << draw(st.integers(0, 7))
        others += [
            [*proof[:at], bytes(turned), *proof[at + 1 :]],
            [*proof[:at], proof[at][:-1], *proof[at + 1 :]],
            proof[:at] + proof[at + 1 :],
            [*proof[: at + 1], *proof[at:]],
        ]
    if len(proof) > 1:
        others.append([proof[1], proof[0], *proof[2:]])
    return draw(st.sampled_from(others))


@given(inclusions())
def test_proves_every_inclusion(case):
    place, source = case
    leaf = leaf_hash(b"entry %d" % place.position)
    proof = inclusion_proof(place.position, place.size, source)

    assert includes(place, leaf, proof)
    assert len(proof) <= (place.size - 1).bit_length()


@given(inclusions(), st.data())
def test_refuses_every_mutated_inclusion(case, data):
    place, source = case
    leaf = leaf_hash(b"entry %d" % place.position)
    proof = inclusion_proof(place.position, place.size, source)
    elsewhere = data.draw(st.integers(-2, 131).filter(lambda n: n != place.position))

    assert not includes(place, leaf, mutated(data.draw, proof))
    assert not includes(place, leaf_hash(b"another"), proof)
    assert not includes(place._replace(root=leaf_hash(b"another")), leaf, proof)
    assert not includes(place._replace(position=elsewhere), leaf, proof)


@given(consistencies())
def test_proves_every_consistency(case):
    first, second, source = case
    proof = consistency_proof(first.size, second.size, source)

    assert extends(first, second, proof)
    assert len(proof) <= second.size.bit_length() + 1


@given(consistencies(), st.data())
def test_refuses_every_mutated_consistency(case, data):
    first, second, source = case
    proof = consistency_proof(first.size, second.size, source)

    assert not extends(first, second, mutated(data.draw, proof))
    assert not extends(first._replace(root=EMPTY), second, proof)
    assert not extends(first, second._replace(root=EMPTY), proof)
    if first.size < second.size:
        assert not extends(second, first, proof)


@given(consistencies(), st.data())
def test_refuses_consistency_with_a_rewritten_past(case, data):
    first, second, _ = case
    entries = numbered(second.size)
    entries[data.draw(st.integers(0, first.size - 1))] = b"rewritten"
    frontier, source = grown(entries)

    proof = consistency_proof(first.size, second.size, source)

    assert not extends(first, Head(second.size, frontier.root()), proof)


def test_refuses_proofs_of_another_length_than_the_place_demands():
    """A root does not tell its size (a checkpoint does), but the length of a proof must fit."""
    _, source = grown(numbered(9))
    for size in range(1, 10):
        top = root(size, source)
        for position in range(size):
            proof = inclusion_proof(position, size, source)
            for claimed in range(1, 20):
                for place in (Place(at, claimed, top) for at in range(claimed)):
                    if len(inclusion_path(place.position, claimed)) != len(proof):
                        assert not includes(place, leaf_hash(b"entry %d" % position), proof)


def test_refuses_consistency_of_another_length_than_the_sizes_demand():
    _, source = grown(numbered(9))
    for second in range(1, 10):
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, source)
            roots = root(first, source), root(second, source)
            for claimed in range(1, 20):
                for below in range(1, claimed):
                    if len(consistency_path(below, claimed)) != len(proof):
                        heads = Head(below, roots[0]), Head(claimed, roots[1])
                        assert not extends(*heads, proof)


def test_finds_everything_consistent_with_nothing():
    later = Head(5, bytes.fromhex(ROOTS[5]))

    assert consistency_path(0, 5) == []
    assert extends(Head(0, EMPTY), later, [])
    assert extends(Head(0, EMPTY), Head(0, EMPTY), [])
    assert not extends(Head(0, EMPTY), Head(0, later.root), [])
    assert not extends(Head(0, later.root), Head(0, later.root), [])
    assert not extends(Head(0, later.root), later, [])
    assert not extends(Head(0, EMPTY), later, [EMPTY])
    assert not extends(Head(-1, EMPTY), later, [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_proves_no_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_path(index, size)
    assert not includes(Place(index, size, EMPTY), EMPTY, [])


@pytest.mark.parametrize(("first", "second"), [(-1, 3), (4, 3)])
def test_proves_no_tree_that_shrinks(first, second):
    with pytest.raises(ValueError, match="only grows"):
        consistency_path(first, second)


@given(inclusions())
def test_asks_the_source_only_for_complete_subtrees(case):
    place, _ = case

    for parts in inclusion_path(place.position, place.size):
        for level, index in parts:
            assert (index + 1) << level <= place.size
