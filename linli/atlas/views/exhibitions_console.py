"""Exhibitions on the console: begun, hung, looked at before they are opened, labelled, closed."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.atlas.actions import exhibitions as actions
from linli.atlas.actions import works as work_actions
from linli.atlas.forms.exhibitions import ExhibitionForm, WorkForm
from linli.atlas.models import Exhibition, Work
from linli.atlas.queries.exhibitions import (
    content,
    digest,
    opened_editions,
    visible_exhibitions,
    works_of,
)
from linli.atlas.schemas.exhibition_words import labelled
from linli.atlas.views.exhibitions import work_file
from linli.atlas.views.squares import square
from linli.kernel.actors import Actor, Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused, on_form
from linli.kernel.text import Words
from linli.ui.private import private

KEEPERS: Final = (Role.PLANNER, Role.OFFICER)
DO: Final = ["GET", "HEAD", "POST"]
# What is refused, at which field it is said.
_AT: Final = {
    "no_title": "title", "no_words": "about", "unknown_kind": "kind", "unknown_source": "source", "no_source": "source_name",
    "nothing_to_see": "text", "not_a_photo": "picture", "no_picture_words": "shows", "no_sound_words": "says",
    "no_leave": "leave",
}  # fmt: skip


@private
@require_safe
@staff_only(*KEEPERS)
def console_exhibitions(request: HttpRequest) -> HttpResponse:
    """List the exhibitions that one works with."""
    listed = list(visible_exhibitions(acting(request)).prefetch_related("works"))
    editions = opened_editions(listed)
    rows = [(one, editions.get(one.pk), len(one.works.all())) for one in listed]
    return render(
        request, "atlas/console_exhibitions.html", {"exhibitions": rows, "trail": _trail()}
    )


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def exhibition_new(request: HttpRequest) -> HttpResponse:
    """Begin an exhibition."""
    by = acting(request)
    form = ExhibitionForm(_posted(request), by=by)
    if form.is_valid() and (
        made := _try(form, lambda: actions.begin_exhibition(by=by, at=now(), draft=form.draft()))
    ):
        messages.success(request, _("Begun. Now hang the first work."))
        return redirect("atlas:console_exhibition", made.code)
    return _form_page(request, form, _("A new exhibition"), reverse("atlas:console_exhibitions"))


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def exhibition_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what an exhibition is called."""
    by = acting(request)
    found = _found(by, code)
    form = ExhibitionForm(_posted(request), instance=found, by=by)
    if form.is_valid() and _try(
        form,
        lambda: actions.change_exhibition(by=by, at=now(), exhibition=found, draft=form.draft()),
    ):
        return redirect("atlas:console_exhibition", code)
    return _form_page(request, form, _("Titles and words"), _console(code))


@private
@require_safe
@staff_only(*KEEPERS)
def console_exhibition(request: HttpRequest, code: str) -> HttpResponse:
    """Show a draft with its works, and what may be done with it."""
    by = acting(request)
    found = _found(by, code)
    works = works_of(found)
    newest = found.editions.order_by("-number").first()
    seen = digest(content(found, works))
    context = {
        "exhibition": found,
        "works": works,
        "newest": newest,
        "seen": seen,
        "changed": newest is None or newest.digest != seen,
        "opens": by.role == Role.PLANNER,
        "own": found.changed_by == by.name,
        "trail": _trail((found.shown_title, "")),
    }
    return render(request, "atlas/console_exhibition.html", context)


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def work_new(request: HttpRequest, code: str) -> HttpResponse:
    """Hang a work."""
    by = acting(request)
    found = _found(by, code)
    form = WorkForm(*_sent(request))
    if form.is_valid() and _try(
        form, lambda: work_actions.hang(by=by, at=now(), exhibition=found, draft=form.draft())
    ):
        messages.success(request, _("It hangs at the end of the tour."))
        return redirect("atlas:console_exhibition", code)
    return _form_page(request, form, _("Hang a work"), _console(code))


