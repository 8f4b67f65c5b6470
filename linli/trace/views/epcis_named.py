"""/epcis/queries: questions with a name, kept, asked again and taken away. To be told of new events waits."""

import json
import re
from typing import Any, Final, NoReturn
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import now
from linli.kernel.refusals import Refused
from linli.trace.actions.named_queries import name_query, remove_query
from linli.trace.models import NamedQuery
from linli.trace.queries.event_scope import Scope, named_queries
from linli.trace.rules.epcis.query_parameters import CONTROLS
from linli.trace.rules.epcis.query_reading import Query, QueryFault, read_query
from linli.trace.views.epcis_frame import Wrong, as_json, scope_of
from linli.trace.views.epcis_query import answer_query, not_read, pairs_of

_NAME: Final = re.compile(r"[\w.~-]{1,60}")
_LARGEST: Final = 64 * 1024
_OF_PAGES: Final = CONTROLS & {"perPage", "nextPageToken"}


def queries(request: HttpRequest) -> HttpResponse:
    """List the queries that have a name."""
    scope = scope_of(request)
    return as_json({"queries": [_described(one) for one in named_queries(scope)]})


def add_query(request: HttpRequest) -> HttpResponse:
    """Keep a query under a name. Raises Wrong: 400, 409 where the name is taken, 413."""
    scope = scope_of(request)
    name, parameters = _read_body(request)
    found = read_query(parameters)
    if isinstance(found, list):
        raise not_read(found)
    try:
        kept = name_query(
            by=scope.by, at=now(), operator=scope.operator, name=name, parameters=parameters
        )
    except Refused as refused:
        raise Wrong(409, refused.sentence, "DuplicateNameException") from refused
    response = as_json(_described(kept), status=201)
    response["Location"] = request.build_absolute_uri(f"{request.path}/{quote(name)}")
    return response


def query(request: HttpRequest, name: str) -> HttpResponse:
    """Tell one query."""
    return as_json(_described(_named(scope_of(request), name)))


def remove(request: HttpRequest, name: str) -> HttpResponse:
    """Take a query away. Raises Wrong: 404."""
    scope = scope_of(request)
    _named(scope, name)
    remove_query(by=scope.by, at=now(), operator=scope.operator, name=name)
    return HttpResponse(status=204)


def query_events(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a query by its name: the events that it means now, a page at a time."""
    scope = scope_of(request)
    kept = _named(scope, name)
    turned = dict(pairs_of(request))
    if unknown := [QueryFault(one, "unknown-parameter") for one in turned if one not in _OF_PAGES]:
        raise not_read(unknown)
    per_page = turned.get("perPage", "")
    if per_page:
        turned["perPage"] = int(per_page) if re.fullmatch("[0-9]{1,9}", per_page) else per_page  # type: ignore[assignment]
    found = read_query(kept.parameters | turned)
    if not isinstance(found, Query):
        raise not_read(found)
    return answer_query(request, scope, found, kept.name)


def subscriptions(request: HttpRequest, name: str) -> HttpResponse:
    """Say that nobody is called back yet. Raises Wrong: 404 for no such query, else 501."""
    _named(scope_of(request), name)
    raise Wrong(501, _("Subscriptions are not offered yet. Ask again from time to time."))


def _named(scope: Scope, name: str) -> NamedQuery:
    found = named_queries(scope).filter(name=name).first() if _NAME.fullmatch(name) else None
    if found is None:
        raise Wrong(404, _("There is no query of this name."), "NoSuchNameException")
    return found


def _read_body(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Return name and parameters of what was sent. Raises Wrong: 400, 413."""
    if int(request.headers.get("Content-Length") or 0) > _LARGEST:
        raise Wrong(413, _("This is too large."))
    said = _read_json(request.body)
    name = said.get("name") if isinstance(said, dict) else None
    parameters = said.get("query") if isinstance(said, dict) else None
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(parameters, dict):
        raise Wrong(400, _("Send a name of letters and digits, and a query."))
    if "nextPageToken" in parameters:
        raise not_read([QueryFault("nextPageToken", "not-a-value")])
    return name, parameters


def _read_json(body: bytes) -> object:
    """Return what was sent, None for what no database could keep: halves of letters, the letter zero, no numbers."""
    try:
        said: object = json.loads(body, parse_constant=_refuse)
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return None if b"\\u0000" in body else said


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _described(kept: NamedQuery) -> dict[str, Any]:
    return {"name": kept.name, "query": kept.parameters, "createdAt": kept.at.isoformat()}
