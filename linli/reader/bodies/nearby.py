"""The places around a body, asked for by offset."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from linli.reader.reading import Place


class Places:
    """The places of a document in order; each question costs one binary search."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._starts = [place.start for place in places]
        self._ends = [place.end for place in places]

    def holds(self, at: int) -> bool:
        """Whether character `at` lies in a place."""
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and at < self._ends[number]

    def last_between(self, start: int, end: int) -> Place | None:
        """Return the last place that begins in [start, end)."""
        number = bisect_left(self._starts, end) - 1
        return self._places[number] if number >= 0 and self._starts[number] >= start else None

    def chain(self, start: int) -> int:
        """Go left from `start` over the places that end there or hold it (金牛区 in 金牛区委)."""
        number = bisect_left(self._starts, start) - 1
        while number >= 0 and start <= self._ends[number]:
            begins = self._starts[number]
            if self._ends[number] - begins == 1:  # an abbreviated one (甘) joins nothing
                break
            start = begins
            number -= 1
        return start
