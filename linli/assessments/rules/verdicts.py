"""How the sheets of a candidate become one score, written down so that anybody computes it again to the bit.

A record names its inputs by their digests (the edition, each sheet), the weights, the poll's share, the number of
the rules, and what came out. Every way of counting that was ever used stays in `RULEBOOK`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.assessments.rules.instruments import Form
from linli.assessments.rules.scoring import Answers, Part, Score, Scorer, Verdict, combined
from linli.assessments.rules.stages import POLL, SELF, SOURCES


@dataclass(frozen=True, slots=True)
class Told:
    """One sheet that counts: from which source, known by its task, its number and the digest of its answers."""

    source: str
    task: str
    number: int
    digest: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round promised: the edition (its digest and what it asks) and what each source weighs."""

    edition: str
    form: Form
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is said of a candidate: each sheet with what it earned, the poll's share, and what holds together."""

    scored: tuple[tuple[Told, Score], ...]
    poll: int | None
    parts: tuple[Part, ...]
    vetoes: tuple[str, ...]


class Judge:
    """The terms of a round, made ready to hear many candidates (rules 1)."""

    rules = 1

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._scorer = Scorer(terms.form)

    def heard(self, sheets: Sequence[Told], poll: int | None) -> Heard:
        """Return what each sheet earns, what each source says, and which vetoes hold."""
        order = sorted(sheets, key=lambda one: (SOURCES.index(one.source), one.task))
        scored = tuple((one, self._scorer.score(one.answers)) for one in order)
        shares: dict[str, list[int]] = defaultdict(list)
        for told, score in scored:
            shares[told.source].append(score.share)
        if poll is not None:
            shares[POLL].append(poll)
        parts = tuple(
            Part(source, weight, tuple(shares[source]))
            for source in SOURCES
            if (weight := self.terms.weights.get(source, 0))
        )
        return Heard(scored, poll, parts, vetoes_of(scored))

    def verdict(self, heard: Heard) -> Verdict:
        """Return what all sources say together."""
        return combined(heard.parts, self.terms.form.levels, heard.vetoes)

    def record(self, code: str, heard: Heard) -> dict[str, Any]:
        """Return the record of one candidate's score: what it was made of, and what came out."""
        verdict = self.verdict(heard)
        return {
            "rules": self.rules,
            "candidate": code,
            "inputs": {
                "edition": self.terms.edition,
                "weights": dict(self.terms.weights),
                "poll": heard.poll,
                "sheets": [
                    {"source": t.source, "task": t.task, "number": t.number, "digest": t.digest}
                    for t, _score in heard.scored
                ],
            },
            "result": {
                "share": verdict.share,
                "level": verdict.level,
                "left_out": list(verdict.left_out),
                "vetoes": list(heard.vetoes),
                "sheets": [
                    {
                        "task": told.task,
                        "earned": score.earned,
                        "possible": score.possible,
                        "share": score.share,
                        "vetoes": list(score.vetoes),
                        "missing": list(score.missing),
                    }
                    for told, score in heard.scored
                ],
            },
        }


def vetoes_of(scored: Sequence[tuple[Told, Score]]) -> tuple[str, ...]:
    """Return the vetoes that hold: of whoever came to look; of the unit itself only where nobody else did.

    A unit that owned a fault at its self check and mended it before others came is not punished for having said so.
    """
    outside = [score for told, score in scored if told.source != SELF]
    looked = outside or [score for _told, score in scored]
    return tuple(dict.fromkeys(item for score in looked for item in score.vetoes))


RULEBOOK: Mapping[int, Callable[[Terms], Judge]] = {1: Judge}
