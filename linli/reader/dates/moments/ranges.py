"""Two ends that make a range, and how long it is: (2016-01-10,2016-01-12,P2D)."""

from datetime import date, datetime

from linli.reader.dates.moments.atom import Atom
from linli.reader.dates.moments.clocks import shifted

_DAY = 86_400


def joined(first: Atom, last: Atom, now: datetime) -> Atom | None:
    """Return the range from `first` to `last`, or None where the two are not of one grain.

    What the far end leaves unsaid (its year, its month, its day, 下午) it takes from the near one.
    """
    if first.clock is not None and last.clock is not None:
        return _hours(first, last, now)
    if first.clock or last.clock or first.part or last.part or first.unit != last.unit:
        return None
    if first.unit not in {"Y", "M", "D"}:
        return None
    far = _completed(first, last)
    length = _LENGTHS[first.unit](*_placed(first, far, now))
    return _range(first, last, _opened(first), _opened(far), length)


def _range(first: Atom, last: Atom, opening: str, closing: str, length: str) -> Atom:
    return Atom(first.start, last.end, "whole", f"({opening},{closing},{length})", on=first.on)


def _completed(first: Atom, last: Atom) -> Atom:
    """Give the far end the year and month of the near one."""
    if last.fields == (None, None, None):
        return last
    year, month, day = last.fields
    near_year, near_month, _ = first.fields
    month = month or near_month
    if year is None and near_year is not None:
        over = month is not None and near_month is not None and month < near_month
        year = near_year + 1 if over else near_year
    label = "XXXX" if year is None else f"{year:04}"
    if month is not None:
        label += f"-{month:02}"
    if day is not None:
        label += f"-{day:02}"
    return last._replace(label=label, fields=(year, month, day))


def _opened(atom: Atom) -> str:
    """Return the first day of a year or month in TIMEX3, a day as it is."""
    return atom.label + {"Y": "-01-01", "M": "-01", "D": ""}[atom.unit]


def _placed(first: Atom, last: Atom, now: datetime) -> tuple[date | None, date | None]:
    """Return both ends as days; a year not said is that of `now`, for 29 February a leap year."""
    year = now.year
    if (2, 29) in (first.fields[1:], last.fields[1:]):
        year -= year % 4
    near = _day(first, year)
    far = _day(last, near.year if near else year)
    if near and far and far < near and last.fields[0] is None:
        far = _day(last, near.year + 1)
    return near, far


def _day(atom: Atom, year: int) -> date | None:
    said, month, day = atom.fields
    if day is None and atom.unit == "D":
        return atom.on
    try:
        return date(said or year, month or 1, day or 1)
    except ValueError:
        return None


def _years(first: date | None, last: date | None) -> str:
    return f"P{last.year - first.year}Y" if first and last else "PXY"


def _months(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "PXM"
    return f"P{(last.year - first.year) * 12 + last.month - first.month}M"


def _days(first: date | None, last: date | None) -> str:
    return f"P{(last - first).days}D" if first and last else "PXD"


_LENGTHS = {"Y": _years, "M": _months, "D": _days}


def _hours(first: Atom, last: Atom, now: datetime) -> Atom | None:
    """Return a range of times; the far one lies on the day of the near one unless it names its own."""
    near, far = first.clock, last.clock
    if near is None or far is None:
        return None
    if not last.label:
        if near.sided and not far.sided and far.seconds < near.seconds:
            far = shifted(far)
        last = last._replace(label=first.label, on=first.on, fields=first.fields)
    last = last._replace(clock=far)
    seconds = (far.seconds - near.seconds) % _DAY
    if first.label and last.label and first.label != last.label:
        start, end = _placed(first, _completed(first, last), now)
        if start is None or end is None:
            return None
        seconds = (end - start).days * _DAY + far.seconds - near.seconds
    both = _range(first, last, first.timex, last.timex, _spoken(seconds))
    if near.sided or far.sided or first.label != last.label:
        return both
    opening, closing = (
        end._replace(clock=clock.opposite).timex for end, clock in ((first, near), (last, far))
    )
    return both._replace(other=f"({opening},{closing},{_spoken(seconds)})")


def _spoken(seconds: int) -> str:
    """Return PT2H30M."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (left, "S"))
    return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)
