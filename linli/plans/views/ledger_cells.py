"""The cells of a row as HTML. In Python, because a page holds six hundred of them: a template takes five
times as long for what is the same five lines again and again.
"""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.ui.templatetags.ui import lamp

_PENCIL = SafeString(
    '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor"'
    ' stroke-width="1.8"><path d="M4 20l1-4L16 5l3 3L8 19zM14 7l3 3"/></svg>'
)


class Shown(NamedTuple):
    """One cell on a page. `at`: where it is changed; `moves`: there only by asking."""

    key: str
    text: str
    css: str
    chinese: bool
    at: str = ""
    moves: bool = False


class Place(NamedTuple):
    """The row in which a cell stands: its code, its lamp for ui/, the task's page, where it is edited, and
    whether it comes back from there.
    """

    code: str
    state: str
    task_at: str
    edit_at: str
    returns: bool


def html(cell: Shown, place: Place) -> SafeString:
    """Return one cell; its text is the cell's text and nothing else."""
    if cell.key == "title":
        return _title(cell, place)
    if cell.key == "lamp":
        return format_html('<td class="{}">{}</td>', cell.css, lamp(place.state, cell.text))
    if cell.at:
        return _linked(cell, place)
    if cell.key == "code":
        return format_html('<td class="whole"><bdi dir="ltr">{}</bdi></td>', cell.text)
    if cell.chinese:
        return format_html('<td class="{}" lang="zh">{}</td>', cell.css, cell.text)
    return format_html('<td class="{}">{}</td>', cell.css, cell.text)


def _title(cell: Shown, place: Place) -> SafeString:
    pencil = SafeString("")
    if place.edit_at:
        pencil = format_html(
            '&nbsp;<a class="pencil" id="edit-{}" href="{}"{}{} aria-label="{}: {}">{}</a>',
            place.code, place.edit_at, _in_place(place.edit_at, place),
            SafeString(" autofocus" if place.returns else ""), _("Edit"), cell.text, _PENCIL,  # nosec B703 - ours
        )  # fmt: skip
    return format_html(
        '<th scope="row" class="{}"><a href="{}" lang="zh">{}</a>{}</th>',
        cell.css, place.task_at, cell.text, pencil,
    )  # fmt: skip


def _linked(cell: Shown, place: Place) -> SafeString:
    how = format_html(' title="{}"', _("Ask to move")) if cell.moves else _in_place(cell.at, place)
    named = SafeString("") if cell.text else format_html(' aria-label="{}"', _("Edit"))
    return format_html(
        '<td class="{}"><a class="cell" href="{}"{}{}{}>{}</a></td>',
        cell.css, cell.at, how, named, SafeString(' lang="zh"' if cell.chinese else ""), cell.text,  # nosec B703 - ours
    )  # fmt: skip


def _in_place(address: str, place: Place) -> SafeString:
    """Return what makes a script put the form where the row is."""
    return format_html(' hx-get="{}" hx-target="#task-{}" hx-swap="outerHTML"', address, place.code)
