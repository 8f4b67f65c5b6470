"""A grammar of moments in Chinese: dates, times of day, ranges, durations, recurrences, feasts.

Answers in TIMEX3, after the public DateTime specifications for Chinese; loaded only when asked for.
"""

from linli.reader.dates.moments.grammar import Moment, moments

__all__ = ["Moment", "moments"]
