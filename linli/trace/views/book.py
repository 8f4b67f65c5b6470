"""The book of an operator: entering what was done, looking at it again, saying that it was wrong."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.clock import now
from linli.kernel.idempotency import act_once, new_key
from linli.kernel.refusals import Refused, on_form
from linli.trace.actions import book, book_wrongs
from linli.trace.forms.book import ASKED, DeedForm
from linli.trace.models import BookLine
from linli.trace.queries.book_words import KIND_STATES, line_words, told, warning_words
from linli.trace.queries.shop_book import line_of, lines_of
from linli.trace.views.trade_desk import Desk
from linli.trace.views.ways import DO, posted

PER_PAGE = 40


@require_http_methods(DO)
def entry(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Take one deed in three fields, and show what was understood; sent twice it is one deed."""
    if kind not in ASKED:
        raise Http404
    return act_once(request, partial(_entry, request, desk, kind))


def _entry(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    at = now()
    form = DeedForm(posted(request), kind=kind, operator=desk.operator, at=at)
    if form.is_valid():
        try:
            done = book.enter(by=desk.by, at=at, operator=desk.operator, deeds=[form.deed()])
        except Refused as refused:
            on_form(form, refused)
        else:
            return _entered(request, desk, done)
    title = ASKED[kind].title
    return _asked(request, desk, form, title=title, trail=desk.trail((title, "")))


@require_safe
def lines(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the book, the last line first."""
    page = Paginator(lines_of(desk.operator), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "desk": desk,
        "page": page,
        "rows": [(line, KIND_STATES[line.kind], line_words(line)) for line in page],
        "trail": desk.trail((_("The book"), "")),
    }
    return render(request, "trace/trade_lines.html", context)


@require_safe
def line(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Show one line, and the event that it made, in words and as it was told."""
    return render(request, "trace/trade_line.html", _shown(desk, _line(desk, code)))


@require_http_methods(DO)
def line_correct(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Take what holds instead of a line that was wrong."""
    return act_once(request, partial(_correct, request, desk, _line(desk, code)))


def _correct(request: HttpRequest, desk: Desk, wrong: BookLine) -> HttpResponse:
    form = DeedForm(
        posted(request), kind=wrong.kind, operator=desk.operator, at=wrong.happened_at, line=wrong
    )
    if form.is_valid():
        try:
            done = book_wrongs.correct(by=desk.by, at=now(), line=wrong, deed=form.deed())
        except Refused as refused:
            on_form(form, refused)
        else:
            return _entered(request, desk, done)
    steps = ((_("The book"), "book/"), (wrong.code, f"book/{wrong.code}/"), (_("Correct it"), ""))
    return _asked(request, desk, form, title=_("What holds instead?"), trail=desk.trail(*steps))


@require_http_methods(DO)
def line_back(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """Ask once more, and declare that what a line tells did not happen."""
    found, refused = _line(desk, code), None
    if request.method == "POST":
        try:
            book_wrongs.take_back(by=desk.by, at=now(), line=found)
        except Refused as said:
            refused = said
        else:
            return redirect(f"{desk.base}book/{found.code}/")
    context = _shown(desk, found) | {"asked": True, "refused": refused}
    status = refused.status if refused else 200
    return render(request, "trace/trade_line.html", context, status=status)


def _line(desk: Desk, code: str) -> BookLine:
    found = line_of(desk.operator, code)
    if found is None:
        raise Http404
    return found


def _shown(desk: Desk, one: BookLine) -> dict[str, Any]:
    deed = one.event.lines.exclude(kind=BookLine.USED).select_related("lot__product").first()
    return {
        "desk": desk,
        "line": deed or one,
        "told": told(one.event),
        "state": KIND_STATES[(deed or one).kind],
        "instead": one.corrections.first(),
        "trail": desk.trail((_("The book"), "book/"), (one.code, "")),
    }


def _entered(request: HttpRequest, desk: Desk, done: book.Entered) -> HttpResponse:
    """Show what came of a form, and what is to be warned of."""
    if not done.lines:
        return redirect(f"{desk.base}book/")
    found = _line(desk, done.lines[0].code)
    warned = [warning_words(one.kind, one.name, one.state) for one in done.warned]
    context = _shown(desk, found) | {"entered": True, "warned": warned}
    return render(request, "trace/trade_line.html", context)


def _asked(request: HttpRequest, desk: Desk, form: DeedForm, **named: Any) -> HttpResponse:
    context = {"desk": desk, "form": form, "once": new_key()} | named
    status = 422 if form.is_bound else 200
    return render(request, "trace/trade_entry.html", context, status=status)
