"""Which lines of a page are its article. One Line for each line, always; never an empty article."""

from collections.abc import Sequence

from linli.reader.lines import bottoms, kinds, references, regions, stretches, titles, tops
from linli.reader.lines.look import CLOSING, FURNITURE
from linli.reader.lines.page import Page
from linli.reader.lines.roles import assign
from linli.reader.reading import Line
from linli.reader.sources import Source

# Below this a page has no prose to speak of, and its layout decides.
LEAST_PROSE = 0.6


def label(source: Source, view: str) -> tuple[Line, ...]:
    """Return one Line for each line of `source.text` (split on LF), in order.

    view: `fold(source.text)`. With hints (HTML) links and containers are asked as well. A text
    without furniture is article as a whole. Linear in the length of the text.
    """
    rows = [row.strip() for row in view.split("\n")]
    first = references.first(rows)
    rows, listed = rows[:first] + [""] * (len(rows) - first), rows[first:]
    looks = stretches.with_clauses(rows, kinds.looks(rows, source))
    page = Page(
        rows,
        looks,
        titles.repeated(rows, looks, source),
        not FURNITURE.isdisjoint({look.kind for look in looks}),
        [number for number, look in enumerate(looks) if look.kind in CLOSING],
        *_containers(source),
    )
    lines = assign(source.text, page, *_span(page))
    if not any(line.label == "main" for line in lines):
        lines = _filled(rows, lines)
    return lines[:first] + tuple(
        line._replace(role="furniture") if row else line
        for row, line in zip(listed, lines[first:], strict=True)
    )


def _containers(source: Source) -> tuple[Sequence[int], Sequence[str]]:
    """The number and the names of the container of each line, both empty for a text."""
    if not source.hints:
        return (), ()
    _, _, blocks, names = zip(*source.hints, strict=True)
    return blocks, names


def _filled(rows: list[str], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A text that is nothing but furniture is all there is: its lines are the article."""
    return tuple(
        line._replace(label="main", role="body") if row else line
        for row, line in zip(rows, lines, strict=True)
    )


def _span(page: Page) -> tuple[int, int, int | None]:
    """Return first line, last line and title line of the article."""
    if not page.furnished:
        return tops.whole(page)
    region = regions.best(page.looks, page.blocks)
    if region is not None and region.weight >= LEAST_PROSE:
        start, title = tops.top(page, region.first)
        return start, bottoms.bottom(page, region.first, region.last), title
    stretch = stretches.likeliest(page.rows, page.looks)
    if stretch is None:
        return tops.whole(page)
    start, title = tops.top(page, stretch.first)
    if title is None and tops.can_be_title(page, stretch.first) and stretch.first < stretch.last:
        title = stretch.first
    return start, stretch.last, title
