"""The words of codes that forms offer, handed in by who shows the form (schemas/telling.py holds them)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.kernel.text import Words


@dataclass(frozen=True, slots=True)
class Wordings:
    """Words by code; weekdays begin with Monday."""

    situations: Mapping[str, Words]
    amounts: Mapping[str, Words]
    ways_in: Mapping[str, Words]
    languages: Mapping[str, Words]
    modes: Mapping[str, Words]
    fresh: Mapping[str, Words]
    weekdays: Sequence[Words]

    @property
    def week(self) -> list[tuple[str, Words]]:
        """The weekdays as choices."""
        return [(str(day), words) for day, words in enumerate(self.weekdays)]


def choose(field: object, choices: Sequence[tuple[object, object]]) -> None:
    """Offer these choices in a field that has choices."""
    field.choices = list(choices)  # type: ignore[attr-defined]
