"""Dates and periods in running text, as reports and local news write them.

`find` serves the reader; the wider grammar of moments is in `linli.reader.dates.moments`.
"""

from linli.reader.dates.finder import find

__all__ = ["find"]
