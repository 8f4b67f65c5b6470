"""Which lots and premises are sampled, the way of a sample, and how long its sealed counter-sample is kept. Pure.

Sites come by lot as in every draw of ours (kernel/drawing.py); each part of the list gives in proportion to its
size, none gives nothing while there is enough to give.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from linli.kernel.drawing import in_order

PLANNED, TAKEN, ON_THE_WAY, RECEIVED, REFUSED, IN_TEST, TESTED, DISPOSED, LEFT_OUT = (
    "planned", "taken", "on_the_way", "received", "refused", "in_test", "tested", "disposed", "left_out",
)  # fmt: skip
STATES: Final = (
    *(PLANNED, TAKEN, ON_THE_WAY, RECEIVED, REFUSED, IN_TEST, TESTED, DISPOSED, LEFT_OUT),
)
_STEPS: Final = frozenset({
    (PLANNED, TAKEN), (PLANNED, LEFT_OUT), (TAKEN, ON_THE_WAY), (TAKEN, RECEIVED), (ON_THE_WAY, RECEIVED),
    (ON_THE_WAY, REFUSED), (TAKEN, REFUSED), (RECEIVED, IN_TEST), (RECEIVED, REFUSED), (IN_TEST, TESTED),
    (TESTED, IN_TEST), (TESTED, DISPOSED), (REFUSED, DISPOSED),
})  # fmt: skip
# The sealed part of a sample, which the operator may have tested elsewhere.
SEALED, SENT, OPENED, DESTROYED = "sealed", "sent", "opened", "destroyed"
_COUNTER_STEPS: Final = frozenset(
    {(SEALED, SENT), (SENT, OPENED), (SEALED, DESTROYED), (OPENED, DESTROYED)}
)


def may_step(state: str, to: str) -> bool:
    """Say whether a sample may go from one state to another: a tested one may be tested again."""
    return (state, to) in _STEPS


def edges() -> frozenset[tuple[str, str]]:
    """Return every step that a sample may take: the database holds the same list."""
    return _STEPS


def counter_edges() -> frozenset[tuple[str, str]]:
    """Return every step that a counter-sample may take: the database holds the same list."""
    return _COUNTER_STEPS


def allotted(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Return how many samples each part of the list gives, `total` in all or every one where there are fewer.

    In proportion to size by the largest remainders; each part that has something gives one where the total is enough.
    Equal remainders go by name.
    """
    there = {name: size for name, size in sorted(sizes.items()) if size > 0}
    total = max(0, min(total, sum(there.values())))
    first = dict.fromkeys(there, 1) if total >= len(there) else dict.fromkeys(there, 0)
    left = {name: size - first[name] for name, size in there.items()}
    rest, room = total - sum(first.values()), sum(left.values())
    if not rest:
        return first
    given = {name: rest * size // room for name, size in left.items()}
    over = sorted(left, key=lambda name: (-(rest * left[name] % room), name))
    for name in over[: rest - sum(given.values())]:
        given[name] += 1
    return {name: first[name] + given[name] for name in there}


def drawn(seed: str, parts: Mapping[str, Sequence[str]], total: int) -> list[str]:
    """Return the codes that are sampled, in the order of their lots. Raises ValueError for a code in two parts."""
    codes = [code for part in parts.values() for code in part]
    if len(set(codes)) < len(codes):
        message = "a code stands in the list twice"
        raise ValueError(message)
    takes = allotted({name: len(part) for name, part in parts.items()}, total)
    key = f"{seed}:samples"
    taken = [code for name, take in takes.items() for code in in_order(key, parts[name])[:take]]
    return in_order(key, taken)


def may_counter_step(state: str, to: str, *, disputed: bool, keep_until: date, today: date) -> bool:
    """Say whether the sealed counter-sample may take a step.

    It is opened only in another laboratory, after it was sent there; while a result is disputed, or before its time
    is over, it is not destroyed.
    """
    if (state, to) not in _COUNTER_STEPS:
        return False
    return to != DESTROYED or (not disputed and today >= keep_until)
