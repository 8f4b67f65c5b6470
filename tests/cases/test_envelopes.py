"""What two cities say to each other: signed, addressed, dated, and nothing beside what its kind says."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.envelopes import (
    ANSWER,
    FRESH,
    HAND_OVER,
    READ,
    Stale,
    glance,
    named,
    opened,
    unit_elsewhere,
    written,
)
from linli.kernel.note_keys import Kind, Malformed, new_signer
from linli.kernel.notes import Forged, signed

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OURS, THEIRS = new_signer("jyg.example", Kind.NOTE), new_signer("jinchang.example", Kind.NOTE)
STRANGER = new_signer("jyg.example", Kind.NOTE)  # our name, another key
SAID = {
    HAND_OVER: {
        "code": "7K3M-92QD", "unit": "法律援助中心", "kind": "legal_aid",
        "fields": ["place", "words"], "until": (AT + timedelta(days=30)).isoformat(),
    },
    READ: {"code": "7K3M-92QD", "unit": "法律援助中心", "role": "officer", "purpose": "help"},
    ANSWER: {
        "code": "7K3M-92QD", "unit": "法律援助中心", "role": "officer", "verb": "done",
        "kind": "", "words": "已办。",
    },
}  # fmt: skip
KINDS = pytest.mark.parametrize("kind", SAID)


def sent(kind=READ, said=None, *, signer=OURS, to=THEIRS, at=AT, once="nonce-1"):
    return written(kind, said or SAID[kind], signer=signer, to=to.key, once=once, at=at)


def taken(note, kind=READ, *, keys=(OURS.key,), at=AT):
    return opened(note, kind, keys=keys, ours=THEIRS.key, at=at)


@KINDS
def test_opens_what_was_said(kind):
    message = taken(sent(kind), kind)

    assert (message.said, message.key, message.once, message.at) == (SAID[kind], OURS.key, "nonce-1", AT)  # fmt: skip


@KINDS
def test_refuses_a_key_that_nobody_knows(kind):
    with pytest.raises(Forged):
        taken(sent(kind, signer=STRANGER), kind)
    taken(sent(kind, signer=STRANGER), kind, keys=(STRANGER.key,))


@KINDS
def test_refuses_what_was_said_to_another(kind):
    with pytest.raises(Forged):
        taken(sent(kind, to=STRANGER), kind)


@KINDS
def test_refuses_any_change(kind):
    note = sent(kind)

    with pytest.raises((Forged, Malformed)):
        taken(note.replace("7K3M-92QD", "7K3M-92QE"), kind)


@pytest.mark.parametrize("other", [kind for kind in SAID if kind != READ])
def test_never_takes_one_kind_for_another(other):
    with pytest.raises(Malformed):
        taken(sent(other), READ)


@pytest.mark.parametrize(
    "late", [FRESH + timedelta(seconds=1), -FRESH - timedelta(seconds=1), timedelta(days=400)]
)
@pytest.mark.parametrize("kind", [READ, ANSWER])
def test_refuses_what_was_said_at_another_time(kind, late):
    with pytest.raises(Stale):
        taken(sent(kind), kind, at=AT + late)
    taken(sent(kind), kind, at=AT + FRESH)


def test_lets_an_envelope_wait_until_the_leave_ends():
    taken(sent(HAND_OVER), HAND_OVER, at=AT + timedelta(days=29))

    with pytest.raises(Stale):
        taken(sent(HAND_OVER), HAND_OVER, at=AT + timedelta(days=30))


@KINDS
@pytest.mark.parametrize("change", ["more", "less", "another type", "nul"])
def test_says_nothing_beside_what_its_kind_says(kind, change):
    said = dict(SAID[kind])
    if change == "more":
        said["note"] = "楼道的灯坏了"
    elif change == "less":
        said.pop("unit")
    elif change == "another type":
        said["unit"] = ["法律援助中心"]
    else:
        said["unit"] = "法律\0援助"

    with pytest.raises(Malformed):
        sent(kind, said)
    # Nor is it taken from somebody who signs it all the same.
    head = {"from": named(OURS.key), "to": named(THEIRS.key), "once": "1", "at": AT.isoformat()}
    note = str(signed(f"linli.exchange/1 {kind}\n{json.dumps(head | said)}\n", [OURS]))
    with pytest.raises(Malformed):
        taken(note, kind)


@given(text=st.text(max_size=400))
def test_refuses_whatever_is_no_message(text):
    with pytest.raises((Malformed, Forged)):
        taken(text)


@given(rest=st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["from", "to", "once", "at", "code", "unit", "role", "purpose"]), inner)))  # fmt: skip
def test_refuses_whatever_a_friend_signs_that_is_no_message(rest):
    note = str(signed(f"linli.exchange/1 {READ}\n{json.dumps(rest)}\n", [OURS]))

    with pytest.raises((Malformed, Forged)):
        taken(note)


@pytest.mark.parametrize("at", ["2026-11-23T04:00:00", "gestern", "0001-01-01T00:00:00+00:00", ""])
def test_refuses_a_time_without_its_place(at):
    head = {"from": named(OURS.key), "to": named(THEIRS.key), "once": "1", "at": at}
    note = str(signed(f"linli.exchange/1 {READ}\n{json.dumps(head | SAID[READ])}\n", [OURS]))

    with pytest.raises(Malformed):
        taken(note)


def test_refuses_what_is_too_long():
    with pytest.raises(Malformed):
        taken("x" * 70_000)


def test_reads_its_own_envelope_again():
    assert glance(sent(HAND_OVER))["unit"] == "法律援助中心"


def test_calls_a_unit_elsewhere_by_its_city():
    assert unit_elsewhere("金昌市", "法律援助中心") == "金昌市 · 法律援助中心"
    assert len(unit_elsewhere("市" * 120, "心" * 120)) == 120
