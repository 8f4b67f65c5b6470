"""The one answer of the look-up: the gravest thing that is so; and the note that holds it without a network."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.note_keys import Kind, new_signer
from linli.kernel.notes import Forged, read_note, signed
from linli.trace.rules.answers import GRAVEST, KINDS, LAMPS, Known, answer
from linli.trace.rules.permit_states import NOT_YET, STATES
from linli.trace.rules.signed_answers import opened, sealed

AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
SIGNER = new_signer("linli.example", Kind.NOTE)
SAID = {"kind": "valid", "code": "L00000010R", "good_until": (AT + timedelta(1)).isoformat()}
ALL = st.builds(
    Known,
    stand=st.sampled_from([*STATES, NOT_YET]),
    then=st.sampled_from(["", *STATES]),
    recalled=st.booleans(),
    adverse=st.booleans(),
    past=st.booleans(),
    closed=st.booleans(),
)


@pytest.mark.parametrize(
    ("known", "kind"),
    [
        (Known("valid", "valid"), "valid"),
        (Known("valid"), "valid"),
        (Known("valid", "expired"), "not_then"),
        (Known("valid", "none"), "not_then"),
        (Known("expired", "valid"), "expired"),
        (Known("suspended", "valid"), "suspended"),
        (Known("not_yet"), "none"),
        (Known("valid", "valid", past=True), "past"),
        (Known("valid", closed=True), "closed"),
        (Known("withdrawn", "none", adverse=True), "adverse"),
        (Known("withdrawn", "none", recalled=True, adverse=True, past=True), "recalled"),
    ],
)
def test_answers_with_the_gravest(known, kind):
    assert answer(known) == kind


@given(ALL)
def test_says_valid_only_when_nothing_speaks_against_it(known):
    kind = answer(known)
    clean = known.stand == "valid" and known.then in ("", "valid")
    clean = clean and not (known.recalled or known.adverse or known.past or known.closed)
    assert (kind == "valid") == clean
    assert kind in (*GRAVEST, "valid")
    assert (LAMPS[kind] == "done") == clean


def test_knows_a_lamp_for_every_kind():
    assert set(LAMPS) == set(KINDS)


def test_opens_a_signed_answer():
    assert opened(sealed(SAID, SIGNER), SIGNER.key, AT)["kind"] == "valid"


def test_refuses_an_answer_that_was_changed_or_is_too_old_or_of_another():
    note = sealed(SAID, SIGNER)
    with pytest.raises(Forged, match="did not make"):
        opened(note.replace("valid", "false"), SIGNER.key, AT)
    with pytest.raises(Forged, match="too old"):
        opened(note, SIGNER.key, AT + timedelta(1))
    other = new_signer("other.example", Kind.NOTE)
    with pytest.raises(Forged, match="not signed"):
        opened(note, other.key, AT)
    text = read_note(note).text.replace("linli-lookup-1", "else")
    with pytest.raises(Forged, match="something else"):
        opened(str(signed(text, [SIGNER])), SIGNER.key, AT)
