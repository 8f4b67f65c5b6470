"""Measure words: what stands behind a numeral, and the unit that it means.

A word that also begins other words (支 in 支部) lists the characters that must not follow it.
"""

from typing import NamedTuple

from linli.reader.measure_words import MEASURES, NOT_BEFORE, THINGS


class Unit(NamedTuple):
    """A unit: its name, the kind of figure it makes, and its factor into that unit (成 is 10 %)."""

    name: str
    kind: str = "count"
    factor: int = 1


class Word(NamedTuple):
    """A measure word found in a text: [start, end) and what it means; `plain` as printed."""

    end: int
    unit: Unit
    plain: str


_new = tuple.__new__  # half the time of a call of Word
_TENTHS = Unit("%", "rate", 10)  # 三成 is 30 %
_WORDS: dict[str, Unit] = {
    **{
        word: Unit(name, kind) for (name, kind), words in MEASURES.items() for word in words.split()
    },
    **{word: Unit(name) for name, words in THINGS.items() for word in words.split()},
    "成": _TENTHS,
    "口": Unit("person"),
    "口人": Unit("person"),
}
# How long the words are that begin with these two characters, or with the first of them alone.
_LENGTHS: dict[str, tuple[int, ...]] = {}
for _word in sorted(_WORDS, key=len, reverse=True):
    _lengths = _LENGTHS.setdefault(_word[:2], ())
    if len(_word) not in _lengths:
        _LENGTHS[_word[:2]] = (*_lengths, len(_word))
for _opening in [opening for opening in _LENGTHS if len(opening) > 1 and opening[0] in _WORDS]:
    _LENGTHS[_opening] = (*_LENGTHS[_opening], 1)

_ALONE = (1,)
BEGINNINGS = frozenset(word[0] for word in _WORDS)
"""The characters that a measure word can begin with."""

MEASURED = frozenset(name for name, _ in MEASURES) - {"person", "person_time", "household"}
"""Units of money, size, share and time: what is measured rather than counted."""


def at(view: str, position: int) -> Word | None:
    """Return the longest measure word that begins at `position` of a folded text, or None."""
    for length in _LENGTHS.get(view[position : position + 2], _ALONE):
        plain = view[position : position + length]
        unit = _WORDS.get(plain)
        if unit is None:
            continue
        end = position + len(plain)  # the text may end early
        following = view[end : end + 1]
        if following and following in NOT_BEFORE.get(plain, ""):
            continue
        if following.isascii() and following.isalnum() and _is_letter(plain[-1]):
            continue  # "m" in "mph"
        return _new(Word, (end, unit, plain))
    return None


def _is_letter(mark: str) -> bool:
    return mark.isascii() and mark.isalpha()


def behind(view: str, start: int, end: int) -> tuple[int, Word] | None:
    """Return the measure word of the numeral [start, end) and where that numeral really ends.

    The last character may belong to the word: 3千米 is 3 kilometres, 三十两 is 30 taels.
    """
    if end - start > 1 and view[end - 1] in "千兆两" and (word := at(view, end - 1)):
        return end - 1, word
    word = at(view, end)
    return (end, word) if word else None
