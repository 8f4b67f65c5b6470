"""Rating tokens: told from forged ones, alike in nothing but what they say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.rules.retention import after_closing, at_latest
from linli.cases.rules.tokens import Token, digest_of, lapses_on, new_token, read_token

SAID = Token("7K3M-92QD", "legal_aid", date(2026, 11, 1))


def mark(said):
    return digest_of(f"a key{said}")


def test_says_what_was_put_in_and_never_twice_alike():
    first, second = new_token(SAID, mark), new_token(SAID, mark)

    assert read_token(first, mark) == read_token(second, mark) == SAID
    assert first != second


@given(st.integers(0, 200), st.characters())
def test_refuses_a_token_with_one_other_character(place, character):
    token = new_token(SAID, mark)
    place %= len(token)
    changed = token[:place] + character + token[place + 1 :]

    assert (read_token(changed, mark) == SAID) == (changed == token)


def test_refuses_a_token_of_another_key():
    assert read_token(new_token(SAID, mark), lambda said: digest_of(f"other{said}")) is None


@pytest.mark.parametrize("text", ["", "x", "0" * 20, "a.b.c.d.e", "é" * 90])
def test_refuses_what_is_no_token(text):
    assert read_token(text, mark) is None


@pytest.mark.parametrize(
    ("month", "lapses"),
    [
        (date(2026, 11, 1), date(2027, 1, 1)),
        (date(2026, 12, 1), date(2027, 2, 1)),
        (date(2026, 1, 1), date(2026, 3, 1)),
    ],
)
def test_lapses_after_the_next_month(month, lapses):
    assert lapses_on(month) == lapses


@given(st.integers(1, 250), st.integers(1, 1100))
def test_keeps_a_closed_case_never_longer_than_was_said_at_first(case_days, kept_days):
    asked = date(2026, 11, 23)

    assert after_closing(asked, kept_days) < at_latest(asked, case_days, kept_days)
