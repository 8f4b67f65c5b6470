"""Numerals of the grammar of moments, as patterns and as numbers."""

from linli.reader.dates.numbers import value

SMALL = "[0-9]{1,3}|[一二两三四五六七八九十]{1,3}"
YEAR = "[0-9]{4}|[一二][〇零○一二三四五六七八九]{3}"
SHORT_YEAR = "[0-9]{2}|[〇零一二三四五六七八九]{2}"
MONTH = "1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十正]"
DAY = "3[01]|[12][0-9]|0?[1-9]|三十一?|二十[一二三四五六七八九]|二十|十[一二三四五六七八九]|[一二三四五六七八九十]"
HOUR = "2[0-4]|1[0-9]|0?[0-9]|二十[一二三四]?|十[一二三四五六七八九]|[零一二两三四五六七八九十]"
MINUTE = "[0-5]?[0-9]|[二三四五]?十[一二三四五六七八九]|[二三四五]十|[零〇]?[一二三四五六七八九十]"
WEEKDAY = "一二三四五六日"
STARTS = "0123456789〇零○一二两三四五六七八九十"


def number(surface: str) -> int:
    """Return the number of a surface that one of these patterns matched; 元, 正 and 半 are not."""
    plain = surface.replace("两", "二").removeprefix("初")
    if len(plain) > 1 and plain[0] in "零〇" and not plain[1:].isdigit():
        plain = plain[1:] if len(plain) == 2 and plain[1] == "十" else plain
    found = value(plain)
    return 0 if found is None else found


def year(surface: str) -> int:
    """Return a year; two digits are of this century up to 49."""
    found = number(surface)
    return found if found >= 100 else found + (2000 if found < 50 else 1900)