@private
@require_http_methods(DO)
@staff_only(*KEEPERS)
def work_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change a work."""
    by = acting(request)
    found = _work(by, code, pk)
    form = WorkForm(*_sent(request), instance=found)
    if form.is_valid() and _try(
        form, lambda: work_actions.change_work(by=by, at=now(), work=found, draft=form.draft())
    ):
        return redirect("atlas:console_exhibition", code)
    return _form_page(request, form, _("Change a work"), _console(code))


@private
@require_POST
@staff_only(*KEEPERS)
def work_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a work down."""
    by = acting(request)
    found = _work(by, code, pk)
    return _done(
        request, code, lambda: work_actions.take_down_work(by=by, at=now(), work=found), _("Taken down.")
    )  # fmt: skip


@private
@require_POST
@staff_only(*KEEPERS)
def work_move(request: HttpRequest, code: str, pk: int, way: str) -> HttpResponse:
    """Move a work one place forward or back."""
    if way not in {"up", "down"}:
        raise Http404
    by = acting(request)
    found = _work(by, code, pk)
    up = way == "up"
    return _done(
        request, code, lambda: work_actions.move_work(by=by, at=now(), work=found, up=up), _("Moved.")
    )  # fmt: skip


@private
@require_safe
@staff_only(*KEEPERS)
def work_picture(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Return the picture of a draft's work."""
    found = _work(acting(request), code, pk)
    if not found.picture:
        raise Http404
    return work_file(found.picture, found.picture_type)


@private
@require_POST
@staff_only(Role.PLANNER)
def exhibition_open(request: HttpRequest, code: str) -> HttpResponse:
    """Open an exhibition as it was looked at."""
    by = acting(request)
    found = _found(by, code)
    seen = request.POST.get("seen", "")[:64]
    return _done(
        request,
        code,
        lambda: actions.open_exhibition(by=by, at=now(), exhibition=found, seen=seen),
        _("Opened: everybody may visit it now."),
    )


@private
@require_POST
@staff_only(*KEEPERS)
def exhibition_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an exhibition."""
    by = acting(request)
    found = _found(by, code)
    return _done(
        request,
        code,
        lambda: actions.close_exhibition(by=by, at=now(), exhibition=found),
        _("Closed: nobody outside sees it any more."),
    )


@private
@require_safe
@staff_only(*KEEPERS)
def exhibition_labels(request: HttpRequest, code: str) -> HttpResponse:
    """Show labels to print: title, maker, and a square that leads to the work in the visitor's language."""
    found = _found(acting(request), code)
    newest = opened_editions([found]).get(found.pk)
    works = newest.content["works"] if newest and found.closed_at is None else []
    labels = [
        (labelled(one, number), square(_of_work(request, code, number), "wall-label__square"))
        for number, one in enumerate(works, 1)
    ]
    trail = _trail((found.shown_title, _console(code)), (_("Labels"), ""))
    context = {"exhibition": found, "labels": labels, "trail": trail}
    return render(request, "atlas/exhibition_labels.html", context)


def _found(by: Actor, code: str) -> Exhibition:
    return get_object_or_404(visible_exhibitions(by), code=code)


def _work(by: Actor, code: str, pk: int) -> Work:
    return get_object_or_404(Work.objects.select_related("exhibition"), exhibition=_found(by, code), pk=pk)  # fmt: skip


def _try(form: BaseForm, deed: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the deed returns
    """Do a deed; None, with what is wrong at its field, where it is refused."""
    try:
        return deed()
    except Refused as refused:
        on_form(form, refused, _AT.get(refused.code))
        return None


def _done(
    request: HttpRequest, code: str, deed: Callable[[], object], words: Words
) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    else:
        messages.success(request, str(words))
    return redirect("atlas:console_exhibition", code)


def _form_page(request: HttpRequest, form: BaseForm, title: Words, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back, "trail": _trail((title, ""))}
    status = 422 if form.is_bound else 200
    return render(request, "atlas/exhibition_form.html", context, status=status)


def _console(code: str) -> str:
    return reverse("atlas:console_exhibition", args=[code])


def _of_work(request: HttpRequest, code: str, number: int) -> str:
    return request.build_absolute_uri(reverse("atlas:exhibition_work", args=[code, number]))


def _trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    here = reverse("atlas:console_exhibitions") if steps else ""
    return [(_("Desk"), reverse("portal:console")), (_("Exhibitions"), here), *steps]


def _posted(request: HttpRequest) -> Any:  # noqa: ANN401 - a QueryDict or nothing
    return request.POST if request.method == "POST" else None


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
