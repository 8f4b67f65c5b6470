"""Amounts are whole fen everywhere; how people write them, and how they read them. Pure."""

import re
from typing import Final

FEN_IN_YUAN: Final = 100
FEN_IN_WAN: Final = 1_000_000
MOST: Final = 10**17  # a million thousand million yuan: well within the 64 bits of a column

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥"}
# Digits alone or in groups of three, at most one point, and 万 where ten thousands are meant.
_WRITTEN = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?(万?)", re.ASCII)


class NotAnAmount(ValueError):
    """What somebody wrote is no amount; `code` says why: unreadable, too_fine, too_large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def yuan(fen: int) -> str:
    """Return an amount in yuan as it is shown: 1,125,240.00; below zero with a minus before it."""
    whole, rest = divmod(abs(fen), FEN_IN_YUAN)
    return f"{_sign(fen)}{whole:,}.{rest:02d}"


def wan(fen: int) -> str:
    """Return an amount in ten thousands of yuan, exactly, with no digit too many: 112.524."""
    whole, rest = divmod(abs(fen), FEN_IN_WAN)
    digits = f"{rest:06d}".rstrip("0")
    return f"{_sign(fen)}{whole:,}{'.' if digits else ''}{digits}"


def fen_of(written: str) -> int:
    """Return the fen that somebody wrote: 1,125,240.00, １１２５２４０, ¥5, 112.524万元. Nothing is rounded away.

    Raises NotAnAmount; what is below zero is unreadable.
    """
    plain = "".join(written.translate(_NARROW).split())
    found = _WRITTEN.fullmatch(plain.removeprefix("¥").removesuffix("元"))
    if found is None:
        raise NotAnAmount("unreadable")
    whole, fine, in_wan = found[1].replace(",", ""), (found[2] or "").rstrip("0"), found[3]
    unit = FEN_IN_WAN if in_wan else FEN_IN_YUAN
    width = len(str(unit)) - 1
    if len(fine) > width:
        raise NotAnAmount("too_fine")
    if len(whole) > len(str(MOST)):
        raise NotAnAmount("too_large")
    fen = int(whole) * unit + int(fine.ljust(width, "0"))
    if fen > MOST:
        raise NotAnAmount("too_large")
    return fen


def _sign(fen: int) -> str:
    return "−" if fen < 0 else ""
