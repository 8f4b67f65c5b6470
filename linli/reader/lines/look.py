"""What one line looks like by itself."""

from typing import NamedTuple


class Look(NamedTuple):
    """The kind of a line and how much it speaks for an article (0 for what says nothing).

    kind: blank | tool, neighbour, section, path, foot, notice, spam, link (furniture) |
    meta, tail (source and editor lines) | date, byline, heading, keyed, caption, menu, hint, plain | sentence.
    """

    kind: str
    weight: float = 0.0


BLANK = Look("blank")
PLAIN = Look("plain")
LINK = Look("link")
MENU = Look("menu")
# A line of an article that has one clause a line.
CLAUSE = Look("sentence", 0.5)
FURNITURE = frozenset({"tool", "neighbour", "section", "path", "foot", "notice", "spam", "link"})
# Furniture outside the article only: inside it they are rows of a table, or part of a guide.
OUTER = frozenset({"menu", "hint"})
BARRIERS = frozenset({"neighbour", "section", "foot", "notice", "spam", "path"})
# Below these the article is over.
CLOSING = frozenset({"neighbour", "section", "foot", "spam"})
