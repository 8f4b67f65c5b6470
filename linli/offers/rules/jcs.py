"""JSON written in one way only (RFC 8785, JCS), so that a signature over it holds wherever it is read. Pure.

Also reads JSON as that standard demands it: no name twice in one object, no number beyond IEEE 754.
"""

import json
import math
from decimal import Decimal
from typing import Any

_TOO_DEEP = "nested too deeply"
_SAFE = 2**53  # beyond it, not every whole number is a double


def canonical(value: object) -> bytes:
    """Return the canonical form. Raises ValueError for what JSON cannot say in one way."""
    try:
        return _written(value).encode()  # a lone surrogate is no UTF-8: that error is a ValueError
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def read(text: str | bytes) -> Any:  # noqa: ANN401 - JSON is whatever it is
    """Return what the JSON says. Raises ValueError for what is no JSON, or says a name twice."""
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_constant, parse_int=_whole
        )
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def _written(value: object) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() | float():
            return number(value)
        case list() | tuple():
            return "[" + ",".join(map(_written, value)) + "]"
        case dict():
            names = sorted(value, key=_utf16)
            return "{" + ",".join(f"{_written(one)}:{_written(value[one])}" for one in names) + "}"
    message = f"JSON has no {type(value).__name__}"
    raise ValueError(message)


def number(value: float) -> str:
    """Return a number as ECMAScript writes it: the shortest digits that read back as the same double."""
    double = float(value)
    if not math.isfinite(double) or (isinstance(value, int) and abs(value) > _SAFE):
        message = "not a number that every reader reads alike"
        raise ValueError(message)
    if double == 0:
        return "0"
    sign, told, exponent = Decimal(repr(double)).normalize().as_tuple()
    digits = "".join(map(str, told))
    point = len(digits) + int(exponent)  # where the decimal point stands
    return ("-" if sign else "") + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    fraction = f".{digits[1:]}" if digits[1:] else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def _utf16(name: object) -> bytes:
    if not isinstance(name, str):
        message = "JSON names are texts"
        raise ValueError(message)
    return name.encode("utf-16-be", "surrogatepass")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        message = "a name stands twice in one object"
        raise ValueError(message)
    return told


def _whole(digits: str) -> float:
    # Other readers know doubles alone: what is larger is read as they read it.
    whole = int(digits)
    return whole if abs(whole) <= _SAFE else float(digits)


def _no_constant(name: str) -> None:
    message = f"{name} is no JSON"
    raise ValueError(message)
