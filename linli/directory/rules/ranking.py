"""In which order found things are shown: what is called so first, then what says so most, then the freshest."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio

from linli.directory.rules.entries import BETWEEN_NAMES
from linli.directory.rules.grams import Run, spoken

# BM25's usual constants; a text of TYPICAL characters is neither long nor short.
K, B, TYPICAL = 1.2, 0.75, 300
LIKE = 72  # of 100: two names with one letter in eight amiss are still alike


class Tier(IntEnum):
    """How well a thing answers, best first."""

    NAMED = 0
    NAME_BEGINS = 1
    NAME_HOLDS = 2
    NAME_HOLDS_ALL = 3
    TEXT_HOLDS = 4
    SCATTERED = 5


class Candidate(NamedTuple):
    """One entry that the index gave. times: how often the text says the question as it was put."""

    id: int
    names: str
    sounds: str
    times: int
    length: int
    assured_on: date | None


def ranked(question: Sequence[Run], candidates: Iterable[Candidate]) -> list[int]:
    """Return the candidates' ids, best first; by their sound when nothing was asked.

    What only seems to sound alike is left out.
    """
    if not question:
        return [one.id for one in sorted(candidates, key=lambda one: (one.sounds, one.id))]
    phrase = " ".join(run.text for run in question)
    placed = []
    for one in candidates:
        tier, share = _placed(question, phrase, one)
        if tier == Tier.SCATTERED and not any(run.han for run in question) and not one.times:
            said = f" {one.names} "
            if not all(f" {run.text} " in said or run.text in one.sounds for run in question):
                continue
        fresh = one.assured_on.toordinal() if one.assured_on else 0
        placed.append((tier, -round(share, 2), -round(_weight(one), 1), -fresh, one.id))
    return [row[-1] for row in sorted(placed)]


def nearest(question: Sequence[Run], candidates: Iterable[Candidate]) -> list[int]:
    """Return the ids of those whose names are like the question but for a slip, most alike first."""
    phrase = "".join(run.text for run in question)
    typed = phrase if not any(run.han for run in question) else None
    alike = []
    for one in candidates:
        names = [name.replace(" ", "") for name in one.names.split(BETWEEN_NAMES)]
        if typed:
            names += one.sounds.split()[::2]
        best = max((_likeness(phrase, name) for name in names), default=0.0)
        if not typed or best >= LIKE:
            alike.append((-round(best), one.id))
    return [row[-1] for row in sorted(alike)]


def by_overlap(
    found: Sequence[Sequence[int]], limit: int, *, at_least: int = 1
) -> list[tuple[int, float]]:
    """Return (id, weight) of what holds some grams of a question, heaviest first.

    found: for each gram the ids that hold it, at most `limit`; the rarer a gram, the more it tells, and one
    that reached the limit tells nearly nothing.
    """
    weights: dict[int, float] = {}
    times: dict[int, int] = {}
    for ids in found:
        if not ids:
            continue
        weight = 0.05 if len(ids) >= limit else 1 / (1 + len(ids)) ** 0.5 + 0.1
        for one in ids:
            weights[one] = weights.get(one, 0.0) + weight
            times[one] = times.get(one, 0) + 1
    kept = ((one, weight) for one, weight in weights.items() if times[one] >= at_least)
    return sorted(kept, key=lambda row: (-row[1], row[0]))


def heard(question: Sequence[Run], text: str) -> tuple[str, ...]:
    """Return the parts of a question that a text holds, longest first: why it was found."""
    parts: list[str] = []
    for run in question:
        parts += _shared(run.text, text) if run.han else [run.text] * (run.text in text)
    return tuple(sorted(dict.fromkeys(parts), key=lambda part: (-len(part), part)))


def _placed(question: Sequence[Run], phrase: str, one: Candidate) -> tuple[Tier, float]:
    names = one.names.split(BETWEEN_NAMES)
    best = min((_named(phrase, name) for name in names), default=(Tier.SCATTERED, 0.0))
    said = spoken(question) or (phrase if len(question) == 1 and not question[0].han else "")
    if said:
        best = min(best, *(_named(said, sound) for sound in one.sounds.split()))
    tier, share = best[0], -best[1]
    if tier == Tier.SCATTERED and all(run.text in one.names for run in question):
        return Tier.NAME_HOLDS_ALL, len(phrase) / len(one.names)
    if tier == Tier.SCATTERED and one.times:
        return Tier.TEXT_HOLDS, 0.0
    return tier, share


def _named(phrase: str, name: str) -> tuple[Tier, float]:
    """Return how a name holds the phrase, and minus its share of the name, so that less is better."""
    at = name.find(phrase)
    if not phrase or at < 0:
        return Tier.SCATTERED, 0.0
    share = -len(phrase) / len(name)
    if len(phrase) == len(name):
        return Tier.NAMED, share
    return (Tier.NAME_HOLDS if at else Tier.NAME_BEGINS), share


def _weight(one: Candidate) -> float:
    """Return BM25's weight of the phrase in the text; its rarity is the same for all who hold it."""
    return one.times * (K + 1) / (one.times + K * (1 - B + B * one.length / TYPICAL))


def _likeness(phrase: str, name: str) -> float:
    if len(name) <= len(phrase):
        return ratio(phrase, name)
    return partial_ratio(phrase, name)


def _shared(run: str, text: str) -> list[str]:
    """Return the longest stretches of two characters and more that both hold, none inside another."""
    found, at = [], 0
    while at < len(run) - 1:
        end = at + 2
        if run[at:end] not in text:
            at += 1
            continue
        while end < len(run) and run[at : end + 1] in text:
            end += 1
        found.append(run[at:end])
        at = end
    return found
