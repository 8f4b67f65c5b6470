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
from linli.reader.measures.boundary_rules import BY_HINT, HINT, RULES, Rule
from linli.reader.measures.clauses import Clause, Sentence
from linli.reader.patterns import lazy

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
_LONGEST = 2_000
_NOTHING = frozenset[int]()
_SOFT = lazy(r"[“”‘’\"'《》()「」『』\s]")


class Passage(NamedTuple):
    """Characters [start, end) that describe watching people, and how."""

    start: int
    end: int
    reason: str


class _Line(NamedTuple):
    """A line being read: its text, and what was looked up in it so far."""

    view: str
    start: int
    end: int
    named: dict[re.Pattern[str], list[int]]
    judged: dict[tuple[str, frozenset[int]], tuple[Rule, ...]]

    def signs(self, start: int, end: int, hinted: frozenset[int]) -> tuple[Rule, ...]:
        """Return the rules of those `hinted` whose sign the clause bears; same words, one look."""
        plain = _SOFT.sub("", self.view[start : min(end, start + _LONGEST)])
        judged = self.judged.get((plain, hinted))
        if judged is None:
            borne = [place for place in hinted if RULES[place].sign.search(plain)]
            judged = tuple(
                [rule for rule in map(RULES.__getitem__, sorted(borne)) if rule.bears(plain)]
            )
            self.judged[plain, hinted] = judged
        return judged

    def names(self, about: re.Pattern[str], start: int, end: int) -> bool:
        if about not in self.named:
            found = about.finditer(self.view, self.start, self.end)
            self.named[about] = [each.start() for each in found]
        return _between(self.named[about], start, end)


def passages(view: str, start: int, end: int, sentences: list[Sentence]) -> Iterator[Passage]:
    """Yield the clauses that describe watching people, in order.

    `sentences` are those of the folded text [start, end).
    """
    hints = [(hint.start(), hint[0]) for hint in HINT.finditer(view, start, end)]
    if not hints:
        return
    line = _Line(view, start, end, {}, {})
    before, at = start, 0
    hints.append((end, ""))
    for begun, over, parts in sentences:
        if hints[at][0] < over:
            for part in parts:
                hinted: frozenset[int] = _NOTHING
                while hints[at][0] < part[1]:
                    hinted |= BY_HINT[hints[at][1]]
                    at += 1
                if hinted and (
                    reason := _reason(line, part, hinted, max(before, part[0] - _NEAR), over)
                ):
                    yield Passage(*part, reason)
        before = begun


def _between(places: list[int], start: int, end: int) -> bool:
    return bisect_left(places, start) < bisect_left(places, end)


def _reason(line: _Line, part: Clause, hinted: frozenset[int], begin: int, end: int) -> str | None:
    """Return why a clause of the sentence that ends at `end` stays outside, or None.

    Whom it is about is looked for from `begin` on: a register is judged by what is said up to it,
    everything else also by what it turns out to be for.
    """
    for rule in line.signs(*part, hinted):
        until = part[1] if rule.reason == "person_register" else min(end, part[1] + _NEAR)
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
