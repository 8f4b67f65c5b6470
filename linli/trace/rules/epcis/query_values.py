"""Values of a query: read strictly, by the kind that a parameter's name asks for. Pure."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from linli.trace.rules.epcis.query_parameters import ACTIONS, EVENT_TYPES, Kind

Value = str | Decimal | datetime | bool

_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|z|[+-]\d\d:\d\d)", re.ASCII
)
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


def read_moment(value: object) -> datetime | None:
    """Return a moment from text with its offset (RFC 3339), in UTC to the microsecond; None if it is none."""
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_number(value: object) -> Decimal | None:
    """Return a number from a number or from the text of one; None if it is none, or not finite."""
    if not isinstance(value, (int, float, str, Decimal)):
        return None
    text = str(value)
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def read_values(kind: Kind, value: object) -> tuple[Value, ...] | str:
    """Return the values of a parameter as JSON has them, or the code of what is wrong with them.

    Codes: not-a-list-of-words, not-an-event-type, not-an-action, not-a-moment, not-a-number, not-a-flag,
    not-a-value.
    """
    return _READERS[kind](value)


def _words(value: object) -> tuple[Value, ...] | str:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return "not-a-list-of-words"
    words = tuple(one for one in value if isinstance(one, str) and one.strip())
    return words if len(words) == len(value) else "not-a-list-of-words"


def _types(value: object) -> tuple[Value, ...] | str:
    words = _words(value)
    known = isinstance(words, str) or all(one in EVENT_TYPES or ":" in str(one) for one in words)
    return words if known else "not-an-event-type"


def _actions(value: object) -> tuple[Value, ...] | str:
    words = _words(value)
    return words if isinstance(words, str) or ACTIONS.issuperset(words) else "not-an-action"


def _moment(value: object) -> tuple[Value, ...] | str:
    moment = read_moment(value)
    return "not-a-moment" if moment is None else (moment,)


def _number(value: object) -> tuple[Value, ...] | str:
    number = None if isinstance(value, str) else read_number(value)
    return "not-a-number" if number is None else (number,)


def _numbers(value: object) -> tuple[Value, ...] | str:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return _number(value)
    numbers = [_number(one) for one in value]
    if any(isinstance(one, str) for one in numbers):
        return "not-a-number"
    return tuple(one[0] for one in numbers if not isinstance(one, str))


def _flag(value: object) -> tuple[Value, ...] | str:
    return (value,) if isinstance(value, bool) else "not-a-flag"


def _void(_: object) -> tuple[Value, ...] | str:
    return ()  # the standard says that the value is not looked at


def _measure(value: object) -> tuple[Value, ...] | str:
    found = _moment(value) if isinstance(value, str) else _number(value)
    return "not-a-value" if isinstance(found, str) else found


def _either(value: object) -> tuple[Value, ...] | str:
    words = _words(value)
    return _measure(value) if isinstance(words, str) else words


_READERS: Final[dict[Kind, Callable[[object], tuple[Value, ...] | str]]] = {
    "words": _words, "types": _types, "actions": _actions, "moment": _moment, "number": _number,
    "numbers": _numbers, "flag": _flag, "void": _void, "either": _either, "measure": _measure,
}  # fmt: skip
