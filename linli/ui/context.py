"""What every template knows: the reader's look. Views may put another `look` in its place."""

from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from linli.ui.languages import language_of
from linli.ui.look import Look, chosen


def look_of(request: HttpRequest) -> Look:
    """The look for this request: the active language, and what the cookies ask for."""
    return Look(language_of(get_language()), address_of(request), **chosen(request.COOKIES))


def address_of(request: HttpRequest) -> str:
    """Where this page can be opened again: after a form was sent back, where the form stood."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    try:
        ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    except DisallowedHost:  # which the page about it would raise once more
        ours = False
    if not ours:
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def page(request: HttpRequest) -> dict[str, object]:
    """The context processor."""
    return {"look": look_of(request)}
