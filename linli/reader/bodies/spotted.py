"""A body as it was spotted in a line, before it has its full name."""

from typing import NamedTuple


class Spotted(NamedTuple):
    """Characters [start, end) with the kind, the last word as printed and its long form.

    bare: an office without its area, which is then the report's own.
    """

    start: int
    end: int
    kind: str
    short: str
    full: str
    bare: bool = False
