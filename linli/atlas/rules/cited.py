"""A cited cell as one text that never changes: what it is of, from which figures, and what came out. Pure.

The same text in any language and on any machine has the same digest; so a cell cited twice is cited once, and
whoever makes it again from the same figures knows whether it is the same.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final, Literal

from linli.atlas.rules.rates import Made, Point, change, rate
from linli.facts.rules import periods

Kind = Literal["value", "rate", "change", "rate_change"]
# In this order a cell's figures stand: over what, and both of the earlier period.
ROLES: Final = ("numerator", "denominator", "numerator_before", "denominator_before")


@dataclass(frozen=True, slots=True)
class Part:
    """One figure that a cell is made of, as it may be said.

    fact: the code that cites it, "" where it is kept back. recorded: the moment at which it became known. ground, decision: why it may be
    said (`facts.rules.released`).
    """

    indicator: str
    definition: str
    unit: str
    point: Point
    bound: str
    fact: str
    source: str
    source_kind: str
    recorded: str
    version: str
    sha256: str
    ground: str
    decision: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell is of: an indicator's or a rate's code, and of a rate how it is taken."""

    kind: Kind
    of: str
    per: int = 1
    digits: int = 0


Parts = dict[str, Part]


def made(asked: Asked, parts: Parts) -> Made:
    """Return what comes out of these figures, or why nothing does."""
    points = {role: part.point for role, part in parts.items()}
    now = _made(asked, points.get("numerator"), points.get("denominator"))
    if asked.kind in {"value", "rate"} or now.point is None:
        return now
    before = _made(asked, points.get("numerator_before"), points.get("denominator_before"))
    if before.point is None and before.why not in {"no_numerator", "no_denominator"}:
        return before
    return change(now.point, before.point)


def said(asked: Asked, parts: Parts, result: Made) -> dict[str, Any]:
    """Return all that a cited cell says, in no language: numbers as text, days in ISO 8601."""
    point = result.point
    if point is None:
        raise ValueError(f"nothing to cite: {result.why}")
    return {
        "kind": asked.kind,
        "of": asked.of,
        "area": point.area,
        "period": periods.shown(point.period),
        "per": asked.per if asked.kind.startswith("rate") else 1,
        "value": _text(point.value),
        "low": _text(point.low),
        "high": _text(point.high),
        "share": _text(result.share),
        "status": point.status,
        "kept_back": point.value is None,
        "parts": {role: _part(parts[role]) for role in ROLES if role in parts},
    }


def digest(told: dict[str, Any]) -> str:
    """Return the SHA-256 of what a cell says, in hex."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(told: dict[str, Any], again: dict[str, Any]) -> list[str]:
    """Return the names of what is not the same, parts by their role and name."""
    flat, other = _flat(told), _flat(again)
    return sorted(name for name in flat.keys() | other.keys() if flat.get(name) != other.get(name))


def _made(asked: Asked, numerator: Point | None, denominator: Point | None) -> Made:
    if asked.kind.startswith("rate"):
        return rate(numerator, denominator, per=asked.per, digits=asked.digits)
    return Made(numerator, "" if numerator else "no_numerator")


def _part(part: Part) -> dict[str, Any]:
    point = part.point
    return {name: value for name, value in asdict(part).items() if name != "point"} | {
        "area": point.area,
        "period": periods.shown(point.period),
        "value": _text(point.value),
        "low": _text(point.low),
        "high": _text(point.high),
        "status": point.status,
    }


def _text(value: Decimal | None) -> str | None:
    """Return a number as every database of ours gives it back: without zeros that say nothing."""
    if value is None:
        return None
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", ""} else plain


def _flat(told: dict[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in told.items():
        found |= (
            _flat(value, f"{before}{name}.")
            if isinstance(value, dict)
            else {f"{before}{name}": value}
        )
    return found
