"""Which passages describe watching people. The platform keeps them as text and takes nothing in.

This keeps a promise of the privacy rules (no tracking, no register, no watching of opinion, refuse
at the door). Services, disputes settled, food, premises and tasks are never marked; the tables
stand in `boundary_rules`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from linli.reader.article import fold
from linli.reader.measures import clauses
from linli.reader.measures.boundary_rules import HINT, RULES
from linli.reader.measures.clauses import Clause, Sentence

# What meets the need instead; the page words it.
SERVICE_INSTEAD = {
    "surveillance": "services_without_a_name",
    "person_register": "published_area_figures",
    "opinion_monitoring": "open_suggestions",
    "policing": "legal_aid_and_mediation",
    "consent_needed": "handover_with_consent",
}

# How far around a clause we look for whom it is about; keeps hostile texts cheap.
_NEAR = 240
_SOFT = re.compile(r"[“”‘’\"'《》()「」『』\s]")


class Passage(NamedTuple):
    """Characters [start, end) that describe watching people, and how."""

    start: int
    end: int
    reason: str


class _Line(NamedTuple):
    """A line being read: its text, and where it names people, found when first asked for."""

    view: str
    start: int
    end: int
    named: dict[re.Pattern[str], list[int]]

    def names(self, about: re.Pattern[str], start: int, end: int) -> bool:
        if about not in self.named:
            found = about.finditer(self.view, self.start, self.end)
            self.named[about] = [each.start() for each in found]
        return _between(self.named[about], start, end)


def passages(view: str, start: int, end: int, sentences: list[Sentence]) -> Iterator[Passage]:
    """Yield the clauses that describe watching people, in order.

    `sentences` are those of the folded text [start, end).
    """
    hints = [hint.start() for hint in HINT.finditer(view, start, end)]
    line = _Line(view, start, end, {})
    before = start
    for sentence in sentences if hints else ():
        if _between(hints, sentence.start, sentence.end):
            for part in sentence.clauses:
                if _between(hints, part.start, part.end):
                    reason = _reason(line, part, max(before, part.start - _NEAR), sentence.end)
                    if reason:
                        yield Passage(part.start, part.end, reason)
        before = sentence.start


def _between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _reason(line: _Line, part: Clause, begin: int, end: int) -> str | None:
    """Return why a clause of the sentence that ends at `end` stays outside, or None.

    Whom it is about is looked for from `begin` on: a register is judged by what is said up to it,
    everything else also by what it turns out to be for.
    """
    plain = _SOFT.sub("", line.view[part.start : part.end])
    for rule in RULES:
        if not rule.sign.search(plain) or (rule.unless and rule.unless.search(plain)):
            continue
        until = part.end if rule.reason == "person_register" else min(end, part.end + _NEAR)
        if rule.about is None or line.names(rule.about, begin, until):
            return rule.reason
    return None


def watching(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, reason) of each clause in `text` that describes watching people.

    Offsets are code points of `text`, whichever script it is in; reason is a key of
    `SERVICE_INSTEAD`.
    """
    view = fold(text)
    found = passages(view, 0, len(view), clauses.sentences(clauses.mask(view), 0, len(view)))
    return tuple((passage.start, passage.end, passage.reason) for passage in found)
