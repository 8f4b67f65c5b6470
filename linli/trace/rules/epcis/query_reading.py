"""Queries in the EPCIS 2.0 query language: read whole or refused with everything that is wrong. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from linli.trace.rules.epcis.event_shapes import own
from linli.trace.rules.epcis.json_events import namespaces
from linli.trace.rules.epcis.query_parameters import CONTROLS, NO_PREFIXES, Asked, asked, whole_name
from linli.trace.rules.epcis.query_values import Value, read_moment, read_number, read_values

PER_PAGE: Final = 30  # what a page holds when nobody says (EPCIS 2.0, REST bindings)
MOST_PER_PAGE: Final = 1_000
_ORDERED: Final = ("eventTime", "recordTime")
_COUNTS: Final = ("eventCountLimit", "maxEventCount", "perPage")


class Criterion(NamedTuple):
    """One condition: what is asked, and the values of which one is enough."""

    parameter: str
    asked: Asked
    values: tuple[Value, ...]


class QueryFault(NamedTuple):
    """What is wrong with a parameter: its name and a code that stays."""

    parameter: str
    code: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query: all criteria hold together. Counts are numbers of events; `newest_first` is the default order."""

    criteria: tuple[Criterion, ...] = ()
    order_by: str = ""  # eventTime, recordTime, or a user's field; without one, by record time
    newest_first: bool = True
    event_count_limit: int | None = None
    max_event_count: int | None = None
    per_page: int = PER_PAGE
    token: str = ""


def read_query(
    parameters: Mapping[str, object], prefixes: Mapping[str, str] = NO_PREFIXES
) -> Query | list[QueryFault]:
    """Return the query of a JSON object of parameters, or every fault of it, in the order of the parameters.

    Codes: unknown-parameter, those of `read_values`, not-a-count, not-a-direction, not-an-order,
    not-a-token, excludes-maxEventCount, needs-orderBy. `prefixes` are those of users' fields (the header
    GS1-Extensions has them); `@context` may bring more and asks nothing itself.
    EPCIS 2.0, section 8.2.7.1.
    """
    prefixes = namespaces(parameters.get("@context"), dict(prefixes))
    criteria, faults = list[Criterion](), list[QueryFault]()
    for name, value in parameters.items():
        if name == "@context" or name in CONTROLS:
            continue
        found = _criterion(name, value, prefixes)
        if isinstance(found, Criterion):
            criteria.append(found)
        else:
            faults.append(found)
    faults += _control_faults(parameters)
    return faults or _query(tuple(criteria), parameters, prefixes)


def read_query_string(
    pairs: Iterable[tuple[str, str]], prefixes: Mapping[str, str] = NO_PREFIXES
) -> Query | list[QueryFault]:
    """Return the query of an address's decoded pairs; lists repeat the name, or have `|` between the words.

    Numbers and flags are read from their text. Faults as with `read_query`.
    """
    given = dict[str, list[str]]()
    for name, text in pairs:
        given.setdefault(name, []).append(text)
    return read_query({name: _from_texts(name, texts) for name, texts in given.items()}, prefixes)


def _from_texts(name: str, texts: list[str]) -> object:
    """Return what JSON would have said; a text that is no such thing stays text and is refused later."""
    if name in CONTROLS:
        return _count_or_text(name, texts[-1])
    spec = asked(name)
    words = [word for text in texts for word in text.split("|")]
    kind = spec.kind if spec else "words"
    if kind in {"number", "numbers", "measure"}:
        numbers = [_number_or_text(word) for word in words]
        return numbers[0] if len(numbers) == 1 else numbers
    if kind == "flag":
        return {"true": True, "false": False}.get(texts[-1], texts[-1])
    alone = kind == "moment" or (kind == "either" and read_moment(texts[-1]) is not None)
    return texts[-1] if alone and len(words) == 1 else words


def _number_or_text(text: str) -> object:
    number = read_number(text)
    return text if number is None else number


def _count_or_text(name: str, text: str) -> object:
    digits = name in _COUNTS and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if digits else text


def _criterion(name: str, value: object, prefixes: Mapping[str, str]) -> Criterion | QueryFault:
    spec = asked(name, prefixes)
    if spec is None:
        return QueryFault(name, "unknown-parameter")
    values = read_values(spec.kind, value)
    return QueryFault(name, values) if isinstance(values, str) else Criterion(name, spec, values)


def _control_faults(parameters: Mapping[str, object]) -> list[QueryFault]:
    faults = [
        QueryFault(name, "not-a-count")
        for name in _COUNTS
        if name in parameters and _count(parameters[name]) is None
    ]
    if parameters.get("orderDirection", "DESC") not in ("ASC", "DESC"):
        faults.append(QueryFault("orderDirection", "not-a-direction"))
    order = parameters.get("orderBy", "eventTime")
    if not isinstance(order, str) or not (order in _ORDERED or own(order)):
        faults.append(QueryFault("orderBy", "not-an-order"))
    if not isinstance(parameters.get("nextPageToken", ""), str):
        faults.append(QueryFault("nextPageToken", "not-a-token"))
    if "eventCountLimit" in parameters and "maxEventCount" in parameters:
        faults.append(QueryFault("eventCountLimit", "excludes-maxEventCount"))
    if "eventCountLimit" in parameters and "orderBy" not in parameters:
        faults.append(QueryFault("eventCountLimit", "needs-orderBy"))
    return faults


def _count(value: object) -> int | None:
    """One or more: a page, or an answer, of none asks nothing."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _query(
    criteria: tuple[Criterion, ...], parameters: Mapping[str, object], prefixes: Mapping[str, str]
) -> Query:
    per_page = _count(parameters.get("perPage")) or PER_PAGE
    return Query(
        criteria=criteria,
        order_by=whole_name(str(parameters.get("orderBy", "")), prefixes),
        newest_first=parameters.get("orderDirection", "DESC") == "DESC",
        event_count_limit=_count(parameters.get("eventCountLimit")),
        max_event_count=_count(parameters.get("maxEventCount")),
        per_page=min(per_page, MOST_PER_PAGE),
        token=str(parameters.get("nextPageToken", "")),
    )
