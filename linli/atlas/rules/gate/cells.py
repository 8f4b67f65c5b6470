"""What goes into the gate and what comes out: names, counts, rules, memory, decision. Pure.

Counts never stand in a `repr`: a traceback or a log that prints one of these says names and nothing about people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from linli.facts.rules.periods import Period

Outcome = Literal["published", "primary", "secondary"]
Why = Literal["", "few", "few_givers", "dominance", "protects"]
Length = Literal["month", "quarter", "half", "year"]


class CellName(NamedTuple):
    """What one cell counts. Equal names are the same people, whichever engine or product counts them.

    family: what is counted, such as "offers.attended": one word for all products that count it. category: "" for all.
    """

    family: str
    area: str
    period: Period
    category: str = ""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as the frozen records hold it, totals too.

    count: people, or for magnitudes the sum of what they give. key: the sum of the record keys (`noise.record_key`) of
    those counted. largest: for magnitudes the largest contributions, biggest first (two at least where there are two).
    givers: for magnitudes how many contribute.
    """

    name: CellName
    count: int = field(repr=False)
    key: int = field(default=0, repr=False)
    largest: tuple[int, ...] = field(default=(), repr=False)
    givers: int = field(default=0, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table that asks to be released: all its cells, and how their areas lie in each other.

    cut_off: the records' day; periods end on it or before. inside: the area (code) each area lies in, for all areas of the
    family, also those of earlier releases. whole_areas: areas whose parts in `inside` cover them without a rest.
    whole_categories: the categories add up to all ("") without a rest. A category may name what it divides by before a colon:
    "age:60+" and "course:sewing" divide the same people twice. adds_over_time: the months add up to the year; no for
    persons counted once a period.
    """

    cells: tuple[RawCell, ...]
    cut_off: date
    inside: Mapping[str, str] = field(default_factory=dict)
    whole_areas: frozenset[str] = frozenset()
    whole_categories: bool = False
    adds_over_time: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRules:
    """What a product declares before anything is counted. The defaults are the ones to keep.

    threshold: fewer are kept back, none too. rounding: base, 1 for none. noise: how far a published count may be from the true one
    before rounding, 0 for none. variance: of that noise. magnitude: sums of money and the like: dominance rules instead of noise.
    budget: how many published cells may contain the same people. lengths: of the periods declared.
    """

    threshold: int = 10
    rounding: int = 5
    noise: int = 3
    variance: float = 2.0
    magnitude: bool = False
    p_percent: int = 10
    nk_largest: int = 2
    nk_percent: int = 90
    budget: int = 6
    lengths: frozenset[Length] = frozenset({"month", "quarter", "half", "year"})

    def __post_init__(self) -> None:
        """Refuse rules that keep nothing back, and noise that cannot be."""
        if self.threshold < 1 or self.rounding < 1 or self.noise < 0:
            raise ValueError("a threshold and a base of one or more, and no noise below nought")
        if self.noise and not 0 < self.variance < self.noise**2:
            raise ValueError("a variance above nought and below the square of the bound")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierCell:
    """One cell of an earlier release of the same family, published or kept back (value None).

    low, high: as the decision said them. count: the true count of then, where the frozen records still give it; without it a published
    value stands for ever.
    """

    name: CellName
    release: str
    value: int | None
    low: int = 0
    high: int | None = None
    count: int | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything of the family that was ever released, by whichever product and engine, oldest first."""

    cells: tuple[EarlierCell, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedCell:
    """What is said of one cell.

    value: None where kept back. low, high: for a published cell what the value alone tells (a true count between them); for
    one kept back what a reader can conclude from everything published so far, high None where there is no limit. Readers are not
    told primary from secondary. stands: the release whose value is repeated because too little has changed since; "" for none.
    """

    name: CellName
    outcome: Outcome
    value: int | None
    low: int
    high: int | None
    why: Why = ""
    stands: str = ""


class Named(NamedTuple):
    """One cell for which the gate says no, and why: a stable code."""

    name: CellName
    code: Literal[
        "too_narrow", "over_budget", "unfinished_period", "undeclared_period", "stated_twice", "below_nought",
        "other_family", "not_additive", "too_large",
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the gate says of a whole table: every cell, or no, with the cells that are the reason."""

    cells: tuple[DecidedCell, ...] = ()
    refused: tuple[Named, ...] = ()

    @property
    def passes(self) -> bool:
        """Say whether the table may be released as decided."""
        return not self.refused
