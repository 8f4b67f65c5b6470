"""A value as somebody states it, and what is wrong with one that cannot be kept exactly. Pure."""

from decimal import Decimal
from typing import NamedTuple

from linli.facts.rules.intervals import BOUNDS, LARGEST, too_precise


class Statement(NamedTuple):
    """A value with how firmly it is stated: exactly 5, almost 5, more than 5."""

    value: Decimal
    bound: str = "exact"


def fault(statement: Statement) -> str:
    """Return the code of what is wrong with a statement, "" when nothing is."""
    value, bound = statement
    if bound not in BOUNDS:
        return "unknown_bound"
    if not value.is_finite():
        return "not_a_number"
    if abs(value) > LARGEST:
        return "too_large"
    return "too_precise" if too_precise(value) else ""


def misfit(statement: Statement, kind: str) -> str:
    """Return the code of why an indicator of this kind has no such value: nobody counts less than nothing."""
    return "below_nought" if kind == "count" and statement.value < 0 else ""
