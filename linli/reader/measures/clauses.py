"""Sentences and clauses of a line. What stands in quotes, 《》 or brackets is never cut.

Masking keeps the length, so every offset found in a masked line is an offset of the document.
"""

import re
from typing import NamedTuple

HIDDEN = "■"

# An opener may not stand inside its own pair: hostile runs of openers then fail at once.
_ATOM = re.compile(
    r"“[^“”\n]{0,200}”|《[^《》\n]{0,120}》|\([^()\n]{2,120}\)|「[^「」\n]{0,200}」"
    r"|『[^『』\n]{0,200}』|【[^【】\n]{0,120}】|‘[^‘’\n]{0,120}’|\"[^\"\n]{0,120}\""
)
_SENTENCE = re.compile(r"[^。;!?\n]+")
_CLAUSE = re.compile(r"[^,:]+")
_OPEN_RELATIVE = re.compile(r"(?:由|以)[^的]{2,60}$")
_CLOSED_RELATIVE = re.compile(r"[^的]{2,40}的[^的]{2,40}$")


class Clause(NamedTuple):
    """Characters [start, end) of the document between two commas."""

    start: int
    end: int


class Sentence(NamedTuple):
    """Characters [start, end) up to a final mark or a semicolon, and the clauses in them."""

    start: int
    end: int
    clauses: list[Clause]


def mask(view: str) -> str:
    """Return `view` with the inside of quotes, titles and brackets blacked out; same length."""
    return _ATOM.sub(_blacken, view)


def _blacken(match: re.Match[str]) -> str:
    atom = match.group()
    return f"{atom[0]}{HIDDEN * (len(atom) - 2)}{atom[-1]}"


def sentences(masked: str, start: int, end: int) -> list[Sentence]:
    """Return the sentences of [start, end); a relative clause that a comma tears apart is one."""
    found = []
    for whole in _SENTENCE.finditer(masked, start, end):
        begin, stop = whole.span()
        parts = [Clause._make(part.span()) for part in _CLAUSE.finditer(masked, begin, stop)]
        if len(parts) > 1 and masked.find("任", begin, stop) >= 0:
            parts = _mended(masked, parts)
        found.append(Sentence(begin, stop, parts))
    return found


def _mended(masked: str, parts: list[Clause]) -> list[Clause]:
    found = parts[:1]
    for part in parts[1:]:
        if _torn(masked, found[-1], *part):
            found[-1] = Clause(found[-1].start, part.end)
        else:
            found.append(part)
    return found


def _torn(masked: str, before: Clause, start: int, end: int) -> bool:
    """成立由甲任组长,乙任副组长的领导小组: the object of the first half ends in the second."""
    return (
        masked.find("任", before.start, before.end) >= 0
        and end - start < 80
        and before.end - before.start < 80
        and _OPEN_RELATIVE.search(masked, before.start + 2, before.end) is not None
        and _CLOSED_RELATIVE.match(masked, start, end) is not None
    )
