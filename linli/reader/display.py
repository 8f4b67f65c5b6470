"""A reading as text for a person at a terminal: the article with its finds marked, then a list.

Nothing from the file reaches the terminal as a control sequence.
"""

import os
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from linli.reader.reading import Figure, Measure, Reading
from linli.reader.record import number

_VISIBLE = {code: "\ufffd" for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n"}
_RESET = "\x1b[0m"


class _Style(NamedTuple):
    """How one kind of find is marked."""

    name: str
    colour: str
    left: str
    right: str


_FIGURE = _Style("figure", "\x1b[1;33m", "[", "]")
_DATE = _Style("date", "\x1b[36m", "<", ">")
_BODY = _Style("body", "\x1b[32m", "{", "}")
_PLACE = _Style("place", "\x1b[34m", "(", ")")
_DOCUMENT = _Style("document", "\x1b[35m", "", "")
_BRAND = _Style("programme", "\x1b[31m", "`", "`")
_STYLES = (_FIGURE, _DATE, _BODY, _PLACE, _DOCUMENT, _BRAND)


def wants_colour(stream: TextIO) -> bool:
    """True for a terminal, unless the user asks for none (NO_COLOR)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def as_text(reading: Reading, *, colour: bool) -> str:
    """Return the article of `reading` with marks, then its figures and measures, ending in LF."""
    parts = [*_head(reading), "", *_article(reading, colour=colour), "", _legend(colour=colour), ""]
    parts += [f"Figures ({len(reading.figures)})", *map(_figure, reading.figures), ""]
    parts += [f"Measures ({len(reading.measures)})", *map(_measure, reading.measures), ""]
    return "\n".join(parts) + "\n"


def _plain(text: str) -> str:
    return text.translate(_VISIBLE)


def _head(reading: Reading) -> Iterator[str]:
    yield _plain(reading.title.value if reading.title else reading.name)
    named = [item.value for item in (reading.source, reading.site, *reading.authors) if item]
    if named:
        yield _plain(" · ".join(dict.fromkeys(named)))
    yield reading.date.value if reading.date else "no date"


def _article(reading: Reading, *, colour: bool) -> Iterator[str]:
    """The main lines, each find between its marks; of two that overlap the first is marked."""
    finds = _finds(reading)
    turn = 0
    for line in reading.lines:
        if line.label != "main":
            continue
        pieces, at = [], line.start
        while turn < len(finds) and finds[turn][0] < line.end:
            start, end, style = finds[turn]
            turn += 1
            if at <= start and end <= line.end:
                pieces += [_plain(reading.text[at:start])]
                pieces += [_marked(_plain(reading.text[start:end]), style, colour=colour)]
                at = end
        yield "".join(pieces) + _plain(reading.text[at : line.end])


def _finds(reading: Reading) -> list[tuple[int, int, _Style]]:
    kinds = (
        (reading.figures, _FIGURE),
        (reading.dates, _DATE),
        (reading.bodies, _BODY),
        (reading.places, _PLACE),
        (reading.documents, _DOCUMENT),
        (reading.brands, _BRAND),
    )
    found = [(item.start, item.end, style) for items, style in kinds for item in items]
    return sorted(found, key=lambda find: (find[0], -find[1]))


def _marked(text: str, style: _Style, *, colour: bool) -> str:
    return f"{style.colour}{text}{_RESET}" if colour else f"{style.left}{text}{style.right}"


def _legend(*, colour: bool) -> str:
    return "Marks: " + " ".join(_marked(style.name, style, colour=colour) for style in _STYLES)


def _figure(figure: Figure) -> str:
    value = "several" if figure.value is None else f"{number(figure.value):,}"
    said = [value, figure.unit, figure.counted, figure.period]
    bound = "" if figure.bound == "exact" else f" ({figure.bound.replace('_', ' ')})"
    words = " ".join(_plain(word) for word in said if word)
    return f"  {figure.id}  {words}{bound}  — {_plain(figure.surface)}"


def _measure(measure: Measure) -> str:
    actor = measure.actor or measure.actor_implied or "?"
    mark = f"  OUT OF SCOPE ({measure.boundary.replace('_', ' ')})" if measure.boundary else ""
    return f"  {measure.id}  {measure.status}  {_plain(actor)}: {_plain(measure.surface)}{mark}"
