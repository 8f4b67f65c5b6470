"""Sentences and clauses of a line. What stands in quotes, 《》 or brackets is never cut.

Masking keeps the length, so every offset found in a masked line is an offset of the document.
"""

import re

from linli.reader.patterns import lazy

HIDDEN = "■"

# An opener may not stand inside its own pair: hostile runs of openers then fail at once.
_ATOM = lazy(
    r"“[^“”\n]{0,200}”|《[^《》\n]{0,120}》|\([^()\n]{2,120}\)|「[^「」\n]{0,200}」"
    r"|『[^『』\n]{0,200}』|【[^【】\n]{0,120}】|‘[^‘’\n]{0,120}’|\"[^\"\n]{0,120}\""
)
# 1:1 is no end of a clause.
_CLAUSE = re.compile(r"[^,:。;!?\n]+(?:(?<=\d):(?=\d)[^,:。;!?\n]+)*")
_MARKS = frozenset(",:")
_OPEN_RELATIVE = lazy(r"(?:由|以)[^的]{2,100}$")
# 抽调了5名素质高,能力强的干部; 打造一批内容实,形式活的课程.
_QUALITIES = "高强好硬过精实活新优深广练熟足富正牢准快浓"
_OPEN_DESCRIBED = lazy(rf"(?:\d+余?[名位个支批]|一[批支名])[^的,]{{2,16}}[{_QUALITIES}]$")
_CLOSED_DESCRIBED = lazy(r"[^的]{2,12}的[^的]{2,16}$")
# How the first half of what a comma tears apart ends.
_OPEN_ENDS = frozenset("长任记员席" + _QUALITIES)
_TORN = 120
_CLOSED_RELATIVE = lazy(r"[^的]{2,40}的[^的]{2,40}$")
# …任组长,乙任副组长,丙为成员的领导小组: the middle goes on in the same way.
_STILL_OPEN = lazy(r"[^的]{1,40}[任为][^的]{2,10}$")


# Characters [start, end) of the document between two commas.
Clause = tuple[int, int]


# Characters [start, end) up to a final mark or a semicolon, and the clauses in them.
Sentence = tuple[int, int, list[Clause]]


def mask(view: str) -> str:
    """Return `view` with the inside of quotes, titles and brackets blacked out; same length."""
    return _ATOM.sub(_blacken, view)


def _blacken(match: re.Match[str]) -> str:
    atom = match.group()
    return f"{atom[0]}{HIDDEN * (len(atom) - 2)}{atom[-1]}"


def sentences(masked: str, start: int, end: int) -> list[Sentence]:
    """Return the sentences of [start, end); a relative clause that a comma tears apart is one."""
    found: list[Sentence] = []
    parts: list[Clause] = []
    torn = False
    for match in _CLAUSE.finditer(masked, start, end):
        part = match.span()
        stop = part[1]
        parts.append(part)
        if stop < end and masked[stop] in _MARKS:
            torn = torn or masked[stop - 1] in _OPEN_ENDS
        else:
            found.append((parts[0][0], stop, _mended(masked, parts) if torn else parts))
            parts, torn = [], False
    if parts:
        found.append((parts[0][0], parts[-1][1], parts))
    return found


def _mended(masked: str, parts: list[Clause]) -> list[Clause]:
    found = parts[:1]
    for part in parts[1:]:
        if masked[found[-1][1] - 1] in _OPEN_ENDS and _torn(masked, found[-1], part):
            found[-1] = found[-1][0], part[1]
        else:
            found.append(part)
    return found


def _torn(masked: str, before: Clause, after: Clause) -> bool:
    """成立由甲任组长,乙任副组长的领导小组: the object of the first half ends in the second."""
    start, end = before
    if end - start > _TORN or after[1] - after[0] > _TORN:
        return False
    if _OPEN_DESCRIBED.search(masked, max(start, end - 30), end):
        return _CLOSED_DESCRIBED.match(masked, *after) is not None
    return (
        masked.find("任", start, end) >= 0
        and _OPEN_RELATIVE.search(masked, start + 2, end) is not None
        and (_CLOSED_RELATIVE.match(masked, *after) or _STILL_OPEN.match(masked, *after))
        is not None
    )
