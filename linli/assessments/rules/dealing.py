"""Work is dealt out like cards, by a seed alone, so that anybody deals it again. Pure.

Those who work are a deck, shuffled by the seed. Whatever is to be looked at takes the first card that may come:
not itself, nobody barred, nobody at whom it looks, nobody who has enough already. Where there is none, it takes one
that is least in the way, and whatever loses by that waits again at the end. Cards that were taken go under the deck.
Everybody gets as much work as everybody else, or one piece more; where no way is found to that, the most that
anybody gets is as little as is found. It is fair because nothing but the seed, which nobody chose, decides.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from itertools import count

from linli.kernel.drawing import in_order, lot

TRIES, PATIENCE = 4, 20  # how often, and for how many steps a piece, a way is looked for
GROWN = (1, 2, 5)  # by how much more than their share some may get before all is let go


def dealt(
    seed: str, wants: Mapping[str, int], pool: Sequence[str], barred: Mapping[str, set[str]]
) -> dict[str, set[str]] | None:
    """Return who looks at each of `wants`, which says by how many; None when no way is found."""
    if any(want > able(whom, pool, barred) for whom, want in wants.items()):
        return None
    share, more = divmod(sum(wants.values()), max(1, len(pool)))
    for most, above in [(share, more), *((share + grown, 0) for grown in (*GROWN, len(wants)))]:
        for attempt in range(TRIES):
            table = _Table(f"{seed}:{most}:{above}:{attempt}", pool, barred)
            if (found := table.deal(wants, most, above)) is not None:
                return found
    return None


def able(whom: str, pool: Sequence[str], barred: Mapping[str, set[str]]) -> int:
    """Return how many of the pool may look at one at all."""
    return len(set(pool) - barred.get(whom, set()) - {whom})


class _Table:
    """The deck on the table, and who looks at what so far."""

    def __init__(self, seed: str, pool: Sequence[str], barred: Mapping[str, set[str]]) -> None:
        self.seed, self.rolled, self.barred = seed, count(), barred
        self.deck = in_order(seed, pool)
        self.has: dict[str, set[str]] = {who: set() for who in pool}  # at what each looks
        self.by: dict[str, set[str]] = {}  # who looks at each
        self.waiting: deque[str] = deque()
        self.most, self.above, self.full = 0, 0, 0  # `full`: so many have more than the most

    def deal(self, wants: Mapping[str, int], most: int, above: int) -> dict[str, set[str]] | None:
        """Deal so that nobody has more than `most`, but `above` of them one more; None when no way is found."""
        self.most, self.above = most, above
        self.by = {whom: set() for whom in wants}
        rounds = range(max(wants.values(), default=0))
        self.waiting.extend(whom for number in rounds for whom in wants if wants[whom] > number)
        for _step in range(PATIENCE * (len(self.waiting) + 10)):
            if not self.waiting:
                return self.by
            self._serve(self.waiting.popleft())
        return self.by if not self.waiting else None

    def _serve(self, whom: str) -> None:
        who = self._card_for(whom)
        if self._mutual(who, whom):
            self._free(whom, who)
        if self._enough(who):
            self._free(who, self._one_of(sorted(self.has[who])))
        self.has[who].add(whom)
        self.by[whom].add(who)
        self.full += len(self.has[who]) > self.most
        self.deck.remove(who)
        self.deck.append(who)

    def _card_for(self, whom: str) -> str:
        """Return the first card with nothing in its way, else one of those with the least."""
        barred, least = self.barred.get(whom, set()), 3
        best: list[str] = []
        for who in self.deck:
            if who == whom or who in self.by[whom] or who in barred:
                continue
            in_the_way = self._mutual(who, whom) + self._enough(who)
            if not in_the_way:
                return who
            if in_the_way < least:
                best, least = [], in_the_way
            if in_the_way == least:
                best.append(who)
        return self._one_of(best)

    def _mutual(self, who: str, whom: str) -> bool:
        return who in self.has.get(whom, ())

    def _enough(self, who: str) -> bool:
        has = len(self.has[who])
        return has > self.most or (has == self.most and self.full >= self.above)

    def _free(self, who: str, whom: str) -> None:
        self.full -= len(self.has[who]) > self.most
        self.has[who].remove(whom)
        self.by[whom].remove(who)
        self.waiting.append(whom)

    def _one_of(self, names: Sequence[str]) -> str:
        rolled = lot(self.seed, str(next(self.rolled)))
        return names[int.from_bytes(rolled, "big") % len(names)]
