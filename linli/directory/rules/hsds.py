"""How what we keep is said in HSDS 3.1: ids of what has none of its own, rules of hours in parts, ages.

The other direction, what a package says in our words, stands in `packages`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

VERSION = "3.1"
HOURS_FROM_UTC = 8  # all of China
# Ours for ever: with another one, every derived id would be another.
_OURS = UUID("6f1c5a52-0b7e-5b0a-9f5d-3a1d6c1f5e0b")
_WEEK = "MO,TU,WE,TH,FR,SA,SU"
_NUMBERS = ("interval", "count")
_TEXTS = ("byday", "bymonthday", "wkst")


def derived_id(*words: object) -> str:
    """Return the UUID of something that is known by words: the same words, the same UUID."""
    return str(uuid5(_OURS, "/".join(map(str, words))))


def parts_of(rrule: str) -> dict[str, Any]:
    """Return the parts of a rule as HSDS has them; none of a rule that HSDS cannot say.

    HSDS knows weeks and months: "every day" is every day of the week.
    """
    said = dict(part.partition("=")[::2] for part in rrule.split(";"))
    if said.get("FREQ") == "DAILY" and said.keys() <= {"FREQ", "UNTIL"}:
        said |= {"FREQ": "WEEKLY", "BYDAY": _WEEK}
    if said.get("FREQ") not in {"WEEKLY", "MONTHLY"} or said.keys() & {"BYMONTH", "BYSETPOS"}:
        return {}
    parts: dict[str, Any] = {"freq": said["FREQ"], "interval": 1}
    parts |= {name: int(said[name.upper()]) for name in _NUMBERS if name.upper() in said}
    parts |= {name: said[name.upper()] for name in _TEXTS if name.upper() in said}
    if until := said.get("UNTIL", "")[:8]:
        parts["until"] = f"{until[:4]}-{until[4:6]}-{until[6:]}"
    return parts


def last_day(valid_until: date | None) -> date | None:
    """Return the last day of what is valid until (not including) a day."""
    return valid_until - timedelta(days=1) if valid_until else None


def ages_of(rules: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return the ages that a service is for, both included, when its rules say any."""
    said = [rule for rule in rules if rule["kind"] == "age"]
    low = [rule["from"] for rule in said if rule.get("from") is not None]
    high = [rule["until"] - 1 for rule in said if rule.get("until") is not None]
    return ({"minimum_age": max(low)} if low else {}) | ({"maximum_age": min(high)} if high else {})
