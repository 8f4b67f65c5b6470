"""A console list as a file: made of the list's own pages, so that it holds what its reader may see and saw, no more."""

from collections.abc import Iterator
from copy import copy
from itertools import chain
from typing import IO

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.kernel.list_pages import ListPage, lists
from linli.kernel.page_tables import Table, tables_of
from linli.kernel.refusals import Refused
from linli.kernel.sheets import XLSX, Cell, csv_lines, xlsx_file

MOST_ROWS = 10_000
FORMS = ("csv", "xlsx")


class _Silent(list[str]):
    """Messages that wait for their reader stay where they are while a page is read for a file."""

    def add(self, *_given: object) -> None:
        """Say nothing."""


class _Pages:
    """The pages of one list as its reader gets them, with the filters of the address."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.request, self.path = request, reverse(name)
        self.language = translation.get_language()

    def read(self, number: int) -> tuple[list[Table], int]:
        """Return the tables of one page and how many pages there are."""
        # Pages after the first are read while the file is on its way, when no language is set any more.
        with translation.override(self.language):
            return tables_of(self._answer(number).content.decode())

    def _answer(self, number: int) -> HttpResponse:
        asked = copy(self.request)
        match = resolve(self.path)
        given = self.request.GET.copy()
        given["page"] = str(number)
        asked.method, asked.GET = "GET", _frozen(given)  # type: ignore[assignment]
        asked.path = asked.path_info = self.path
        asked.META = {**self.request.META, "QUERY_STRING": asked.GET.urlencode()}
        asked.resolver_match = match
        asked._messages = _Silent()  # type: ignore[attr-defined]  # noqa: SLF001 - as the framework keeps them
        answer: HttpResponse = match.func(asked, *match.args, **match.kwargs)
        if answer.status_code != 200 or answer.streaming:
            raise Http404
        return answer


def _frozen(given: QueryDict) -> QueryDict:
    return QueryDict(given.urlencode())


def taken_away(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Return a list as CSV or XLSX, row by row.

    Refuses: not_taken_away for a list that stays; too_many_rows over 10,000. Http404 for no such list or form.
    """
    page = lists().get(name)
    if page is None or form not in FORMS or page.files:
        raise Http404
    _let_go(page)
    pages = _Pages(request, name)
    tables, last = pages.read(1)
    if sum(len(one.rows) for one in tables) * last > MOST_ROWS:
        raise Refused(
            "too_many_rows", _("These are more than 10,000 rows: choose fewer by the filters.")
        )
    columns = tables[0].columns if tables else []
    rows = chain(_rows(tables, columns), _further(pages, last, columns))
    return _answered(name, form, columns, rows)


def _let_go(page: ListPage) -> None:
    if page.stays:
        raise Refused("not_taken_away", page.stays, status=403)


def _further(pages: _Pages, last: int, columns: list[str]) -> Iterator[list[Cell]]:
    for number in range(2, last + 1):
        # What stands above the paged table stands on every page: it was taken with the first.
        yield from _rows(pages.read(number)[0][-1:], columns)


def _rows(tables: list[Table], columns: list[str]) -> Iterator[list[Cell]]:
    for table in tables:
        if table.columns == columns:
            yield from table.rows


def _answered(
    name: str, form: str, columns: list[str], rows: Iterator[list[Cell]]
) -> HttpResponseBase:
    file_name = f"{name.replace(':', '-').replace('_', '-')}.{form}"
    if form == "xlsx":
        file: IO[bytes] = xlsx_file(columns, rows, title=name.partition(":")[2])
        return FileResponse(file, as_attachment=True, filename=file_name, content_type=XLSX)
    lines = chain(["\ufeff"], csv_lines(columns, rows))  # the mark by which spreadsheets know UTF-8
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
