"""Noise that is always the same for the same people: cell keys. Pure.

Each record has a key, drawn by a keyed function from the person's pseudonym under a secret of the family; a cell's key is the sum of the
keys of those in it. Asking for a cell twice, or by another table, gives the same noise; nobody without the secret can foresee it, and one
record more changes it altogether. How the noise is spread depends on where a count lies between two round
numbers, so that what is published is right on average: the spread is the widest there is (of the most entropy) with that mean and variance.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate
from math import exp

from linli.atlas.rules.gate.bounds import Window
from linli.atlas.rules.gate.cells import CellName, ProductRules

KEYS = 4096  # cell keys run from 0 to 4095
_SECRET = 32
_ROUNDS, _EXACT = 100, 1e-12
_Aim = tuple[Callable[[int], float], float]  # a function of the noise, and the mean it is to have


def record_key(secret: bytes, record: bytes) -> int:
    """Return the key of one record. secret: at least 32 bytes, of one family, never stored beside what is published."""
    if len(secret) < _SECRET:
        raise ValueError("a secret of 32 bytes or more")
    drawn = hmac.digest(secret, record, hashlib.sha256)
    return int.from_bytes(drawn[:8], "big") % KEYS


def cell_key(record_keys: Iterable[int]) -> int:
    """Return the key of the cell that these records are in."""
    return sum(record_keys) % KEYS


def of_cell(key: int, name: CellName) -> int:
    """Return the key that a cell draws its noise by: its people's key, turned by its name.

    A town and its one village that hold the same people get different noise. Else two equal values would say that nobody lives in the
    rest of the town, and two unequal ones that somebody does. The turning loses no key, so that noise stays right on average.
    """
    family, area, period, category = name
    told = f"{family}\n{area}\n{period.start}\n{period.until}\n{category}".encode()
    drawn = hashlib.sha256(told).digest()
    odd = int.from_bytes(drawn[:4], "big") | 1
    return (key * odd + int.from_bytes(drawn[4:8], "big")) % KEYS


def published(count: int, key: int, rules: ProductRules) -> int:
    """Return what is said of a true count: with its cell's noise, then rounded."""
    noise = 0
    if rules.noise and not rules.magnitude:
        ends = _spread(count % rules.rounding, rules.rounding, rules.noise, rules.variance)
        noise = next(
            e for e, end in zip(_range(rules.noise), ends, strict=True) if key % KEYS < end
        )
    return _rounded(count + noise, rules.rounding)


def window(value: int, rules: ProductRules) -> Window:
    """Return what a published value tells of the true one, to somebody who knows these rules."""
    noise = 0 if rules.magnitude else rules.noise
    low, high = value - rules.rounding // 2 - noise, value + (rules.rounding - 1) // 2 + noise
    return Window(max(low, 0 if rules.magnitude else rules.threshold), high)


def chances(residue: int, rules: ProductRules) -> dict[int, float]:
    """Return how likely each noise is for counts so far above a round number: the table of noise, for whoever checks it."""
    ends = _spread(residue, rules.rounding, rules.noise, rules.variance)
    starts = (0, *ends[:-1])
    pairs = zip(_range(rules.noise), starts, ends, strict=True)
    return {noise: (end - start) / KEYS for noise, start, end in pairs}


def _rounded(value: int, base: int) -> int:
    return (value + base // 2) // base * base


def _range(most: int) -> range:
    return range(-most, most + 1)


@lru_cache(maxsize=256)
def _spread(residue: int, base: int, most: int, variance: float) -> tuple[int, ...]:
    """Up to which cell key each noise reaches, from the lowest noise on."""
    aims: list[_Aim] = [(float, 0.0), (lambda e: float(e * e), variance)]
    if {_rounded(residue + e, base) for e in _range(most)} == {
        0,
        base,
    }:  # up or down, right on average
        aims.append((lambda e: float(_rounded(residue + e, base) > 0), residue / base))
    found = _widest(most, aims) or _widest(most, aims[:2])
    if found is None:
        raise ValueError("no noise has this variance within its bound")
    parts = [round(chance * KEYS) for chance in found]
    parts[most] += KEYS - sum(parts)
    lean = sum(e * part for e, part in zip(_range(most), parts, strict=True))
    step = 1 if lean > 0 else -1
    parts[most + step] -= abs(lean)
    parts[most] += abs(lean)
    return tuple(accumulate(parts))


def _widest(most: int, aims: list[_Aim]) -> list[float] | None:
    """The spread of the most entropy whose means are as aimed at, by Newton's way; None where there is none."""
    weights = [0.0] * len(aims)
    said = [[function(e) for function, _mean in aims] for e in _range(most)]
    for _round in range(_ROUNDS):
        raw = [
            exp(min(50.0, sum(w * f for w, f in zip(weights, one, strict=True)))) for one in said
        ]
        chance = [one / sum(raw) for one in raw]
        means = [
            sum(p * one[i] for p, one in zip(chance, said, strict=True)) for i in range(len(aims))
        ]
        off = [mean - got for (_function, mean), got in zip(aims, means, strict=True)]
        if max(map(abs, off)) < _EXACT:
            return chance
        spread = [
            [
                sum(p * one[i] * one[j] for p, one in zip(chance, said, strict=True)) - a * b
                for j, b in enumerate(means)
            ]
            for i, a in enumerate(means)
        ]
        step = _solved(spread, off)
        if step is None:
            return None
        short = min(1.0, 1.0 / max(map(abs, step)))
        weights = [w + short * s for w, s in zip(weights, step, strict=True)]
    return None


def _solved(matrix: list[list[float]], right: list[float]) -> list[float] | None:
    """Solve a few equations, None where they say the same twice."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda n: abs(rows[n][i]))
        rows[i], rows[best] = rows[best], rows[i]
        if abs(rows[i][i]) < _EXACT:
            return None
        for n, row in enumerate(rows):
            if n != i:
                share = row[i] / rows[i][i]
                rows[n] = [a - share * b for a, b in zip(row, rows[i], strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]
