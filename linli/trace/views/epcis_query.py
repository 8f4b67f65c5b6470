"""GET /epcis/events: the events that a question means, a page at a time; one event by its id."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.trace.queries.event_scope import Scope
from linli.trace.queries.event_search import event_of, search
from linli.trace.rules.epcis.json_written import json_event, query_document
from linli.trace.rules.epcis.query_paging import Page
from linli.trace.rules.epcis.query_reading import (
    Criterion,
    Query,
    QueryFault,
    read_query,
    read_query_string,
)
from linli.trace.views.epcis_frame import Wrong, as_json, scope_of

NAME: Final = "SimpleEventQuery"
MOST_PARAMETERS: Final = 200
_TOO_MUCH: Final = {"too-many": "QueryTooLargeException", "too-complex": "QueryTooComplexException"}
Pairs = Sequence[tuple[str, str]]


def events(request: HttpRequest) -> HttpResponse:
    """Answer the events that the address asks for."""
    scope = scope_of(request)
    return answer_query(request, scope, read_asked(request))


def event(request: HttpRequest, name: str) -> HttpResponse:
    """Answer one event. Raises Wrong: 404 where there is none that this one may read."""
    scope = scope_of(request)
    found = event_of(name, scope) if "\0" not in name else None
    if found is None:
        raise Wrong(404, _("There is no such event."))
    return as_json(json_event(found))


def read_asked(request: HttpRequest, more: Mapping[str, object] | None = None) -> Query:
    """Return the query of an address; `more` are parameters that its path says. Raises Wrong: 400."""
    query = read_query_string(pairs_of(request), prefixes_of(request))
    said = read_query(more or {})
    if isinstance(query, Query) and isinstance(said, Query):
        return joined(query, said.criteria)
    raise not_read([fault for one in (query, said) if isinstance(one, list) for fault in one])


def answer_query(
    request: HttpRequest, scope: Scope, query: Query, name: str = NAME
) -> HttpResponse:
    """Return the page that a query asks, with the address of the next one. Raises Wrong: 400, 413."""
    found = search(query, scope)
    if isinstance(found, QueryFault):
        raise not_read([found])
    created = now().isoformat(timespec="milliseconds")
    document = query_document([dict(one) for one in found.events], created, name)
    response = as_json(document)
    if found.next_token:
        label_next(request, response, found)
    return response


def label_next(request: HttpRequest, response: HttpResponse, page: Page) -> None:
    """Say with an answer where the next page is."""
    kept = [pair for pair in pairs_of(request) if pair[0] != "nextPageToken"]
    query = urlencode([*kept, ("nextPageToken", page.next_token)])
    address = request.build_absolute_uri(f"{request.path}?{query}")
    response["Link"] = f'<{address}>; rel="next"'


def pairs_of(request: HttpRequest) -> Pairs:
    """Return names and values of an address as they were sent, in their order. Raises Wrong: 400."""
    try:
        pairs = parse_qsl(
            request.META.get("QUERY_STRING", ""),
            keep_blank_values=True,
            max_num_fields=MOST_PARAMETERS,
            errors="strict",
        )
    except ValueError:
        raise Wrong(400, _("This query cannot be read."), "QueryParameterException") from None
    if any("\0" in text for pair in pairs for text in pair):
        raise Wrong(400, _("This query cannot be read."), "QueryParameterException")
    return pairs


def prefixes_of(request: HttpRequest) -> dict[str, str]:
    """Return what the prefixes of users' fields stand for, by the header GS1-Extensions: `ex=https://…, …`."""
    said = request.headers.get("GS1-Extensions", "")
    pairs = (one.strip().partition("=") for one in said.split(","))
    return {prefix: namespace for prefix, mark, namespace in pairs if mark and prefix and namespace}


def joined(query: Query, more: Sequence[Criterion]) -> Query:
    """Return a query in which more must hold."""
    return Query(
        criteria=(*query.criteria, *more),
        order_by=query.order_by,
        newest_first=query.newest_first,
        event_count_limit=query.event_count_limit,
        max_event_count=query.max_event_count,
        per_page=query.per_page,
        token=query.token,
    )


def not_read(faults: Sequence[QueryFault]) -> Wrong:
    """Return what is wrong with a query, as the standard names it."""
    too_much = _TOO_MUCH.get(faults[0].code, "")
    told: list[dict[str, Any]] = [
        {"parameter": one.parameter[:200], "code": one.code} for one in faults[:50]
    ]
    if too_much:
        return Wrong(413, _("This asks for too much at once. Ask for less."), too_much, told)
    sentence = _("This query cannot be answered: something in it is wrong.")
    return Wrong(400, sentence, "QueryParameterException", told)
