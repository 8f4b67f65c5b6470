"""Some of many at a time, and the next of them made while one waits."""

import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")

# A thread that computes lets another have the interpreter after so many seconds. Whoever waits for a database asks for it
# after each answer: Python's own five milliseconds would be most of the time of a short statement.
_TURN: Final = 0.000_5


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield all items in order, `size` of them at a time."""
    left = iter(items)
    while some := list(islice(left, size)):
        yield some


def ahead(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield all items in order, `size` at a time; the next are made in a thread while the caller does something else.

    What is raised in making them is raised here. For callers that wait, as for a database: two that compute gain nothing.
    """
    some = batched(items, size)
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        with ThreadPoolExecutor(1) as beside:
            coming = beside.submit(next, some, None)
            while (made := coming.result()) is not None:
                coming = beside.submit(next, some, None)
                yield made
    finally:
        sys.setswitchinterval(before)
