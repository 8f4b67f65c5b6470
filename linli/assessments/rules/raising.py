"""How much more a candidate would have, were some answers better: its sheets, made ready to be raised again and again.

Sheets are rounded as the rules round them; `moved` alone is not rounded, and lies within one hundredth of a percent.
"""

from fractions import Fraction
from typing import Any

from linli.assessments.rules.instruments import WHOLE, Item
from linli.assessments.rules.scoring import Part, Verdict, combined, points
from linli.assessments.rules.verdicts import Heard, Judge
from linli.kernel.weighing import divided

Gains = tuple[int, ...]  # by sheet, in ten-thousandths of a point


class Ground:
    """What is said of one candidate, made ready to be raised again and again."""

    def __init__(self, judge: Judge, heard: Heard) -> None:
        self._levels, self._heard = judge.terms.form.levels, heard
        self.vetoes = frozenset(heard.vetoes)
        self._sheets = [(told.source, score.earned, score.possible) for told, score in heard.scored]
        self._items = [
            {one.item: (one.earned, one.possible) for one in score.items}
            for _told, score in heard.scored
        ]
        spoke = [part for part in heard.parts if part.shares]
        weight = sum(part.weight for part in spoke)
        each = {part.source: Fraction(part.weight, weight * len(part.shares)) for part in spoke}
        # How much one point in a sheet moves the whole, were nothing rounded.
        self._moves = [
            each.get(source, Fraction(0)) * WHOLE / possible if possible else Fraction(0)
            for source, _earned, possible in self._sheets
        ]
        assessed = {source for source, _earned, _possible in self._sheets}
        self._else = sum(
            (each[part.source] * sum(part.shares) for part in spoke if part.source not in assessed),
            Fraction(0),
        )

    def gains(self, item: Item, value: Any) -> Gains:  # noqa: ANN401 - of the item's kind
        """Return what each sheet would earn more, did it say so."""
        worth = points(item, value)
        told = (of[item.key] for of in self._items)
        return tuple(max(0, worth - earned) if possible else 0 for earned, possible in told)

    def moved(self, gains: Gains) -> Fraction:
        """Return by how much gains would move the share, were nothing rounded."""
        return sum((a * move for a, move in zip(gains, self._moves, strict=True)), Fraction(0))

    def verdict(self, gains: Gains, mended: frozenset[str]) -> Verdict:
        """Return the verdict with these gains, and these vetoes mended."""
        shares: dict[str, list[int]] = {}
        for (source, earned, possible), more in zip(self._sheets, gains, strict=True):
            share = divided((earned + more) * WHOLE, possible) if possible else 0
            shares.setdefault(source, []).append(share)
        parts = (
            Part(part.source, part.weight, tuple(shares.get(part.source, part.shares)))
            for part in self._heard.parts
        )
        return combined(parts, self._levels, sorted(self.vetoes - mended))

    def share(self) -> Fraction:
        """Return the share as it is, were nothing rounded."""
        return self.moved(tuple(earned for _source, earned, _possible in self._sheets)) + self._else

    def none(self) -> Gains:
        """Return no gains."""
        return (0,) * len(self._sheets)
