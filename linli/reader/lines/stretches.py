"""Articles without sentences: one clause a line, a list of names, a single caption.

What marks them is where they stand: between a source line and the first furniture below it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linli.reader.lines import wording
from linli.reader.lines.look import BARRIERS, CLAUSE, FURNITURE, Look

# Source lines that are tried, and how many clauses make an article of clauses.
MOST_ANCHORS = 3
FEWEST_CLAUSES = 4
# Beside real sentences short lines are clauses only when they are many.
CLAUSES_AMONG = 8
FEWEST_CHARACTERS = 24
LONGEST_CLAUSE = 34
# A list of links below clauses: how long its lines are, how many, and how much longer than clauses.
SHORTEST_HEADLINE = 8
FEWEST_HEADLINES = 3
FEWEST_PURE = 5
LONGER = 1.35
# Clauses down to the footer: how many at least, how long on average.
FEWEST_BARE = 6
LONGEST_MEAN = 16
MOSTLY = 0.6
BELOW_SOURCE = 6.0
ABOVE_END = 2.0
BELOW_BARRIER = 0.3

_TOOLS = frozenset({"tool", "hint", "menu"})
_SILENT = frozenset({"blank", "tool", "link", "hint"})
_WALLS = FURNITURE | {"meta", "tail"}


class Stretch(NamedTuple):
    """Lines [first, last] without furniture; above and below: the kinds of the lines that wall it in."""

    first: int
    last: int
    above: str
    below: str


def with_clauses(rows: Sequence[str], looks: list[Look]) -> list[Look]:
    """Return `looks` with the plain lines of a clause-a-line article raised to sentences."""
    anchors = 0
    found = looks
    for whole in walled(looks):
        if whole.above != "meta":
            continue
        stretch = without_headlines(rows, looks, whole)
        anchors += 1
        if anchors > MOST_ANCHORS:
            break
        if _is_clauses(rows, looks, stretch):
            found = list(found)
            for number in range(_below_tools(looks, stretch), stretch.last + 1):
                if looks[number].kind == "plain" and rows[number][-1] != ":":
                    found[number] = CLAUSE
    return found


def without_headlines(rows: Sequence[str], looks: Sequence[Look], stretch: Stretch) -> Stretch:
    """Leave out the headlines of other articles below clauses: longer lines, most with their words."""
    filled = [n for n in range(stretch.first, stretch.last + 1) if looks[n].kind != "blank"]
    run = 0
    while run < len(filled) and len(rows[filled[-run - 1]]) >= SHORTEST_HEADLINE:
        run += 1
    tail = filled[len(filled) - run :]
    while tail and not _is_headline(rows[tail[0]]):
        tail = tail[1:]
    above = filled[: len(filled) - len(tail)]
    if len(tail) < FEWEST_HEADLINES or len(above) < FEWEST_CLAUSES:
        return stretch
    told = sum(map(_is_headline, (rows[n] for n in tail)))
    longer = _mean(rows, tail) >= LONGER * _mean(rows, above)
    if told >= MOSTLY * len(tail) and longer:
        return stretch._replace(last=above[-1], below="link")
    pure = _headlines_only(rows, filled)
    if FEWEST_PURE <= pure <= len(filled) - FEWEST_CLAUSES and told <= pure + 1:
        return stretch._replace(last=filled[-pure - 1], below="link")
    return stretch


def _headlines_only(rows: Sequence[str], filled: Sequence[int]) -> int:
    """How many of the last lines are headlines, without one that is none."""
    for count, number in enumerate(reversed(filled)):
        if len(rows[number]) < SHORTEST_HEADLINE or not _is_headline(rows[number]):
            return count
    return len(filled)


def _is_told(rows: Sequence[str], plain: Sequence[int]) -> bool:
    """Whether lines that reach down to the footer are clauses all the same: many, short, no headlines."""
    headlines = sum(_is_headline(rows[n]) for n in plain)
    return (
        len(plain) >= FEWEST_BARE
        and headlines <= len(plain) / 5
        and _mean(rows, plain) <= LONGEST_MEAN
    )


def _is_headline(row: str) -> bool:
    return row[-1] not in wording.STOPS and wording.HEADLINE.search(row) is not None


def _mean(rows: Sequence[str], numbers: Sequence[int]) -> float:
    return sum(len(rows[n]) for n in numbers) / len(numbers)


def _below_tools(looks: Sequence[Look], stretch: Stretch) -> int:
    """The first line below the tools that stand between source line and text."""
    tools = [n for n in range(stretch.first, stretch.last + 1) if looks[n].kind in _TOOLS]
    return tools[-1] + 1 if tools else stretch.first


def _is_clauses(rows: Sequence[str], looks: Sequence[Look], stretch: Stretch) -> bool:
    """Most lines are short and plain, the first two among them, and no list of dated links."""
    start = _below_tools(looks, stretch)
    content = [n for n in range(start, stretch.last + 1) if looks[n].kind not in _SILENT]
    plain = [n for n in content if looks[n].kind == "plain" and len(rows[n]) <= LONGEST_CLAUSE]
    if sum([len(rows[n]) for n in plain]) < FEWEST_CHARACTERS:
        return False
    if len(plain) < FEWEST_CLAUSES or len(plain) < 0.7 * len(content):
        return False
    if any(looks[n].kind != "plain" for n in content[:2]):
        return False
    if stretch.below in {"foot", ""} and not _is_told(rows, plain):
        return False
    if len(plain) < CLAUSES_AMONG and any(rows[n][-1] in "。;" for n in content):
        return False
    dated = sum(wording.DATED_END.search(rows[n]) is not None for n in plain)
    return dated <= len(plain) / 4


def walled(looks: Sequence[Look]) -> Iterator[Stretch]:
    """Yield the stretches between furniture, source and editor lines, in order."""
    first: int | None = None
    last, above, size = 0, "", 0
    for number, look in enumerate(looks):
        kind = look.kind
        if kind in _WALLS:
            if above == "meta" and size < FEWEST_CLAUSES and kind in {"tool", "link"}:
                continue
            if first is not None:
                yield Stretch(first, last, above, kind)
            credited = kind == "tail" and above == "meta" and first is None
            first, above, size = None, "meta" if credited else kind, 0
        elif kind != "blank":
            first = number if first is None else first
            last = number
            size += 1
    if first is not None:
        yield Stretch(first, last, above, "")


def likeliest(rows: Sequence[str], looks: Sequence[Look]) -> Stretch | None:
    """Return the stretch that is most likely the article of a page without sentences."""
    champion, most = None, 0.0
    trust = 1.0
    for whole in walled(looks):
        stretch = without_headlines(rows, looks, whole) if whole.above == "meta" else whole
        if stretch.above in BARRIERS and stretch.above != "path":
            trust = BELOW_BARRIER
        weight = sum(
            min(len(rows[n]), 30) / 30 + looks[n].weight
            for n in range(stretch.first, stretch.last + 1)
        )
        weight = min(weight, 12.0)
        if stretch.above == "meta":
            weight, trust = weight + BELOW_SOURCE, 1.0
        if stretch.below in {"tail", "neighbour", "tool"}:
            weight += ABOVE_END
        if weight * trust > most:
            champion, most = stretch, weight * trust
    return champion
