"""The kinds of conditions of IATI's rulesets: what each says of a node. Pure.

Each returns True (met), False (broken) or None: there is nothing here that it speaks of.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final, NamedTuple

from dateutil.relativedelta import relativedelta
from lxml import etree

Node = Any
Case = Mapping[str, Any]


class Here(NamedTuple):
    """One node, the moment, the identifiers that are known, and the value of the loop that it stands in."""

    node: Node
    now: datetime
    publishers: frozenset[str]
    prefixes: frozenset[str]
    value: str


_LOOPED = "'$1'"  # a value never becomes a part of the expression: it is handed in
_NOW = "NOW"
_PREFIXES = "ORG-ID-PREFIX"
_TRANSACTIONS = "transaction"
# Everything that bears an amount of money, everything that bears words, and every transaction.
_BEARERS: Final = {
    "lang": (".//narrative", "@xml:lang"),
    "currency": (".//value | .//forecast | .//loan-status", "@currency"),
    "sector": (_TRANSACTIONS, "sector"),
}


@lru_cache(maxsize=1024)
def _expression(text: str) -> Callable[..., Any]:
    compiled: Callable[..., Any] = etree.XPath(text.replace(_LOOPED, "$looped"))
    return compiled


def found(node: Node, path: str, value: str = "") -> list[Any]:
    """Return the nodes and texts of a path."""
    return list(_expression(path)(node, looped=value))


def holds(node: Node, condition: str, value: str = "") -> bool:
    """Say whether a condition is true of a node."""
    return bool(_expression(f"boolean({condition})")(node, looped=value))


def _all(case: Case, here: Here) -> list[Any]:
    return [one for path in case["paths"] for one in found(here.node, path, here.value)]


def _texts(case: Case, here: Here) -> list[str]:
    """Return the texts of the paths, without those that are somebody's own who publishes already."""
    texts = [_text(one) for one in _all(case, here)]
    match case.get("idCondition"):
        case "NOT_EXISTING_ORG_ID":
            return [one for one in texts if one not in here.publishers]
        case "NOT_EXISTING_ORG_ID_PREFIX":
            return [one for one in texts if not one.startswith(tuple(here.publishers))]
        case _:
            return texts


def _text(one: Node) -> str:
    return str(one) if isinstance(one, str) else "".join(one.itertext())


def _every(texts: list[str], test: Callable[[str], bool]) -> bool | None:
    return all(test(one) for one in texts) if texts else None


def _atleast_one(case: Case, here: Here) -> bool:
    return bool(_all(case, here))


def _no_more_than_one(case: Case, here: Here) -> bool:
    return len(_all(case, here)) <= 1


def _only_one_of(case: Case, here: Here) -> bool:
    excluded = any(found(here.node, path) for path in case["excluded"])
    return len(_all(case, here)) == (0 if excluded else 1)


def _one_or_all(case: Case, here: Here) -> bool:
    roots = [here.node, *here.node.iterancestors()]
    if any(found(one, case["one"]) for one in roots):
        return True
    bearers, mark = _BEARERS.get(case["all"], (_TRANSACTIONS, case["all"]))
    return all(found(one, mark) for one in found(here.node, bearers))


def _dependent(case: Case, here: Here) -> bool:
    there = [bool(found(here.node, path)) for path in case["paths"]]
    return all(there) or not any(there)


def _sum(case: Case, here: Here) -> bool | None:
    amounts = [_number(one) for one in _texts(case, here)]
    if not amounts:
        return None
    return sum((one or Decimal(0) for one in amounts), Decimal(0)) == Decimal(str(case["sum"]))


def _range(case: Case, here: Here) -> bool | None:
    low, high = Decimal(str(case["min"])), Decimal(str(case["max"]))

    def within(text: str) -> bool:
        number = _number(text)
        return number is not None and low <= number <= high

    return _every(_texts(case, here), within)


def _date_order(case: Case, here: Here) -> bool | None:
    less, more = _dates(case["less"], here), _dates(case["more"], here)
    return max(less) <= min(more) if less and more else None


def _date_now(case: Case, here: Here) -> bool | None:
    dates = _dates(case["date"], here)
    return max(dates) <= here.now if dates else None


def _between_dates(case: Case, here: Here) -> bool | None:
    starts, dates, ends = (_dates(case[name], here) for name in ("start", "date", "end"))
    if not (starts and dates and ends):
        return None
    return max(starts) <= min(dates) and max(dates) <= min(ends)


def _time_limit(case: Case, here: Here) -> bool | None:
    """Of several periods the first beginning belongs to the first end, and so on."""
    spans = zip(_dates(case["start"], here), _dates(case["end"], here), strict=False)
    within = [end <= start + relativedelta(years=1) for start, end in spans]
    return all(within) if within else None


def _regex_matches(case: Case, here: Here) -> bool | None:
    wanted = re.compile(case["regex"])
    return _every([one for one in _texts(case, here) if one], lambda one: bool(wanted.search(one)))


def _regex_no_matches(case: Case, here: Here) -> bool | None:
    unwanted = re.compile(case["regex"])
    return _every(_texts(case, here), lambda one: not unwanted.search(one))


def _startswith(case: Case, here: Here) -> bool | None:
    paths = case.get("prefix") or case["start"]
    paths = [paths] if isinstance(paths, str) else paths
    if paths == [_PREFIXES]:
        starts = sorted(here.prefixes | here.publishers)
    else:
        starts = [_text(one) for path in paths for one in found(here.node, path)]
    between = case.get("separator", "")
    fitting = tuple(f"{one}{between}" for one in starts if one)
    return _every(_texts(case, here), lambda one: one.startswith(fitting))


def _unique(case: Case, here: Here) -> bool | None:
    texts = _texts(case, here)
    return len(set(texts)) == len(texts) if texts else None


def _if_then(case: Case, here: Here) -> bool | None:
    if not holds(here.node, case["if"], here.value):
        return None
    return holds(here.node, case["then"], here.value)


def _no_spaces(case: Case, here: Here) -> bool | None:
    return _every(_texts(case, here), lambda one: one == one.strip())


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _dates(path: str, here: Here) -> list[datetime]:
    """Return the dates that a path finds; what is no date is passed over."""
    if path == _NOW:
        return [here.now]
    return [day for one in found(here.node, path) if (day := _date(_text(one).strip()))]


def _date(text: str) -> datetime | None:
    """Read a date or a moment; a day without an hour begins at midnight, one without a zone in Greenwich."""
    plain = text[:-1] if re.fullmatch(r"\d{4}-\d\d-\d\dZ", text) else text
    plain = re.sub(r"^(\d{4}-\d\d-\d\d)[+-]\d\d:\d\d$", r"\1", plain)
    try:
        if len(plain) == 10:
            return datetime.combine(date.fromisoformat(plain), datetime.min.time(), UTC)
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


KINDS: Final[Mapping[str, Callable[[Case, Here], bool | None]]] = {
    "atleast_one": _atleast_one,
    "between_dates": _between_dates,
    "date_now": _date_now,
    "date_order": _date_order,
    "dependent": _dependent,
    "if_then": _if_then,
    "no_more_than_one": _no_more_than_one,
    "no_spaces": _no_spaces,
    "one_or_all": _one_or_all,
    "only_one_of": _only_one_of,
    "range": _range,
    "regex_matches": _regex_matches,
    "regex_no_matches": _regex_no_matches,
    "startswith": _startswith,
    "strict_sum": _sum,
    "sum": _sum,
    "time_limit": _time_limit,
    "unique": _unique,
}
