"""Which way money may flow: for each verb, from which kinds of account into which. Pure.

Money comes from outside (a budget, social capital, gifts), stands somewhere inside, and leaves to whoever it is
for. What is outside may go below zero: that is what was ever taken from there. Nothing inside ever does.
"""

from typing import Final

BUDGET, SOCIAL, GIFT = "budget", "social", "gift"
APPROPRIATED, RECEIVED = "appropriated", "received"
ALLOCATED, MATCHED, COMMITTED = "allocated", "matched", "committed"
PAID, GIVEN_BACK = "paid", "given_back"

OUTSIDE: Final = (BUDGET, SOCIAL, GIFT)
INSIDE: Final = (APPROPRIATED, RECEIVED, ALLOCATED, MATCHED, COMMITTED)
GONE: Final = (PAID, GIVEN_BACK)
KINDS: Final = (*OUTSIDE, *INSIDE, *GONE)

APPROPRIATE, RECEIVE, ALLOCATE, MATCH = "appropriate", "receive", "allocate", "match"
COMMIT, DISBURSE, RETURN, REVERSE = "commit", "disburse", "return", "reverse"

WAYS: Final[dict[str, frozenset[tuple[str, str]]]] = {
    APPROPRIATE: frozenset({(BUDGET, APPROPRIATED)}),
    RECEIVE: frozenset({(SOCIAL, RECEIVED), (GIFT, RECEIVED)}),
    ALLOCATE: frozenset({(APPROPRIATED, ALLOCATED), (RECEIVED, ALLOCATED)}),
    MATCH: frozenset({(BUDGET, MATCHED), (APPROPRIATED, MATCHED)}),
    COMMIT: frozenset({(ALLOCATED, COMMITTED), (MATCHED, COMMITTED)}),
    DISBURSE: frozenset({(one, PAID) for one in (ALLOCATED, MATCHED, COMMITTED)}),
    RETURN: frozenset(
        {(one, GIVEN_BACK) for one in INSIDE}
        | {(PAID, one) for one in (ALLOCATED, MATCHED, COMMITTED)}
        | {(COMMITTED, ALLOCATED), (COMMITTED, MATCHED), (ALLOCATED, APPROPRIATED)}
    ),
}
VERBS: Final = (*WAYS, REVERSE)
# Where one verb both fills and empties an account (it is given back), money runs from the smaller into the greater.
DOWN: Final = {
    kind: step
    for step, kind in enumerate(
        (*OUTSIDE, PAID, COMMITTED, MATCHED, ALLOCATED, APPROPRIATED, RECEIVED, GIVEN_BACK)
    )
}


def may_flow(verb: str, out_of: str, into: str) -> bool:
    """Say whether this verb moves money from an account of the one kind into one of the other."""
    return (out_of, into) in WAYS.get(verb, frozenset())
