"""The few numbers a calendar needs: 1 to 99 as Chinese writes them, and years digit by digit."""

DIGITS = "〇一二三四五六七八九"
# The signs in which a numeral of a date is written; the circles and the letter stand for zero.
SIGNS = "0-9〇零○O一二三四五六七八九十"

_FIGURES = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")


def _spoken(number: int) -> str:
    """Return 1 to 99 in characters: 十, 十二, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")


_SPOKEN = {_spoken(number): number for number in range(1, 100)}


def value(surface: str) -> int | None:
    """Return the number: 2019, 二〇一九 (digit by digit) or 三十一 (spoken); None if it is neither."""
    spoken = _SPOKEN.get(surface)
    if spoken is not None:
        return spoken
    figures = surface.translate(_FIGURES)
    return int(figures) if figures.isascii() and figures.isdigit() else None
