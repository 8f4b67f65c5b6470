"""Data files of names, and how a text is searched for thousands of names at once."""

import re
from collections.abc import Iterable
from importlib.resources import files


def lines_of(name: str) -> list[str]:
    """Return the lines of a data file without its comments."""
    text = files("linli.reader").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def door(names: Iterable[str], *, rooms: int) -> re.Pattern[str]:
    """Return a pattern that stops where one of `names` (two characters or more) may begin.

    It looks at two characters only, first at all that may stand there, then in `rooms` groups of
    names with like second characters (more rooms let in fewer places and take longer); the caller
    asks a dictionary about the place. Much faster than an automaton whose root has a thousand
    branches, and as linear.
    """
    seconds: dict[str, set[str]] = {}
    for name in names:
        seconds.setdefault(name[0], set()).add(name[1])
    built: list[tuple[set[str], set[str]]] = []
    for first, after in sorted(seconds.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(built) < rooms:
            built.append(({first}, set(after)))
            continue
        firsts, allowed = min(built, key=lambda room: _widened(room, after))
        firsts.add(first)
        allowed |= after
    anywhere = f"[{_class(set(seconds))}](?=[{_class(set().union(*seconds.values()))}])"
    built.sort(key=lambda room: -len(room[0]))
    rooms_in = "|".join(f"(?<=[{_class(f)}])(?=[{_class(s)}])" for f, s in built)
    return re.compile(f"{anywhere}(?:{rooms_in})" if rooms > 1 else anywhere)


def _widened(room: tuple[set[str], set[str]], after: set[str]) -> int:
    """How many more pairs a room lets in when `after` is added to it."""
    firsts, allowed = room
    return (len(firsts) + 1) * len(allowed | after) - len(firsts) * len(allowed) - len(after)


def _class(characters: set[str]) -> str:
    return re.escape("".join(sorted(characters)))
