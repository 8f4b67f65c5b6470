"""The table that `make bench` prints, and the stopwatch behind it."""

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement. ours, peer: already with their unit; ratio: ours to the peer or the limit."""

    what: str
    ours: str
    peer: str
    ratio: str
    goal: str


def core_seconds(work: Callable[[], object], *, runs: int = 7) -> float:
    """Return the median time that `work` keeps one core busy, over `runs` runs after a warm-up.

    Core time, so that whatever else runs on the machine does not count.
    """
    work()
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


def show(rows: list[Row]) -> None:
    """Print rows under their names, columns aligned."""
    table = [Row("what", "ours", "peer or limit", "ratio", "goal"), *rows]
    widths = [max(len(row[column]) for row in table) for column in range(5)]
    for row in table:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
