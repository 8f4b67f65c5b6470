"""How much of a sweep an ordinary run asks: the part that the commit chooses; LINLI_SWEEP=all asks everything.

A sweep asks one rule of very many: every address as everybody, every page in every look, every attack many times.
Asked whole they take most of an hour. The commit's digest chooses, so commits ask different parts, and the same commit
always asks the same: a failure can be had again. What PRIVACY forbids is no sweep: it is asked whole in every run.
"""

import os
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
T = TypeVar("T")


def whole() -> bool:
    """Say whether everything is asked: by hand or by night, and by pytest itself when it is given a file or a folder."""
    return os.environ.get("LINLI_SWEEP") == "all"


@cache
def chosen() -> int:
    """Return which part is asked: LINLI_SWEEP's number, else the commit's, else 0 where there is no history."""
    if (said := os.environ.get("LINLI_SWEEP", "")).isdigit():
        return int(said)
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(asked.stdout.strip() or "0", 16)


def part(everything: Iterable[T], of: int) -> list[T]:
    """Return every so-manieth, in order, and at least one of what is not empty; all of it in a whole sweep."""
    all_of_it = list(everything)
    if whole() or not all_of_it:
        return all_of_it
    return all_of_it[chosen() % min(of, len(all_of_it)) :: of]


def rounds(many: int, few: int) -> range:
    """Return the numbers of so many rounds, or of a few that follow each other: with the seeds they stand for."""
    if whole():
        return range(many)
    first = chosen() % (many - few + 1)
    return range(first, first + few)
