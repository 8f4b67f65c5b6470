"""Whether the value behind an application identifier can be one, and what dates among them mean. Pure.

Country, currency, bank account and coupon contents are not judged: their characters and lengths are.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date
from typing import Final

from linli.trace.rules.codes import check_digits
from linli.trace.rules.codes.identifiers import Identifier, Part, find

_KINDS: Final = {
    "n": re.compile(r"[0-9]*"),
    "x": re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*"),
    "y": re.compile(r"[#\-/0-9A-Z]*"),
    "z": re.compile(r"[A-Za-z0-9_\-]*=*"),
}
_PREFIX_LEAST: Final = 4  # a company prefix has at least so many digits


class Malformed(ValueError):
    """Text that is not what it should be. `code` says why, `where` at which identifier or place."""

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code} {where}".strip())
        self.code = code
        self.where = where


def fault_of(code: str, value: str) -> str:
    """Return what is wrong with a value behind this identifier, as a code; nothing when nothing is.

    Codes: unknown_identifier, too_short, too_long, characters, and the check that failed: check, key, pair,
    day, day0, long_day, hour, minute, sixty, nonzero, zero, piece, no_zero_first, non_digit, yes_no, sex, hyphen.
    """
    identifier = find(code)
    if identifier is None:
        return "unknown_identifier"
    return _fault(identifier, value)


def check(code: str, value: str) -> None:
    """Raise Malformed when this cannot stand behind this identifier; the codes are those of `fault_of`."""
    fault = fault_of(code, value)
    if fault:
        raise Malformed(fault, code)


def read_day(value: str, year: int) -> date:
    """Return the day that six digits YYMMDD mean when read in this year; day 00 is the month's last.

    Years up to 49 before and 50 after the reading, as GS1 has it. Raises Malformed for no day.
    """
    if len(value) != 6 or not check_digits.is_digits(value) or not _is_day(value, day0=True):
        raise Malformed("day", value)
    apart = int(value[:2]) - year % 100
    century = year - year % 100 + (-100 if apart > 50 else 100 if apart < -49 else 0)
    full, month, day = century + int(value[:2]), int(value[2:4]), int(value[4:])
    last = calendar.monthrange(full, month)[1]
    if day > last:
        raise Malformed("day", value)
    return date(full, month, day or last)


def write_day(day: date) -> str:
    """Return a day as six digits YYMMDD."""
    return day.strftime("%y%m%d")


def _fault(identifier: Identifier, value: str) -> str:
    rest = value
    for part in identifier.parts:
        said, rest = rest[: part.most], rest[part.most :]
        if not said and part.optional:
            continue
        fault = _part_fault(part, said)
        if fault:
            return fault
    return "too_long" if rest else ""


def _part_fault(part: Part, said: str) -> str:
    if len(said) < part.least:
        return "too_short"
    if not _KINDS[part.kind].fullmatch(said):
        return "characters"
    return next((name for name in part.checks if not _CHECKS[name](said)), "")


def _is_day(said: str, *, day0: bool) -> bool:
    year, month, day = int(said[:2]), int(said[2:4]), int(said[4:6])
    if not 1 <= month <= 12:
        return False
    last = calendar.monthrange(2000 + year, month)[1]  # of any century: 1900 is out of reach
    return (0 if day0 else 1) <= day <= last


def _is_minute(said: str) -> bool:
    return int(said[:2]) < 24 and int(said[2:4]) < 60


def _is_long_day(said: str) -> bool:
    try:
        date(int(said[:4]), int(said[4:6]), int(said[6:8]))
    except ValueError:
        return False
    return True


def _is_piece(said: str) -> bool:
    return 1 <= int(said[:2]) <= int(said[2:])


def _is_paired(said: str) -> bool:
    return len(said) > 2 and check_digits.check_pair(said[:-2]) == said[-2:]


def _starts_with_prefix(said: str) -> bool:
    # The SSCC and the GTIN-14 begin with a digit of their own, but that too is a digit.
    return len(said) >= _PREFIX_LEAST and check_digits.is_digits(said[:_PREFIX_LEAST])


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "check": check_digits.is_guarded,
    "key": _starts_with_prefix,
    "pair": _is_paired,
    "day": lambda said: _is_day(said, day0=False),
    "day0": lambda said: _is_day(said, day0=True),
    "minute": _is_minute,
    "long_day": _is_long_day,
    "hour": lambda said: int(said) < 24,
    "sixty": lambda said: int(said) < 60,
    "nonzero": lambda said: said.strip("0") != "",
    "zero": lambda said: said == "0",
    "piece": _is_piece,
    "no_zero_first": lambda said: len(said) == 1 or said[0] != "0",
    "non_digit": lambda said: not said.isdigit(),
    "sex": lambda said: said in {"0", "1", "2", "9"},
    "yes_no": lambda said: said in {"0", "1"},
    "hyphen": lambda said: said == "-",
}
