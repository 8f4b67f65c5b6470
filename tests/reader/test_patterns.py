"""Patterns wait for their first use, and then do what `re` does."""

import re
from pathlib import Path

import pytest

from linli import reader
from linli.reader.lines import furniture
from linli.reader.patterns import lazy

OF_A_GROUP = re.compile(r"\)(?:[*+?]|\{{1,2}[0-9,]+\}{1,2})\+")


def test_lazy_with_a_broken_source_raises_only_when_asked():
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("(")


def test_lazy_answers_as_the_compiled_pattern_does():
    row, source = "共计12个, 其中3个", "(?P<number>[0-9]+)个"
    first, plain = lazy(source), re.compile(source)
    assert [m.span("number") for m in first.finditer(row)] == [(2, 4), (9, 10)]
    assert first.findall(row, 5) == plain.findall(row, 5) == ["3"]
    assert first.match(row, 2, 5)["number"] == "12"
    assert first.fullmatch(row, 2, 6) is None
    assert first.sub("-", row) == "共计-, 其中-"
    assert first.split("a1个b") == ["a", "1", "b"]


def test_lazy_keeps_its_flags():
    assert lazy("pdf$", re.IGNORECASE).search("A.PDF").span() == (2, 5)


def test_lazy_has_no_other_attributes():
    with pytest.raises(AttributeError, match="groups"):
        _ = lazy("a").groups


def test_rare_words_stand_each_under_one_of_their_own_characters():
    told = [word for words in furniture.RARE_BY_SIGN.values() for word in words]
    assert sorted(told) == sorted(furniture.RARE)
    assert all(sign in word for sign, words in furniture.RARE_BY_SIGN.items() for word in words)


def test_no_possessive_repeat_holds_a_group():
    """Before 3.11.5, `(?:X)*+` may match what it must not, and a report is never read to its end: write `(?>(?:X)*)`."""
    folder = Path(reader.__file__).parent
    found = [
        f"{path.name}: {row.strip()}"
        for path in folder.rglob("*.py")
        for row in path.read_text(encoding="utf-8").splitlines()
        if OF_A_GROUP.search(row)
    ]

    assert found == []
    assert OF_A_GROUP.search(r"(?:ab?c){2,3}+")
