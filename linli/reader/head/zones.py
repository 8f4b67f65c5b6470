"""The few lines of a page that can say where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.reader.reading import Line

ABOVE = 40
BELOW = 12


@dataclass(frozen=True, slots=True)
class Zones:
    """Lines of a page by place. No zone is long, however long the page is.

    titles: of role title; above: source lines over and inside the head; below: source and editor
    lines under the article; bylines; opening: the first lines of the text; closing: its last lines;
    fringe: the first lines of the page, whatever they are.
    """

    titles: Sequence[Line]
    above: Sequence[Line]
    below: Sequence[Line]
    bylines: Sequence[Line]
    opening: Sequence[Line]
    closing: Sequence[Line]
    fringe: Sequence[Line]

    @classmethod
    def of(cls, view: str, lines: Sequence[Line]) -> "Zones":
        """Sort the lines of a page; one pass."""
        main = [number for number, line in enumerate(lines) if line.label == "main"]
        if not main:
            return cls((), (), (), (), (), (), lines[:ABOVE])
        first, last = main[0], main[-1]
        body = next((n for n in main if lines[n].role in {"body", "caption", "heading"}), last)
        over = lines[max(0, first - ABOVE) : min(body, first + ABOVE)]
        under = lines[max(body + 1, last - ABOVE) : last + BELOW]
        return cls(
            titles=[
                line for line in lines[first : min(body, first + ABOVE) + 1] if line.role == "title"
            ],
            above=[line for line in over if line.role == "meta"],
            below=[line for line in under if line.role == "meta"],
            bylines=[lines[n] for n in (*main[:12], *main[-6:]) if lines[n].role == "byline"],
            opening=[lines[n] for n in main[:12] if n >= body][:3],
            closing=[lines[n] for n in main[-4:]],
            fringe=lines[:ABOVE],
        )
