"""Many words as one pattern whose cost where nothing matches stays small."""

import re
from collections.abc import Collection, Iterable

from linli.reader.patterns import lazy

_BLOCK = 48

# Words of one, two, three, four characters.
Endings = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]

# Second character -> first character -> what follows these two, the longest first.
_Tails = dict[str, dict[str, list[str]]]


def any_of(words: Collection[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of `words` at a place.

    A plain alternation tries its hundreds of branches one by one; here a look at two characters
    settles most places, and a look at a block's characters most of the rest. Branches begin with
    the second character, those of most words first, so that the engine skips them fast.
    """
    endings: _Tails = {}
    single = {word for word in words if len(word) == 1}
    for word in sorted({*words} - single, key=lambda word: (-len(word), word)):
        endings.setdefault(word[1], {}).setdefault(word[0], []).append(word[2:])
    seconds = sorted(endings, key=lambda second: (-_size(endings[second]), second))
    blocks = [seconds[at : at + _BLOCK] for at in range(0, len(seconds), _BLOCK)]
    body = "|".join(_block({second: endings[second] for second in block}) for block in blocks)
    longer = f"(?={_one_of(endings)})(?:{body})"
    alone = f"|(?<={_one_of(single)})" if single else ""
    return lazy(f"{_one_of({word[0] for word in words})}(?:{longer}{alone})")


def endings(words: Iterable[str]) -> Endings:
    """Return words of one to four characters by their length, for `ends`."""
    one, two, three, four = (
        frozenset(word for word in words if len(word) == length) for length in (1, 2, 3, 4)
    )
    return one, two, three, four


def ends(text: str, words: Endings) -> bool:
    """Tell whether `text` ends with one of the words: four look-ups, however many words."""
    one, two, three, four = words
    return text[-1:] in one or text[-2:] in two or text[-3:] in three or text[-4:] in four


def _size(endings: dict[str, list[str]]) -> int:
    return sum(map(len, endings.values()))


def _block(endings: _Tails) -> str:
    firsts = {first for listed in endings.values() for first in listed}
    branches = "|".join(_branch(second, listed) for second, listed in endings.items())
    return f"(?<={_one_of(firsts)})(?={_one_of(endings)})(?:{branches})"


def _branch(second: str, endings: dict[str, list[str]]) -> str:
    """Return what matches from a second character on; first characters with like endings share."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for first, rest in endings.items():
        shared.setdefault(tuple(rest), []).append(first)
    after = re.escape(second)
    branches = (
        f"(?<={_one_of(firsts)}{after})(?:{'|'.join(map(re.escape, rest))})"
        for rest, firsts in shared.items()
    )
    return f"{after}(?:{'|'.join(branches)})"


def _one_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
