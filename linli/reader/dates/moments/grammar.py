"""How atoms become moments: a day takes its hour, two ends become a range, 之前 makes a limit."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from linli.reader.article import fold
from linli.reader.dates.moments import clocks, days, lengths, spans
from linli.reader.dates.moments.atom import Atom, Rule
from linli.reader.dates.moments.ranges import joined


class Moment(NamedTuple):
    """A stretch of text with its meaning in TIMEX3; `mod` is before, after, since, until or "".

    other: a second reading, where the text does not say on which side of noon an hour lies.
    """

    start: int
    end: int
    timex: str
    mod: str = ""
    other: str = ""


_RULES: tuple[Rule, ...] = days.RULES + spans.RULES + clocks.RULES + lengths.RULES
_BY_START = {
    char: tuple(rule for rule in _RULES if char in rule.starts)
    for char in sorted({char for rule in _RULES for char in rule.starts})
}
_START = re.compile("[《" + re.escape("".join(_BY_START)) + "]")
_DIGITS = re.compile("[0-9]+|[〇零○一二两三四五六七八九十]+")
# No numeral of a date is longer; of a longer run only the end is looked at.
_LONGEST = 5
_TITLE = re.compile(r"《[^》]{0,60}》")
_JOIN = re.compile(r" ?(?:到|至|[-–—~]) ?")
_PAIR = re.compile(r" ?[和与] ?")
_AMID = re.compile(r"(?:之|期)?间")
_AFTER_WORDS = re.compile(
    r" ?(?:(?P<with>[或及])?[之以]?(?P<side>[前后])(?![期排台门半])|(?P<since>起(?![草点码])|开始|以来))"
)
_BEFORE_WORDS = re.compile(r"(?:(?P<until>截[至止]到?)|(?P<firm>自从?)|从) ?$")


def moments(text: str, reference: datetime) -> tuple[Moment, ...]:
    """Return the moments of `text` in order: dates, times, ranges, durations, sets.

    reference: when the text was said; what it leaves open counts from there or stays X. Offsets
    are into `text`. Method: the longest rule at each place, then the joins above. Linear in time.
    """
    view = fold(text)
    atoms = _ranged(view, _combined(view, _atoms(view, reference)), reference)
    told = [atom for atom in atoms if _says_something(atom)]
    found: list[Moment] = []
    for number, atom in enumerate(told, 1):
        low = found[-1].end if found else 0
        high = told[number].start if number < len(told) else len(view)
        found.append(_limited(view, atom, low, high))
    return tuple(found)


def _atoms(view: str, now: datetime) -> list[Atom]:
    """Return the longest atom at each place, from left to right; 《titles》 hold none."""
    found: list[Atom] = []
    at = 0
    while start := _START.search(view, at):
        at = start.start()
        if view[at] == "《":
            title = _TITLE.match(view, at)
            at = title.end() if title else at + 1
            continue
        atom = _longest(view, at, now)
        if atom is not None:
            found.append(atom)
            at = atom.end
        else:
            run = _DIGITS.match(view, at)
            at = max(at + 1, run.end() - _LONGEST) if run else at + 1
    return found


def _longest(view: str, at: int, now: datetime) -> Atom | None:
    best: Atom | None = None
    for rule in _BY_START[view[at]]:
        match = rule.pattern.match(view, at)
        if match is None or (best is not None and match.end() <= best.end):
            continue
        try:
            best = rule.build(match, now) or best
        except (ValueError, OverflowError):  # a year beyond those that a calendar can hold
            continue
    return best


def _combined(view: str, atoms: Sequence[Atom]) -> list[Atom]:
    """Give a day or a set the time that follows it: 周一 上午10点, 7月25日早间."""
    kept: list[Atom] = []
    for atom in atoms:
        before = kept[-1] if kept else None
        timed = before is not None and (before.clock is not None or before.part != "")
        if (
            before is not None
            and not timed
            and before.unit in {"D", "set"}
            and atom.unit == ""
            and view[before.end : atom.start] in {"", " ", "的"}
        ):
            kept[-1] = before._replace(end=atom.end, clock=atom.clock, part=atom.part)
        else:
            kept.append(atom)
    return kept


def _ranged(view: str, atoms: Sequence[Atom], now: datetime) -> list[Atom]:
    """Join two ends with 到 or a dash between them, or with 和 between and 之间 behind."""
    kept: list[Atom] = []
    for atom in atoms:
        both = _both(view, kept[-1], atom, now) if kept else None
        if both is None:
            kept.append(atom)
            continue
        start = both.start - 1 if view[both.start - 1 : both.start] == "从" else both.start
        amid = _AMID.match(view, both.end)
        kept[-1] = both._replace(start=start, end=amid.end() if amid else both.end)
    return kept


def _both(view: str, first: Atom, last: Atom, now: datetime) -> Atom | None:
    if _JOIN.fullmatch(view, first.end, last.start):
        return joined(first, last, now)
    if _PAIR.fullmatch(view, first.end, last.start) and _AMID.match(view, last.end):
        return joined(first, last, now)
    return None


def _says_something(atom: Atom) -> bool:
    """Tell whether an atom is a moment alone: 早 is one only behind a day."""
    return bool(atom.label) or atom.clock is not None or atom.end - atom.start > 1


def _limited(view: str, atom: Atom, low: int, high: int) -> Moment:
    """Read the words around a moment that make it a limit: 2018年以前, 自2018年, 截止到2018年.

    low, high: where the moments beside it end and begin.
    """
    if atom.unit in {"whole", "length", "set"}:
        return Moment(atom.start, atom.end, atom.timex, "", atom.other)
    start, end, mod = atom.start, atom.end, ""
    after = _AFTER_WORDS.match(view, end, high)
    before = _BEFORE_WORDS.search(view[max(low, start - 4) : start])
    if after:
        end, mod = after.end(), _mod(after)
    if before and (before["until"] or before["firm"] or (after and after[0] == "开始")):
        start -= len(before[0])
        mod = mod or ("before" if before["until"] else "since")
    return Moment(start, end, atom.timex, mod, _other_side(atom))


def _other_side(atom: Atom) -> str:
    """Return 八点 read as 20:00, where neither 上午 nor the number settles it."""
    if atom.clock is None or atom.clock.sided:
        return ""
    return atom._replace(clock=atom.clock.opposite).timex


def _mod(after: re.Match[str]) -> str:
    """Return what 之前, 或之前, 之后, 或之后 and 起 make of the moment before them."""
    if after["since"]:
        return "since"
    if after["side"] == "前":
        return "until" if after["with"] else "before"
    return "since" if after["with"] else "after"
