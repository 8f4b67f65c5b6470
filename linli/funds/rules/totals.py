"""The totals that everybody is told: each is what crossed a border between kinds of accounts, less what came back. Pure.

What stands on the accounts gives nearly all of them; only what a partner gave directly, and what was given back
before it was allocated, must be asked of the transfers themselves. Those are few.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from linli.funds.rules.flows import (
    ALLOCATED,
    APPROPRIATED,
    BUDGET,
    COMMITTED,
    GIFT,
    GIVEN_BACK,
    GONE,
    INSIDE,
    KINDS,
    MATCHED,
    OUTSIDE,
    PAID,
    RECEIVED,
    SOCIAL,
)

Edge = tuple[str, str]
# Fen by the kinds of account between which they moved, one way and the other.
Moves = Mapping[Edge, int]
# Fen by kind of account.
Balances = Mapping[str, int]


class Total(NamedTuple):
    """One total: what moved out of accounts of the one kinds into the others, less what moved back."""

    out_of: tuple[str, ...]
    into: tuple[str, ...]


class Ribbon(NamedTuple):
    """So many fen on their way from one part of the picture to another, one row further down."""

    out_of: str
    into: str
    amount: int


def _reached(*kinds: str) -> Total:
    """Return the total of what has come to stand on accounts of these kinds."""
    return Total(tuple(one for one in KINDS if one not in kinds), kinds)


TOTALS: Final[dict[str, Total]] = {
    "given": Total(OUTSIDE, INSIDE),
    "appropriated": Total((BUDGET,), (APPROPRIATED,)),
    "partner": Total((BUDGET,), (MATCHED,)),
    "received": Total((SOCIAL, GIFT), (RECEIVED,)),
    "social": Total((SOCIAL,), (RECEIVED,)),
    "gifts": Total((GIFT,), (RECEIVED,)),
    "allocated": Total((APPROPRIATED, RECEIVED), (ALLOCATED,)),
    "matched": Total((BUDGET, APPROPRIATED), (MATCHED,)),
    "not_allocated": _reached(APPROPRIATED, RECEIVED),
    "returned": Total((APPROPRIATED, RECEIVED), (GIVEN_BACK,)),
    "paid": _reached(PAID),
    "committed": _reached(COMMITTED),
    "left": _reached(ALLOCATED, MATCHED),
    "given_back": _reached(GIVEN_BACK),
    "unspent": Total((*OUTSIDE, *GONE), INSIDE),
}
# The same money three times: as it was given, what it was for, where it is. Each row adds up to what was given.
ROWS: Final = (
    ("partner", "appropriated", "received"),
    ("matched", "allocated", "not_allocated", "returned"),
    ("paid", "committed", "left", "not_allocated", "given_back"),
)
# Between which kinds the transfers themselves are asked; into which kinds, or out of which, they lead.
ASKED: Final[tuple[Edge, ...]] = (
    (BUDGET, MATCHED),
    (APPROPRIATED, MATCHED),
    (APPROPRIATED, GIVEN_BACK),
    (RECEIVED, GIVEN_BACK),
)
FEW_INTO: Final = (MATCHED, GIVEN_BACK, BUDGET, APPROPRIATED)
FEW_OUT_OF: Final = (GIVEN_BACK,)


def sign(total: Total, out_of: str, into: str) -> int:
    """Return whether money on this way adds to the total (1), takes from it (-1), or is nothing to it."""
    if out_of in total.out_of and into in total.into:
        return 1
    return -1 if into in total.out_of and out_of in total.into else 0


def amount(total: Total, moves: Moves) -> int:
    """Return a total in fen from everything that moved."""
    return sum(sign(total, *edge) * fen for edge, fen in moves.items())


def net(moves: Moves, edge: Edge) -> int:
    """Return what moved one way, less what moved back."""
    return moves.get(edge, 0) - moves.get((edge[1], edge[0]), 0)


def plainly(balances: Balances) -> dict[str, int]:
    """Return the totals in fen that what stands on the accounts tells alone."""
    stands = {kind: balances.get(kind, 0) for kind in KINDS}
    return {
        "given": -sum(stands[kind] for kind in OUTSIDE),
        "received": -stands[SOCIAL] - stands[GIFT],
        "social": -stands[SOCIAL],
        "gifts": -stands[GIFT],
        "not_allocated": stands[APPROPRIATED] + stands[RECEIVED],
        "paid": stands[PAID],
        "committed": stands[COMMITTED],
        "left": stands[ALLOCATED] + stands[MATCHED],
        "given_back": stands[GIVEN_BACK],
        "unspent": sum(stands[kind] for kind in INSIDE),
    }


def told(balances: Balances, few: Moves) -> dict[str, int]:
    """Return every total in fen, from what stands on the accounts and the few moves that are ASKED."""
    plain = plainly(balances)
    partner, more, early, late = (net(few, edge) for edge in ASKED)
    appropriated = plain["given"] - plain["received"] - partner
    matched, returned = partner + more, early + late
    allocated = plain["given"] - matched - plain["not_allocated"] - returned
    found = plain | {"appropriated": appropriated, "partner": partner, "allocated": allocated}
    found |= {"matched": matched, "returned": returned}
    return {code: found[code] for code in TOTALS}


def rate(totals: Mapping[str, int]) -> int | None:
    """Return what was paid of what was given and not given back, in whole tenths of a percent; None of nothing.

    Rounded down: a thousand means that every fen is paid.
    """
    whole = totals["given"] - totals["given_back"]
    return totals["paid"] * 1000 // whole if whole > 0 else None


def ribbons(balances: Balances, few: Moves) -> list[Ribbon]:
    """Return what leads from row to row; nothing where money went round, so that no picture can show it.

    What was allocated and what was matched is spent from one pot, "use".
    """
    totals = told(balances, few)
    more, early, late = (net(few, edge) for edge in ASKED[1:])
    found = [
        Ribbon("partner", "matched", totals["partner"]),
        *_onwards("appropriated", totals, balances.get(APPROPRIATED, 0), early, more),
        *_onwards("received", totals, balances.get(RECEIVED, 0), late),
        *(Ribbon("use", part, totals[part]) for part in ("paid", "committed", "left")),
        Ribbon("use", "given_back", totals["given_back"] - totals["returned"]),
        Ribbon("not_allocated", "not_allocated", totals["not_allocated"]),
        Ribbon("returned", "given_back", totals["returned"]),
    ]
    return [one for one in found if one.amount] if all(one.amount >= 0 for one in found) else []


def _onwards(
    source: str, totals: Mapping[str, int], stands: int, back: int, matched: int = 0
) -> list[Ribbon]:
    """Return where the money of one source went: what stands there still was not allocated yet."""
    return [
        Ribbon(source, "matched", matched),
        Ribbon(source, "allocated", totals[source] - matched - back - stands),
        Ribbon(source, "not_allocated", stands),
        Ribbon(source, "returned", back),
    ]
