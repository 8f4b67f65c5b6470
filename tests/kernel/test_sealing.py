"""Sealed values: they open under their own key, in their own place, and nowhere else."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.kernel.sealing import Keyring, Misplaced, Place, Sealed

RING = Keyring.fresh()
KEY, WRAPPED = RING.new_key("7K3M-92QD")
OTHER_KEY, _ = RING.new_key("0000-0000")
HERE = Place("cases_case", "7K3M-92QD", "words")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
places = st.builds(Place, texts, texts, texts)


@given(value=plain | st.binary(max_size=200), place=places)
def test_opens_to_the_very_value(value, place):
    opened = KEY.open(KEY.seal(value, place), place)

    assert (opened, type(opened)) == (value, type(value))


@given(value=st.binary(max_size=80), place=places, other=places)
def test_refuses_in_any_other_place(value, place, other):
    assume(place != other)

    with pytest.raises(Misplaced):
        KEY.open(KEY.seal(value, place), other)


@given(place=places, other=places)
def test_binds_no_two_places_alike(place, other):
    assert (place.bound == other.bound) == (place == other)


@pytest.mark.parametrize("moved", [HERE._replace(table="x"), HERE._replace(row="x"), HERE._replace(field="x")])  # fmt: skip
def test_refuses_when_one_part_of_the_place_is_another(moved):
    sealed = KEY.seal("秘密", HERE)

    assert KEY.open(sealed, HERE) == "秘密"
    with pytest.raises(Misplaced, match="does not open"):
        KEY.open(sealed, moved)


def test_refuses_under_another_subjects_key():
    with pytest.raises(Misplaced):
        OTHER_KEY.open(KEY.seal("秘密", HERE), HERE)


@given(st.data())
def test_notices_a_changed_byte(data):
    sealed = bytearray(KEY.seal("秘密", HERE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Misplaced):
        KEY.open(bytes(sealed), HERE)


@pytest.mark.parametrize("value", [b"", b"\0", b"\x80", b"\x80\0\0", b"a\0", "", "\0", None])
def test_keeps_what_looks_like_padding(value):
    assert KEY.open(KEY.seal(value, HERE), HERE) == value


def test_makes_equal_values_look_different():
    assert len({KEY.seal("是", HERE) for _ in range(20)}) == 20


def test_tells_nothing_by_the_length_of_a_short_answer():
    answers = ["", "是", "否", "维吾尔语", "普通话", "a" * 40]

    assert len({len(KEY.seal(answer, HERE)) for answer in answers}) == 1


def test_holds_no_clear_text():
    sealed = KEY.seal({"phone": "CNRY-13800000000"}, HERE)

    assert b"CNRY" not in sealed
    assert isinstance(sealed, Sealed)


def test_opens_text_as_text_only():
    assert KEY.open_text(KEY.seal("秘密", HERE), HERE) == "秘密"
    with pytest.raises(TypeError, match="not text"):
        KEY.open_text(KEY.seal(["秘密"], HERE), HERE)


def test_refuses_numbers_that_are_none():
    with pytest.raises(ValueError, match="Out of range"):
        KEY.seal(float("nan"), HERE)


def test_unwraps_a_key_for_its_own_subject_only():
    sealed = KEY.seal("秘密", HERE)

    assert RING.unwrap(WRAPPED, "7K3M-92QD").open(sealed, HERE) == "秘密"
    with pytest.raises(Misplaced, match="does not unwrap"):
        RING.unwrap(WRAPPED, "0000-0000")
    with pytest.raises(Misplaced):
        Keyring.fresh().unwrap(WRAPPED, "7K3M-92QD")


def test_rotates_without_touching_what_is_sealed():
    sealed = KEY.seal("秘密", HERE)
    both = RING.with_new_primary()
    again = both.rewrap(WRAPPED, "7K3M-92QD")
    alone = both.without_old()

    assert (len(both.ids), alone.ids) == (2, {both.primary})
    assert both.primary not in RING.ids
    assert both.unwrap(WRAPPED, "7K3M-92QD").open(sealed, HERE) == "秘密"
    assert alone.unwrap(again, "7K3M-92QD").open(sealed, HERE) == "秘密"
    with pytest.raises(Misplaced):
        alone.unwrap(WRAPPED, "7K3M-92QD")
    with pytest.raises(Misplaced):
        RING.unwrap(again, "7K3M-92QD")


def test_reads_its_own_text_again():
    assert Keyring(RING.text).unwrap(WRAPPED, "7K3M-92QD").open(KEY.seal(1, HERE), HERE) == 1


def test_shows_no_secret_when_printed():
    secret = json.loads(RING.text)["key"][0]["keyData"]["value"]

    assert secret not in repr(RING) + str(RING) + repr(KEY) + str(KEY)
