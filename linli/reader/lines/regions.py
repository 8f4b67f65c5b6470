"""Where the article lies: the best run of sentences, bridging what stands between them.

One pass, so linear: sentences speak for an article, what lies between two of them speaks against
going on, an anchor (a source line above) speaks for beginning here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from linli.reader.lines.look import CLOSING, Look

# What crossing one line costs, by kind; plain lines are cheap, and a long run of them saturates.
CROSSING = {
    "blank": 0.0, "plain": 0.12, "heading": 0.0, "keyed": 0.0, "caption": 0.0, "byline": 0.1, "date": 0.1,
    "tool": 0.3, "menu": 0.2, "hint": 0.4, "meta": 0.6, "tail": 1.5, "link": 0.4, "path": 1.2, "notice": 1.2,
    "neighbour": 4.0, "spam": 2.0, "foot": 4.0, "section": 3.0,
}  # fmt: skip
DEAREST_PLAIN = 1.8
DEAREST_LINKS = 6.0
ANCHORED = 2.5
# Sentences below a barrier are teasers and notices more often than article.
BELOW_BARRIER = 0.3
# A breadcrumb and then a source line: another article begins.
NEW_ARTICLE = 4.0
BELOW_NOTICE = 0.5
# The most that each kind of line costs inside one container.
WITHIN = 0.4
LEAST_WEIGHT = 0.25


class Region(NamedTuple):
    """Line numbers [first, last] of the sentences of the article, and what they weigh together."""

    first: int
    last: int
    weight: float


def best(looks: Sequence[Look], blocks: Sequence[int] = ()) -> Region | None:
    """Return the heaviest run of sentences, or None when no line is one.

    blocks: number of the container of each line, when the format has any.
    """
    champion: Region | None = None
    first, latest, weight = 0, 0, 0.0
    gap = _Gap()
    for number, look in enumerate(looks):
        if look.kind == "plain":
            gap.plain += CROSSING["plain"]
            continue
        if look.kind == "link":
            gap.links += CROSSING["link"]
            continue
        if look.weight < LEAST_WEIGHT or look.kind != "sentence":
            gap.cross(look.kind)
            continue
        if blocks and gap.below and blocks[number] == blocks[latest]:
            gap.bridge()
        latest = number
        worth = look.weight * gap.trust + (ANCHORED if gap.anchored else 0.0)
        carried = weight - gap.cost()
        if carried > 0:
            weight = carried + worth
        else:
            first, weight = number, worth
        gap = _Gap(gap.trust, below=True)
        if champion is None or weight > champion.weight:
            champion = Region(first, number, weight)
    return champion


class _Gap:
    """What has been crossed since the last sentence."""

    __slots__ = ("anchored", "below", "led", "links", "other", "plain", "trust")

    def __init__(self, trust: float = 1.0, *, below: bool = False) -> None:
        self.below = below
        self.plain = self.links = self.other = 0.0
        self.trust = trust
        self.anchored = self.led = False

    def cross(self, kind: str) -> None:
        """Pass a line that is neither plain nor a link; `best` counts those."""
        self.other += CROSSING[kind]
        if kind == "path":
            self.led = True
        if kind == "meta":
            if self.led:
                self.other += NEW_ARTICLE
                self.led = False
            self.anchored, self.trust = True, 1.0
        elif kind in CLOSING or (kind == "tail" and self.below):
            self.anchored, self.trust = False, BELOW_BARRIER
        elif kind == "notice":
            self.trust = min(self.trust, BELOW_NOTICE)

    def bridge(self) -> None:
        """What stands between two sentences of one container hardly parts them."""
        self.trust = 1.0
        self.plain, self.links = min(self.plain, WITHIN), min(self.links, WITHIN)
        self.other = min(self.other, WITHIN)

    def cost(self) -> float:
        return min(self.plain, DEAREST_PLAIN) + min(self.links, DEAREST_LINKS) + self.other
