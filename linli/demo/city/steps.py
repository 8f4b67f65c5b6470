"""Step by step: each is written whole or not at all, so that what was stopped goes on where it was."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from django.db import transaction
from tqdm import tqdm

from linli.demo.city import asked, held, spent, traced, visited
from linli.demo.city.rhythm import Chance
from linli.demo.units import TOWNS, Town
from linli.offers.models import Offer

SEED: Final = 2026
MOST: Final = 1000  # the largest size
T = TypeVar("T")
Deed = Callable[[int, Town, Chance], None]
_DEEDS: Final[tuple[tuple[str, Deed], ...]] = (
    ("asked", asked.ask_all),
    ("held", held.hold_all),
    ("spent", spent.spend_all),
    ("traced", traced.trade_all),
    ("visited", visited.visit_all),
)


def go_on(*, size: int, seed: int, today: date, shown: bool = False) -> int:
    """Make the steps up to `size` that are missing; return how many were made."""
    missing = list(_missing(size))
    for number in told(missing, "step", shown=shown):
        _make(number, seed, today)
    return len(missing)


def told(things: Iterable[T], what: str, *, shown: bool) -> Iterable[T]:
    """Return these one by one, and say meanwhile how far it is; a file is told less often than somebody who looks on."""
    often = 0.1 if sys.stderr.isatty() else 10
    telling: Iterable[T] = tqdm(
        things, unit=what, file=sys.stderr, disable=not shown, mininterval=often
    )
    return telling


def made() -> int:
    """Return the size of the demo that is there."""
    return max(_known(), default=1)


def _known() -> set[int]:
    """Return the steps that are there: each bears its number in the titles of its courses."""
    titles = Offer.objects.filter(title__endswith=held.MARK).values_list("title", flat=True)
    return {held.number_of(title) for title in titles}


def _missing(size: int) -> Iterator[int]:
    known = _known()
    return (number for number in range(2, size + 1) if number not in known)


@transaction.atomic
def _make(number: int, seed: int, today: date) -> None:
    for town in TOWNS:
        for name, deed in _DEEDS:
            deed(number, town, Chance.of(seed, today, number, town.code, name))
