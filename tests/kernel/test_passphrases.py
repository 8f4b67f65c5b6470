"""Passphrases: said in any script's digits, told from a slip, kept as a keyed hash that opens one thing."""

import ast
import os
import re
import stat

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st

from linli.kernel import passphrases
from linli.kernel.passphrases import keyed_hash, new_passphrase, opens, read_passphrase
from tests.architecture.source import modules, parsed
from tests.town.races import at_once

CODE = "7K3M-92QD"
BODIES = st.text("0123456789", min_size=15, max_size=15)
DIGITS = "0123456789"
SCRIPTS = ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "༠༡༢༣༤༥༦༧༨༩", "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙", "０１２３４５６７８９"]


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def whole(body):
    return body + passphrases._check(body)


def test_makes_four_groups_of_four_that_read_back():
    made = {new_passphrase() for _ in range(200)}

    assert len(made) == 200
    assert all(re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", phrase) for phrase in made)
    assert all(read_passphrase(phrase) == phrase.replace(" ", "") for phrase in made)


def test_checks_as_bank_cards_do():
    assert whole("453914880343646") == "4539148803436467"


@given(
    BODIES,
    st.sampled_from(SCRIPTS),
    st.sampled_from([" ", "-", "", "·", ".", "\u00a0", "\u3000", "\n"]),
)
def test_reads_the_digits_of_every_script(body, script, between):
    digits = whole(body)
    typed = between.join(digits.translate(str.maketrans(DIGITS, script)))

    assert read_passphrase(f" {typed} ") == digits


@given(BODIES, st.integers(0, 15), st.integers(1, 9))
def test_notices_one_wrong_digit(body, place, more):
    digits = whole(body)
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]

    assert read_passphrase(wrong) is None


@given(BODIES, st.integers(0, 14))
def test_notices_swapped_neighbours_but_nine_and_nought(body, place):
    digits = whole(body)
    one, other = digits[place : place + 2]
    swapped = digits[:place] + other + one + digits[place + 2 :]

    same = one == other or {one, other} == {"0", "9"}
    assert (read_passphrase(swapped) is None) == (not same)


@given(BODIES, st.sampled_from(["x", "一", "²", "½", "/", "\0", "e"]), st.integers(0, 16))
def test_reads_nothing_else(body, alien, place):
    digits = whole(body)

    assert read_passphrase(digits[:place] + alien + digits[place:]) is None


@pytest.mark.parametrize("typed", ["", "0", " ", "0" * 15, "0" * 17, "0" * 5000])
def test_reads_sixteen_digits_and_no_other_number(typed):
    assert read_passphrase(typed) is None


@trials(max_examples=500)
@given(st.text(max_size=40), st.text("0123456789abcdef", min_size=64, max_size=64))
def test_opens_nothing_by_chance_and_never_fails(typed, kept):
    assert not opens(CODE, typed, kept)


def test_opens_its_own_thing_alone():
    phrase, other = new_passphrase(), new_passphrase()
    kept = keyed_hash(CODE, read_passphrase(phrase))

    assert opens(CODE, phrase, kept)
    assert opens(CODE, phrase.replace(" ", "").translate(str.maketrans(DIGITS, SCRIPTS[1])), kept)
    assert not opens(CODE, other, kept)
    assert not opens("8K3M-92QD", phrase, kept)
    assert not opens(CODE, phrase[:-1], kept)


def test_opens_nothing_with_what_was_typed_wrong_even_when_it_is_kept():
    """What stands in for a slip is hashed like a passphrase, and opens nothing."""
    assert read_passphrase("0" * 16) == "0" * 16
    kept = keyed_hash(CODE, "0" * 16)

    assert not opens(CODE, "no digits at all", kept)
    assert opens(CODE, "0" * 16, kept)


def test_keeps_a_hash_that_is_useless_without_the_key(settings, tmp_path):
    kept = keyed_hash(CODE, "4539148803436467")
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert keyed_hash(CODE, "4539148803436467") == kept

    settings.KEYS = tmp_path / "others"

    assert keyed_hash(CODE, "4539148803436467") != kept


def test_keeps_one_key_readable_by_us_alone(settings):
    kept = keyed_hash(CODE, "4539148803436467")
    passphrases._key.cache_clear()  # as after a restart

    assert keyed_hash(CODE, "4539148803436467") == kept
    (path,) = settings.KEYS.iterdir()
    assert (path.name, stat.S_IMODE(path.stat().st_mode)) == ("passphrases.key", 0o600)
    assert path.stat().st_size == 32


def test_makes_one_key_when_many_begin_at_once(settings):
    """Each as a process of its own would: nothing remembered, a name of its own beside the key."""
    made = []

    def begin(number):
        made.append(passphrases._key.__wrapped__(settings.KEYS))

    real = os.getpid
    numbers = iter(range(10_000))
    passphrases.os.getpid = lambda: next(numbers)
    try:
        assert at_once(8, begin) == []
    finally:
        passphrases.os.getpid = real

    assert len(set(made)) == 1
    assert [path.name for path in settings.KEYS.iterdir()] == ["passphrases.key"]


def test_is_compared_at_one_place():
    """Where a row is read first, and then compared with, the time of an answer tells whether there is one."""

    def takes(wanted):
        return any(
            isinstance(one, ast.ImportFrom)
            and one.module == "linli.kernel.passphrases"
            and wanted in {alias.name for alias in one.names}
            for path in modules() for one in ast.walk(parsed(path))
        )  # fmt: skip

    assert not takes("opens")
    assert takes("opened_code")
