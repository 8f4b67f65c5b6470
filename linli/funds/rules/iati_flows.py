"""What a transfer is in the words of IATI: money coming in, promised, or gone; what moves inside is not told. Pure.

Money comes in from outside, and less of it when it is given back; it is spent when it is paid, and less when it
returns; it is promised when it is committed. So what came in is what stands inside and what was paid, to the fen.
"""

from typing import Final, NamedTuple

from linli.funds.rules.flows import COMMITTED, GIVEN_BACK, OUTSIDE, PAID

INCOMING, COMMITMENT, DISBURSEMENT, EXPENDITURE = 1, 2, 3, 4
MULTISECTOR, URBAN = "43010", "43030"

# The sector (OECD DAC, five digits) of a programme's kind; a fund that serves several: several sectors.
SECTORS: Final = {"communities": URBAN}


class Told(NamedTuple):
    """One kind of IATI transaction; `back`: the same money the other way, told as an amount below zero."""

    kind: int
    back: bool = False


def told(out_of: str, into: str, *, to_somebody: bool) -> Told | None:
    """Return what a transfer between two kinds of accounts is told as. `to_somebody`: a known body was paid."""
    if out_of in OUTSIDE or into in OUTSIDE:
        return Told(INCOMING, back=into in OUTSIDE)
    if GIVEN_BACK in (out_of, into):
        return Told(INCOMING, back=into == GIVEN_BACK)
    if PAID in (out_of, into):
        return Told(DISBURSEMENT if to_somebody else EXPENDITURE, back=out_of == PAID)
    if COMMITTED in (out_of, into):
        return Told(COMMITMENT, back=out_of == COMMITTED)
    return None


def sector_of(programme_kind: str) -> str:
    """Return the sector of a programme's kind."""
    return SECTORS.get(programme_kind, MULTISECTOR)
