"""How far a printed number may be from the true one: half of its last digit."""

from decimal import Decimal

from linli.reader.reading import Figure

_MYRIADS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def slack(view: str, figure: Figure, *, whole_counts: bool = True) -> Decimal:
    """Return half of the last printed digit; nothing for a number without decimals.

    whole_counts: a number printed without decimals is exact; a share (33%) never is.
    """
    surface = view[figure.num_start : figure.num_end]
    digits = surface.rstrip("十百千万亿")
    _, point, decimals = digits.partition(".")
    if not point and whole_counts:
        return Decimal(0)
    scale = 1
    for mark in surface[len(digits) :]:
        scale *= _MYRIADS[mark]
    return Decimal(scale) / 2 / Decimal(10) ** len(decimals)
