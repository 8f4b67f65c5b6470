"""What the text index holds of a thing, and what a question asks of it.

Chinese has no spaces and segmenters cut elsewhere in a question than in a text, so Han script is indexed by
its characters and pairs of neighbours: every true hit is found. Other scripts are indexed by words. Names are
indexed by their sound as well, in threes of letters, so that a part or a slip still finds them. A gram begins
with a letter that says what it is: g in the text, t in a name, s a sound, i first letters; facets have a colon.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linli.directory.rules.folding import HAN, LONGEST, folded
from linli.directory.rules.sounds import sounds

LONGEST_WORD = 40
_RUNS = re.compile(f"(?P<han>[{HAN}]+)|[^{HAN}\\s]+")
MOST_PROBES = 16  # of one question, in one query
FEWEST_TO_SLIP = 3  # characters: in a shorter word a wrong one leaves another word


class All(NamedTuple):
    """What holds when all of its parts do."""

    parts: "tuple[str | All | One, ...]"


class One(NamedTuple):
    """What holds when one of its parts does."""

    parts: "tuple[str | All | One, ...]"


class Run(NamedTuple):
    """One stretch of a question in one script: Han characters, or a word of another script."""

    text: str
    han: bool


def runs(text: str) -> tuple[Run, ...]:
    """Return the stretches of a folded text in their order."""
    return tuple(Run(one[0], one.lastgroup == "han") for one in _RUNS.finditer(text))


def asked(words: str) -> tuple[Run, ...]:
    """Return what a question asks for, each stretch once; no more of it is read than LONGEST characters."""
    return tuple(dict.fromkeys(runs(folded(words[:LONGEST])[:LONGEST])))


def grams(text: str, mark: str = "g") -> Iterator[str]:
    """Yield the grams of a folded text: words, Han characters and their pairs."""
    for run in runs(text):
        if not run.han:
            yield mark + run.text[:LONGEST_WORD]
            continue
        yield from (mark + sign for sign in run.text)
        yield from (mark + pair for pair in _pieces(run.text, 2))


def index_grams(names: Iterable[str], text: str, facets: Iterable[str]) -> list[str]:
    """Return all that the index holds of one thing with these folded names and this folded text."""
    called = list(names)
    found = dict.fromkeys(facets)
    for name in called:
        found |= dict.fromkeys(grams(name))
        found |= dict.fromkeys(grams(name, "t"))
    found |= dict.fromkeys(grams(text))
    said = sounds(called).split()
    for whole, initials in zip(said[::2], said[1::2], strict=True):
        found |= dict.fromkeys(_threes(whole))
        found |= dict.fromkeys("i" + pair for pair in _pieces(initials, 2))
    return list(found)


def wanted(question: Iterable[Run], mark: str = "g") -> All:
    """Return what a thing must hold to answer the whole question; mark "t": in its names."""
    known = tuple(question)
    each = All(tuple(_wanted(run, mark) for run in known))
    joined = spoken(known)
    if joined is None:
        return each
    han = tuple(_wanted(run, mark) for run in known if run.han)
    return All((One((each, All((*han, *_threes(joined))))),))


def spoken(question: Iterable[Run]) -> str | None:
    """Return the words of other scripts run together, as pinyin is typed with spaces; None for fewer than two."""
    words = [run.text for run in question if not run.han]
    joined = "".join(words)
    return joined if len(words) > 1 and len(joined) > 2 else None


def slipped(question: tuple[Run, ...]) -> All | None:
    """Return what a thing must hold to answer a question with one wrong, missing or superfluous character.

    None when no stretch of Han is long enough. Wherever the slip is, the pairs that touch it are worth
    nothing and all others hold; a character that loses both its pairs is asked for alone.
    """
    if not any(run.han and len(run.text) >= FEWEST_TO_SLIP for run in question):
        return None
    return All(tuple(_slipped(run) for run in question))


def tells(question: Iterable[Run], mark: str) -> list[str]:
    """Return the grams of a question that tell something on their own, to be weighed by how rare they are."""
    found: dict[str, None] = {}
    for run in question:
        if run.han:
            pieces = _pieces(run.text, 2) if len(run.text) > 1 else [run.text]
            found |= dict.fromkeys(mark + piece for piece in pieces)
        else:
            found |= dict.fromkeys((mark + run.text[:LONGEST_WORD], *_threes(run.text)))
    return list(found)[:MOST_PROBES]


def _wanted(run: Run, mark: str) -> "str | All | One":
    if run.han:
        pieces = _pieces(run.text, 2) if len(run.text) > 1 else [run.text]
        return All(tuple(dict.fromkeys(mark + piece for piece in pieces)))
    ways: list[str | All | One] = [mark + run.text[:LONGEST_WORD]]
    if len(run.text) > 2:
        ways.append(All(tuple(dict.fromkeys(_threes(run.text)))))
    if len(run.text) > 1:
        ways.append(All(tuple(dict.fromkeys("i" + pair for pair in _pieces(run.text, 2)))))
    return One(tuple(ways))


def _slipped(run: Run) -> "str | All | One":
    text = run.text
    if not run.han or len(text) < FEWEST_TO_SLIP:
        return _wanted(run, "g")
    ways: list[str | All | One] = []
    for wrong in range(len(text)):
        left, right = text[:wrong], text[wrong + 1 :]
        parts = (part for part in (left, right) if part)
        kept = [piece for part in parts for piece in (_pieces(part, 2) or [part])]
        ways.append(All(tuple(dict.fromkeys("g" + piece for piece in kept))))
    return One(tuple(dict.fromkeys(ways)))


def _threes(word: str) -> list[str]:
    return ["s" + piece for piece in _pieces(word, 3)]


def _pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]
