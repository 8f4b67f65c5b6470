import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.reader.reading import Unreadable
from linli.reader.sources import load
from tests.reader import hostile_files

ROOT = Path(__file__).parents[2]

OUTCOMES = {
    "digits.txt": "10000000 characters",
    "one_character.txt": "3333333 characters",
    "brackets.txt": "10000000 characters",
    "quotes.txt": "600000 characters",
    "line_ends.txt": "empty",
    "random.bin": "unsupported",
    "cut.pdf": "damaged",
    "locked.pdf": "encrypted",
    "bomb.docx": "too_large",
    "entities.docx": "damaged",
    "partless.docx": "damaged",
    "deep.docx": "empty",
    "cut.docx": "damaged",
    "nested.html": "2 characters",
    "nested_mixed.html": "1 characters",
    "attributes.html": "2 characters",
    "open_comment.html": "2 characters",
    "open_tags.html": "1350002 characters",
    "open_scripts.html": "2 characters",
    "many_tags.html": "too_large",
    "ampersands.html": "too_large",
    "hidden.html": "too_large",
}
ONLY_COST = ("one_line.txt", "open_quotes.html", "entities.html", "cells.html")


def cost_of(name):
    done = subprocess.run(
        [sys.executable, "-m", "tests.reader.hostile_files", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


@pytest.mark.sweep(4)
@pytest.mark.parametrize("name", [*OUTCOMES, *ONLY_COST])
def test_read_hostile_file_ends_soon_and_small(name):
    cost = cost_of(name)
    assert cost["outcome"] == OUTCOMES.get(name, cost["outcome"])
    assert cost["megabytes"] < 500


def test_every_hostile_file_is_tested():
    assert {*OUTCOMES, *ONLY_COST, "wrong_charset.html"} == set(hostile_files.FILES)


def loaded(data, name):
    """The source, or the code of the refusal; anything else is an error of ours."""
    try:
        return load(data, name=name, media_type=None)
    except Unreadable as refusal:
        return refusal.code


CODES = {"encrypted", "damaged", "too_large", "empty", "unsupported"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]))
def test_load_random_bytes_raises_only_unreadable(data, head):
    result = loaded(head + data, "x")
    assert result in CODES if isinstance(result, str) else result.text.strip()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_load_damaged_copies_raises_only_unreadable(data):
    whole = bytearray(data.draw(st.sampled_from([hostile_files.PDF, hostile_files.DOCX])))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    result = loaded(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]), "x")
    assert result in CODES if isinstance(result, str) else result.text.strip()
