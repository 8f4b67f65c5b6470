"""What stands over every list of the console: its saved views, the filters to save, the rows to take along."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.list_pages import ListPage, lists
from linli.kernel.models import Staff
from linli.ui.first_view import views_of

register = template.Library()
_PLACES = ("page", "after", "all")  # where one is in a list, not what is asked of it


@register.simple_tag(takes_context=True)
def list_tools(context: template.Context) -> SafeString:
    """The bar over a list that an app names; nothing on every other page, or on one that is only sent back."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    page = lists().get(match.view_name) if match else None
    if page is None or request is None or not isinstance(request.user, Staff):
        return SafeString()
    told = _told(request, request.user, page)
    if not (told["views"] or told["query"] or told["files"]):
        return SafeString()
    return mark_safe(render_to_string("ui/_list_tools.html", told, request))  # noqa: S308 - a template of ours


def _told(request: HttpRequest, staff: Staff, page: ListPage) -> dict[str, Any]:
    name = page.views_of or page.name
    asked = request.GET.copy()
    for place in _PLACES:
        asked.pop(place, None)
    for field in [field for field, values in asked.lists() if not any(values)]:
        asked.pop(field)
    views = views_of(request, staff, name)
    return {
        "name": name,
        "here": reverse(page.name),
        "query": asked.urlencode(),
        "views": views,
        "own": any(view.owner_id == staff.pk for view in views),
        "files": _files(page),
    }


def _files(page: ListPage) -> list[tuple[str, str]]:
    if page.stays:
        return []
    own = [reverse(name) for name in page.files]
    made = [reverse("portal:list_file", args=[page.name, form]) for form in ("csv", "xlsx")]
    return list(zip(("CSV", "XLSX"), own or made, strict=True))
