"""The lines of a page as the rules of its parts ask for them."""

from collections.abc import Sequence
from typing import NamedTuple

from linli.reader.lines.look import FURNITURE, Look

# How far above the first sentence a head may reach, and how far below the last a sign-off.
FARTHEST = 60
LONGEST_TITLE = 120


class Page(NamedTuple):
    """The lines of a page as the edge rules ask for them; all of one length.

    rows: stripped and folded; looks: their kinds; titles: numbers of the lines that repeat what
    the page says its title is; furnished: some line is furniture; closing: numbers
    of the lines below which an article is over; blocks, names: containers and what they are called,
    when the format has any.
    """

    rows: Sequence[str]
    looks: Sequence[Look]
    titles: frozenset[int]
    furnished: bool
    closing: Sequence[int] = ()
    blocks: Sequence[int] = ()
    names: Sequence[str] = ()


def furnished(page: Page, numbers: Sequence[int]) -> bool:
    """Whether one of these lines is furniture."""
    return any(page.looks[number].kind in FURNITURE for number in numbers)
