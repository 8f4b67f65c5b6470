"""Lists of HSDS as pages and as streams, and what is read beside the things of a page to tell them."""

import json
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from ninja import Schema

from linli.directory.queries.export import AT_A_TIME, batches, changes_by, upper_areas
from linli.directory.schemas.hsds import Url
from linli.directory.schemas.hsds_asked import Paging, ServicesAsked
from linli.directory.schemas.hsds_nested import Nested, Told
from linli.directory.schemas.hsds_rows import Rows

T = TypeVar("T")


class Page(Schema, Generic[T]):
    """One page of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[T]


class About(Schema):
    """What this API is."""

    version: str
    profile: Url
    openapi_url: Url


class Problem(Schema):
    """One refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    code: str


Found = QuerySet[Any] | list[Told]
Tell = Callable[[Iterable[Any]], Iterable[Told]]


def nested_for(host: str, things: Iterable[Any], *, full: bool) -> Nested:
    """Return what tells these things; in full with how they changed."""
    changes = changes_by(one.uuid for one in things) if full else {}
    return Nested(Rows(host, upper_areas()), changes)


def page_of(found: Found, asked: Paging, tell: Tell) -> Told:
    """Return one page in HSDS's envelope; a page after the last one is empty."""
    total = len(found) if isinstance(found, list) else found.count()
    per_page = asked.per_page
    if isinstance(asked, ServicesAsked) and asked.minimal and "per_page" not in asked.model_fields_set:  # fmt: skip
        per_page = max(total, 1)
    pages = -(-total // per_page)
    first = (asked.page - 1) * per_page
    contents = list(tell(found[first : first + per_page])) if first < total else []
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def streamed(found: Found, tell: Tell) -> StreamingHttpResponse:
    """Return everything, a thing a line; only a batch is in memory at a time."""
    some = [found[n : n + AT_A_TIME] for n in range(0, len(found), AT_A_TIME)] if isinstance(found, list) else batches(found)  # fmt: skip
    lines = map(_line, chain.from_iterable(map(tell, some)))
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


def _line(told: Told) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"
