"""Printed lines joined to paragraphs again, page furniture and the table of contents left out.

A line goes on in the next one when it reaches the right margin, does not end a sentence, and the
next is neither indented nor of another size: Chinese is set solid, so nothing stands between them.
"""

import re
from collections import Counter
from typing import NamedTuple

from linli.reader.reading import Origin

_SENTENCE_ENDS = tuple("。！？；：…!?;:」』”）")
_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,6})(?:\s*[页頁])?(?:\s*[/／共]\s*\d{1,4}\s*[页頁]?)?[-—–―·•\s]*"
)
_DIGITS = re.compile(r"[0-9]{1,6}")
_RUNNING = re.compile(r"[^，。；]*[^\W\d][^，。；]*")  # words, but no sentence
_OPENS_A_PARAGRAPH = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|\d{1,2}[、.．)）](?!\d)|第[一二三四五六七八九十]{1,3}[章节条篇部]|[●■◆•★▲])"
)
# A heading, dots that lead to the number of its page.
_CONTENTS = re.compile(r".*\S ?(?:[.．·…_] ?){4,}\d{1,4}")
_CONTENTS_TITLE = re.compile(r"目\s*[录錄次]|(?:table of )?contents", re.IGNORECASE)
_EDGE_LINES = 2
_REPEATS = 3


class PrintedLine(NamedTuple):
    """One line on paper: its text, page (from 1) and box (left, bottom, right, top in points)."""

    text: str
    page: int
    box: tuple[float, float, float, float]

    @property
    def height(self) -> float:
        """Height of the box, at least a point."""
        return max(1.0, self.box[3] - self.box[1])


def rejoin(pages: list[list[PrintedLine]]) -> tuple[str, tuple[Origin, ...]]:
    """Return the text, one paragraph a line, and where each printed line of it stands."""
    lines = _without_furniture(pages)
    margins = _margins(lines)
    words: list[str] = []
    origins: list[Origin] = []
    at = 0
    for turn, line in enumerate(lines):
        glue = _glue(lines[turn - 1], line, margins) if turn else ""
        start = at + len(glue)
        at = start + len(line.text)
        words.append(glue + line.text)
        origins.append(Origin(start, at, "page", line.page, line.page, line.box))
    return "".join(words), tuple(origins)


def _without_furniture(pages: list[list[PrintedLine]]) -> list[PrintedLine]:
    """All lines but contents, page numbers and what is printed at the same edge of many pages."""
    edges = [_edges(page) for page in pages]
    seen = Counter(
        form for edge in edges for form in {form for line in edge for form in _forms(line)}
    )
    often = max(_REPEATS, len(pages) // 3)
    return [
        line
        for page, edge in zip(pages, edges, strict=True)
        for turn, line in enumerate(page)
        if not _is_contents(page, turn)
        and (line not in edge or not _is_furniture(line, seen, often))
    ]


def _is_contents(page: list[PrintedLine], turn: int) -> bool:
    """An entry of a table of contents, or the title just above one: it repeats the headings."""
    row = page[turn].text
    if _CONTENTS.fullmatch(row):
        return True
    below = page[turn + 1].text if turn + 1 < len(page) else ""
    return _CONTENTS_TITLE.fullmatch(row) is not None and bool(_CONTENTS.fullmatch(below))


def _is_furniture(line: PrintedLine, seen: Counter[tuple[str, int]], often: int) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    repeated = any(seen[form] >= often for form in _forms(line))
    return repeated and _RUNNING.fullmatch(line.text) is not None


def _edges(page: list[PrintedLine]) -> list[PrintedLine]:
    """The highest and lowest lines of a page."""
    by_height = sorted(page, key=lambda line: line.box[1])
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _forms(line: PrintedLine) -> set[tuple[str, int]]:
    """A line as it is, without the number of its page, and with its numbers counted from that one;
    each with its height to within a line."""
    height = round(line.box[1] / 6)
    unpaged = re.sub(rf"(?<!\d){line.page}(?!\d)", "#", line.text, count=1)
    counted = _DIGITS.sub(lambda found: f"{int(found[0]) - line.page:+}", line.text)
    return {(line.text, height), (unpaged, height), (counted, height)}


def _margins(lines: list[PrintedLine]) -> dict[int, tuple[float, float]]:
    """Page -> left and right edge of its text.

    The left edge is the one that most lines of the page share; the width is the same on all pages:
    the largest that one line in twelve reaches, because a lone wide line is furniture.
    """
    lefts: dict[int, Counter[int]] = {}
    for line in lines:
        lefts.setdefault(line.page, Counter())[round(line.box[0])] += 1
    left = {
        page: min(place for place, count in counts.items() if count >= max(counts.values()) / 2)
        for page, counts in lefts.items()
    }
    widths = sorted((line.box[2] - left[line.page] for line in lines), reverse=True)
    last = len(widths) - 1
    needed = max(1, len(widths) // 12)
    reached = (w for turn, w in enumerate(widths) if widths[min(turn + needed - 1, last)] > w - 12)
    width = next(reached, 0.0)
    return {page: (float(edge), edge + width) for page, edge in left.items()}


def _glue(above: PrintedLine, line: PrintedLine, margins: dict[int, tuple[float, float]]) -> str:
    """What stands between two printed lines: nothing or a space in a paragraph, else a line end."""
    size = min(above.height, line.height)
    _, right = margins[above.page]
    left, _ = margins[line.page]
    goes_on = (
        above.box[2] >= right - 1.6 * size
        and not above.text.endswith(_SENTENCE_ENDS)
        and line.box[0] <= left + 0.8 * size
        and max(above.height, line.height) <= 1.35 * size
        and not _OPENS_A_PARAGRAPH.match(line.text)
        and _is_below(above, line, size)
    )
    if not goes_on:
        return "\n"
    latin = above.text[-1].isascii() and above.text[-1].isalpha()
    return " " if latin and line.text[0].isascii() and line.text[0].isalpha() else ""


def _is_below(above: PrintedLine, line: PrintedLine, size: float) -> bool:
    """True when `line` is the next line of the column, or the first of the next page."""
    if line.page != above.page:
        return line.page == above.page + 1
    gap = above.box[1] - line.box[3]
    return -0.8 * size <= gap <= 2.2 * size
