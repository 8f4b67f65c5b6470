"""A list opens with the view that its reader put first; any question in the address, `?all` too, goes before it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve

from linli.kernel.list_pages import lists
from linli.kernel.middleware import Handler
from linli.kernel.models import SavedView, Staff
from linli.kernel.saved_views import views_for

_KEPT = "_views_of_list"


def open_first(handle: Handler) -> Handler:
    """Send who opens a list without a question on to their own first view of it."""

    def opened(request: HttpRequest) -> HttpResponse:
        return _first(request) or handle(request)

    return opened


def views_of(request: HttpRequest, staff: Staff, page: str) -> list[SavedView]:
    """Return the views that a reader finds over a list, asked for once a request."""
    kept: dict[str, list[SavedView]] = request.__dict__.setdefault(_KEPT, {})
    if page not in kept:
        kept[page] = list(views_for(staff, page))
    return kept[page]


def _first(request: HttpRequest) -> HttpResponse | None:
    bare = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    # Who is signed in costs a query: asked on the console alone.
    if not bare or "/console/" not in request.path_info or not isinstance(request.user, Staff):
        return None
    try:
        page = lists().get(resolve(request.path_info).view_name)
    except Resolver404:
        return None
    if page is None or page.views_of:
        return None
    first = [
        view
        for view in views_of(request, request.user, page.name)
        if view.first and view.owner_id == request.user.pk and view.query
    ]
    return HttpResponseRedirect(f"{request.path}?{first[0].query}") if first else None
