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
FEWEST_CHARACTERS = 24
LONGEST_CLAUSE = 34
BELOW_SOURCE = 6.0
ABOVE_END = 2.0
BELOW_BARRIER = 0.3

_SILENT = frozenset({"blank", "tool", "link"})


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
    for stretch in walled(looks):
        if stretch.above != "meta":
            continue
        anchors += 1
        if anchors > MOST_ANCHORS:
            break
        if _is_clauses(rows, looks, stretch):
            found = list(found)
            for number in range(_below_tools(looks, stretch), stretch.last + 1):
                if looks[number].kind == "plain":
                    found[number] = CLAUSE
    return found


def _below_tools(looks: Sequence[Look], stretch: Stretch) -> int:
    """The first line below the tools that stand between source line and text."""
    tools = [n for n in range(stretch.first, stretch.last + 1) if looks[n].kind == "tool"]
    return tools[-1] + 1 if tools else stretch.first


def _is_clauses(rows: Sequence[str], looks: Sequence[Look], stretch: Stretch) -> bool:
    """Most lines are short and plain, the first two among them, and no list of dated links."""
    content = [n for n in range(stretch.first, stretch.last + 1) if looks[n].kind not in _SILENT]
    plain = [n for n in content if looks[n].kind == "plain" and len(rows[n]) <= LONGEST_CLAUSE]
    if sum([len(rows[n]) for n in plain]) < FEWEST_CHARACTERS:
        return False
    if len(plain) < FEWEST_CLAUSES or len(plain) < 0.7 * len(content):
        return False
    if stretch.below in {"foot", ""} or any(looks[n].kind != "plain" for n in content[:2]):
        return False
    dated = sum(wording.DATED_END.search(rows[n]) is not None for n in plain)
    return dated <= len(plain) / 4


def walled(looks: Sequence[Look]) -> Iterator[Stretch]:
    """Yield the stretches between furniture, source and editor lines, in order."""
    first: int | None = None
    last, above, size = 0, "", 0
    for number, look in enumerate(looks):
        wall = look.kind in FURNITURE or look.kind in {"meta", "tail"}
        if wall and not (
            look.kind in {"tool", "link"} and above == "meta" and size < FEWEST_CLAUSES
        ):
            if first is not None:
                yield Stretch(first, last, above, look.kind)
            first, above, size = None, look.kind, 0
        elif not wall and look.kind != "blank":
            first = number if first is None else first
            last = number
            size += 1
    if first is not None:
        yield Stretch(first, last, above, "")


def likeliest(rows: Sequence[str], looks: Sequence[Look]) -> Stretch | None:
    """Return the stretch that is most likely the article of a page without sentences."""
    champion, most = None, 0.0
    trust = 1.0
    for stretch in walled(looks):
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
