"""Saved views of all lists, and lists as files."""

from itertools import groupby
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import saved_views
from linli.kernel.clock import now
from linli.kernel.doors import acting, signed_in, staff_only
from linli.kernel.list_pages import lists
from linli.kernel.models import SavedView
from linli.kernel.refusals import Refused, on_form
from linli.portal.lists.forms import SaveViewForm
from linli.portal.lists.taking import taken_away
from linli.portal.lists.titles import title_of

_DEEDS = {"share": ("shared", True), "keep": ("shared", False), "first": ("first", True), "later": ("first", False)}  # fmt: skip


@require_safe
@staff_only()
def views(request: HttpRequest) -> HttpResponse:
    """Show one's own views, list by list."""
    return _page(request)


@require_POST
@staff_only()
def view_save(request: HttpRequest) -> HttpResponse:
    """Keep the filters that are set under a name."""
    form = SaveViewForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data | {"query": _plain(form.cleaned_data["query"])}
        draft = saved_views.ViewDraft(**given)
        try:
            view = saved_views.save_view(
                by=acting(request), at=now(), owner=signed_in(request), draft=draft
            )
        except Refused as refused:
            on_form(form, refused, "name")
        else:
            messages.success(request, _("Saved under “%(name)s”.") % {"name": view.name})
            return redirect(address_of(view))
    return _page(request, form, status=422)


@require_POST
@staff_only()
def view_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a view, share it, or open its list with it."""
    by, at = acting(request), now()
    view = get_object_or_404(
        SavedView.objects.select_related("owner"), pk=pk, owner=signed_in(request)
    )
    deed = request.POST.get("deed", "")
    if deed == "forget":
        saved_views.forget_view(by=by, at=at, view=view)
        messages.success(request, _("Forgotten: “%(name)s”.") % {"name": view.name})
    elif deed in _DEEDS:
        what, wanted = _DEEDS[deed]
        if what == "shared":
            saved_views.share_view(by=by, at=at, view=view, shared=wanted)
        else:
            saved_views.open_with(by=by, at=at, view=view, first=wanted)
    else:
        return _page(request, status=422)
    return redirect("portal:views")


@require_safe
@staff_only()
def list_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Answer with a list as a file, filtered as the address says."""
    return cast("HttpResponse", taken_away(request, name, form))  # a streamed one, too


def address_of(view: SavedView) -> str:
    """Return where a view opens."""
    if view.page not in lists():
        raise Http404
    return f"{reverse(view.page)}?{view.query or 'all'}"


def _plain(query: str) -> str:
    """Return the filters of an address without the place in it: the page, and what says that all is shown."""
    asked = QueryDict(query.removeprefix("?").replace("\0", ""), mutable=True)
    for name in ("page", "after", "all"):
        asked.pop(name, None)
    return asked.urlencode()


def _page(
    request: HttpRequest, form: SaveViewForm | None = None, *, status: int = 200
) -> HttpResponse:
    own = signed_in(request).saved_views.filter(page__in=lists()).order_by("page", "name", "pk")
    groups = [
        (title_of(page), [(one, address_of(one)) for one in found])
        for page, found in groupby(own, key=lambda one: one.page)
    ]
    context = {
        "groups": groups,
        "form": form,
        "trail": [(_("Desk"), reverse("portal:console")), (_("My views"), "")],
    }
    return render(request, "portal/lists/views.html", context, status=status)
