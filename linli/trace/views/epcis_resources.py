"""What there is to ask about: /epcis/eventTypes, /epcis/epcs, /epcis/bizSteps … and the events below each."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.trace.queries.event_resources import things_seen, values_seen
from linli.trace.queries.event_scope import Scope
from linli.trace.rules.epcis.canonical_uris import canonical_uri
from linli.trace.rules.epcis.event_shapes import EVENT_TYPES
from linli.trace.rules.epcis.json_written import CONTEXT
from linli.trace.rules.epcis.query_paging import Page
from linli.trace.rules.epcis.query_parameters import Asked
from linli.trace.rules.epcis.query_reading import MOST_PER_PAGE, PER_PAGE, Criterion, QueryFault
from linli.trace.views.epcis_frame import Wrong, as_json, scope_of
from linli.trace.views.epcis_query import (
    answer_query,
    joined,
    label_next,
    not_read,
    pairs_of,
    read_asked,
)

# By the name in the address: the field that the values are of.
FIELDS: Final = {
    "bizSteps": "bizStep",
    "dispositions": "disposition",
    "bizLocations": "bizLocation",
    "readPoints": "readPoint",
}
_THINGS: Final = "epcs"
_TYPES: Final = "eventTypes"
RESOURCES: Final = (_TYPES, _THINGS, *FIELDS)
Listed = Callable[[str, int], list[str]]


def resource(request: HttpRequest, kind: str) -> HttpResponse:
    """List what this one may ask about, in the order of the names."""
    scope = scope_of(request)
    if kind == _TYPES:
        return _collection(EVENT_TYPES)
    most, after = _paging(request)
    found = _lister(kind, scope)(after, most + 1)
    response = _collection(found[:most])
    if len(found) > most:
        label_next(request, response, Page((), _token(found[most - 1])))
    return response


def one_resource(request: HttpRequest, kind: str, value: str) -> HttpResponse:
    """Say what lies below a step, a place, a thing: its events."""
    scope_of(request)
    _criterion(kind, value)
    return _collection(["events"])


def resource_events(request: HttpRequest, kind: str, value: str) -> HttpResponse:
    """Answer the events of a step, a place, a thing; more may be asked of them in the address."""
    scope = scope_of(request)
    criterion = _criterion(kind, value)
    query = read_asked(request)
    if any(one.asked == criterion.asked for one in query.criteria):
        raise not_read([QueryFault(criterion.parameter, "said-by-the-path")])
    return answer_query(request, scope, joined(query, [criterion]))


def _criterion(kind: str, value: str) -> Criterion:
    """Return what an address means by its path. Raises Wrong: 404 for a kind of event that there is not."""
    if "\0" in value or (kind == _TYPES and value not in EVENT_TYPES):
        raise Wrong(404, _("There is no such thing to ask about."))
    if kind == _TYPES:
        return Criterion("eventType", Asked("EQ", "eventType", "types"), (value,))
    if kind == _THINGS:
        return Criterion("epc", Asked("MATCH", "any", "words"), (value,))
    field = FIELDS[kind]
    return Criterion(f"EQ_{field}", Asked("EQ", field, "words"), (value,))


def _lister(kind: str, scope: Scope) -> Listed:
    if kind == _THINGS:
        return lambda after, most: things_seen(scope, canonical_uri(after), most)
    return lambda after, most: values_seen(FIELDS[kind], scope, after, most)


def _collection(members: Sequence[str]) -> HttpResponse:
    document: dict[str, Any] = {"@context": CONTEXT, "type": "Collection", "member": [*members]}
    return as_json(document)


def _paging(request: HttpRequest) -> tuple[int, str]:
    """Return how many a page holds, and behind which name it begins. Raises Wrong: 400."""
    said = dict(pairs_of(request))
    faults = [
        QueryFault(name, "unknown-parameter")
        for name in said
        if name not in {"perPage", "nextPageToken"}
    ]
    most = said.get("perPage", str(PER_PAGE))
    if not (most.isascii() and most.isdigit() and len(most) < 10 and int(most)):
        faults.append(QueryFault("perPage", "not-a-count"))
    after = _read_token(said.get("nextPageToken", ""))
    if after is None:
        faults.append(QueryFault("nextPageToken", "not-a-token"))
    if faults or after is None:
        raise not_read(faults)
    return min(int(most), MOST_PER_PAGE), after


def _token(name: str) -> str:
    return urlsafe_b64encode(name.encode()).decode().rstrip("=")


def _read_token(token: str) -> str | None:
    try:
        name = urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError:
        return None
    return None if "\0" in name else name
