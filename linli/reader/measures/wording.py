"""Many words as one pattern whose cost where nothing matches stays small."""

import re
from collections.abc import Collection, Iterable

_BLOCK = 24


def any_of(words: Collection[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of `words` at a place.

    A plain alternation tries its hundreds of branches one by one; here a look at two characters
    settles most places, and a look at a block's first characters most of the rest.
    """
    endings: dict[str, list[str]] = {}
    single = {word for word in words if len(word) == 1}
    for word in sorted({*words} - single, key=lambda word: (-len(word), word)):
        endings.setdefault(word[0], []).append(word[1:])
    firsts = sorted(endings)
    blocks = [firsts[at : at + _BLOCK] for at in range(0, len(firsts), _BLOCK)]
    body = "|".join(_block({first: endings[first] for first in block}) for block in blocks)
    longer = f"(?={_one_of(_seconds(endings))})(?:{body})"
    alone = f"|(?<={_one_of(single)})" if single else ""
    return re.compile(f"{_one_of([*single, *firsts])}(?:{longer}{alone})")


def _block(endings: dict[str, list[str]]) -> str:
    branches = "|".join(
        f"(?<={re.escape(first)})(?:{'|'.join(map(re.escape, rest))})"
        for first, rest in endings.items()
    )
    return f"(?<={_one_of(endings)})(?={_one_of(_seconds(endings))})(?:{branches})"


def _seconds(endings: dict[str, list[str]]) -> set[str]:
    return {rest[0] for listed in endings.values() for rest in listed}


def _one_of(characters: Iterable[str]) -> str:
    return f"[{''.join(map(re.escape, sorted(characters)))}]"
