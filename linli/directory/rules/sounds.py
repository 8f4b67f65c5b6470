"""How names sound: pinyin without tones, so that what one can only say can be found.

Each name becomes its syllables run together and their first letters: 社保卡 "shebaoka" and "sbk".
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from linli.directory.rules.folding import HAN

_RUNS = re.compile(f"(?P<han>[{HAN}]+)|[^{HAN}\\s]+")
_MARKS = str.maketrans({"ü": "v"})  # as keyboards type it


class Sound(NamedTuple):
    """One name as it is said: all its letters, and the first of each syllable."""

    whole: str
    initials: str


def sound(name: str) -> Sound:
    """Return how a folded name sounds; words of other scripts stay as they are."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a dictionary of phrases comes with it

    syllables: list[str] = []
    for run in _RUNS.finditer(name):
        syllables += lazy_pinyin(run[0], errors="ignore") if run.lastgroup else [run[0]]
    said = [one.translate(_MARKS) for one in syllables if one]
    return Sound("".join(said), "".join(one[0] for one in said))


def sounds(names: Iterable[str]) -> str:
    """Return how several names sound, in one line: whole and initials of each, apart by spaces."""
    return " ".join(part for name in names if name for part in sound(name))
