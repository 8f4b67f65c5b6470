"""One spelling for one value, as event hashes want it: moments, numbers, truths, URIs. Pure."""

import re
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Final

from linli.trace.rules.epcis import vocabulary
from linli.trace.rules.epcis.canonical_uris import canonical_uri

_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
KEPT_DIGITS: Final = 15  # digits that every binary number keeps


def instant(value: str) -> str:
    """Return a moment in UTC to the millisecond, rounded half to even: `2020-04-01T14:00:00.000Z`.

    What is no moment with a zone, or leaves the calendar, stays as it is.
    """
    text = value.strip()
    try:
        moment = datetime.fromisoformat(text.upper())
        if moment.tzinfo is None:
            return text
        if moment.microsecond % 1000:
            moment += timedelta(microseconds=round(moment.microsecond, -3) - moment.microsecond)
        return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    except (ValueError, OverflowError):
        return text


def plain(value: object) -> str:
    """Return the one spelling of a value: numbers without idle zeros, URIs canonical, true and false small."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value).strip()
    if _NUMBER.fullmatch(text):
        return _number(text)
    if ":" not in text:
        return text
    return canonical_uri(vocabulary.addressed(vocabulary.expanded(text)))


def _number(text: str) -> str:
    """Return a number without a plus, idle zeros or an idle point, as a binary number keeps it."""
    number = float(text)
    if not isfinite(number):
        return text
    return str(int(number)) if number.is_integer() else str(number)


def long_number(value: object) -> str | None:
    """Return a number of more digits than a binary one keeps, digit by digit without idle zeros; else nothing."""
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    if len(text) <= KEPT_DIGITS or not _NUMBER.fullmatch(text):
        return None
    if "e" in text.lower():
        return text
    sign = "-" if text.startswith("-") else ""
    whole, _, fraction = text.lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return sign + (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")
