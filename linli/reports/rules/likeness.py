"""How much alike two sentences are in what they are about, whatever their numbers, dates and doers.

Compared is a clause without its doer, verb, figures, dates and filling words, in one script.

The threshold was set by reading the demo's two pairs of years: all 14 promises find the right answer or
rightly none, the weakest right pair at 75 of 100; reports of different places pair up to 74 on sentences of
one kind ("hold a training course"), which is why a page shows both sentences and says how alike they are.
"""

import heapq
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any

from rapidfuzz import fuzz

from linli.reader.article import fold

ALIKE = 65.0  # below it, two clauses are about different things
CLOSE = 85.0  # from here on, a reader would say "the same"
_NEAREST = 24  # candidates looked at closely for each clause: memory grows with the clauses, not their square
_VERB = 25.0  # of a hundred: the same verb
_PARTIAL = 0.85  # what a match of only a part of the longer clause is worth
_OBJECT = 0.8  # what a match of the objects alone is worth
_FILLING = re.compile(
    r"(?:将|力争|争取|继续|进一步|全年|全市|全区|全县|全州|累计|先后|左右|每年|今年|明年|用于|不少于|以上|以下)"
    r"|[共约近余多超等的为前底]|[^\w]|[0-9a-zA-Z_]"
)
_SHORT = 4  # shorter than this, a part of another clause says nothing


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause reduced to what it is about: all of it, and what stands behind the verb."""

    about: str
    thing: str
    verb: str


def clause(reading: Mapping[str, Any], measure: Mapping[str, Any]) -> Clause:
    """Return what a measure of a reading is about."""
    start, end = measure["start"], measure["end"]
    cuts = [(measure["verb_start"], measure["verb_end"])]
    for kind in ("figures", "dates"):
        cuts += (
            (item["start"], item["end"])
            for item in reading[kind]
            if start < item["end"] and item["start"] < end
        )
    actor = measure.get("actor") or ""
    at = reading["text"].find(actor, start, end) if actor else -1
    if at >= 0:
        cuts.append((at, at + len(actor)))
    after = max(start, measure["verb_end"])
    return Clause(
        about=_without(reading["text"], start, end, cuts),
        thing=_without(reading["text"], after, end, cuts),
        verb=fold(measure["verb"]),
    )


def phrase(words: str) -> Clause:
    """Return what a title is about, of which no verb and no doer are known."""
    about = _FILLING.sub("", fold(words))
    return Clause(about=about, thing=about, verb="")


def likeness(a: Clause, b: Clause) -> float:
    """Return how much alike two clauses are, 0 to 100; the same verb is worth a quarter."""
    if not a.about or not b.about:
        return 0.0
    said = fuzz.ratio(a.about, b.about)
    if min(len(a.about), len(b.about)) >= _SHORT:
        said = max(said, _PARTIAL * fuzz.partial_ratio(a.about, b.about))
    if not a.verb or not b.verb:
        return said
    if a.thing and b.thing:
        said = max(said, _OBJECT * fuzz.ratio(a.thing, b.thing))
    return (100 - _VERB) / 100 * said + (_VERB if a.verb == b.verb else 0.0)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Many clauses, ready to be looked through: for each pair of characters the clauses that hold it."""

    clauses: tuple[Clause, ...]
    sizes: tuple[int, ...]
    holders: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> "Shelf":
        """Put clauses on a shelf; its memory grows with their length."""
        kept = tuple(clauses)
        pairs = [_pairs(one.about) for one in kept]
        holders: dict[str, list[int]] = {}
        for index, found in enumerate(pairs):
            for pair in found:
                holders.setdefault(pair, []).append(index)
        return cls(kept, tuple(len(found) for found in pairs), holders)

    def nearest(self, one: Clause) -> list[tuple[int, float]]:
        """Return the clauses most like `one`, best first: (index, likeness), none below `ALIKE`."""
        own = _pairs(one.about)
        shared = Counter(chain.from_iterable(self.holders.get(pair, ()) for pair in own))
        close = heapq.nsmallest(
            _NEAREST, shared, key=lambda index: (-self._overlap(index, shared[index], own), index)
        )
        scored = [(index, likeness(one, self.clauses[index])) for index in close]
        return sorted(
            (each for each in scored if each[1] >= ALIKE), key=lambda each: (-each[1], each[0])
        )

    def _overlap(self, index: int, shared: int, own: Collection[str]) -> float:
        """Return how much of both is shared, or of the shorter one."""
        size = self.sizes[index]
        return max(2 * shared / (size + len(own)), _PARTIAL * shared / min(size, len(own)))


def paired(ones: Sequence[Clause], others: Sequence[Clause]) -> dict[int, tuple[int, float]]:
    """Return for each clause its partner among the others and their likeness, one to one.

    The most alike pair goes first, the earlier clause before the later one: the same input always
    gives the same pairs.
    """
    shelf = Shelf.of(others)
    wanted = [
        (-score, at, index) for at, one in enumerate(ones) for index, score in shelf.nearest(one)
    ]
    pairs: dict[int, tuple[int, float]] = {}
    given: set[int] = set()
    for score, at, index in sorted(wanted):
        if at not in pairs and index not in given:
            pairs[at] = (index, -score)
            given.add(index)
    return pairs


def _pairs(about: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters; of a single character itself."""
    return frozenset(map("".join, pairwise(about))) or frozenset(about)


def _without(text: str, start: int, end: int, cuts: Iterable[tuple[int, int]]) -> str:
    """Return the folded text of [start, end) without the cuts and without filling words."""
    kept: list[str] = []
    for begin, over in sorted(cuts):
        if begin > start:
            kept.append(text[start : min(begin, end)])
        start = max(start, min(over, end))
    kept.append(text[start:end])
    return _FILLING.sub("", fold(" ".join(kept)))
