"""The pages of the handbook: which roles there are, and what one of them is told."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.portal.handbook.chapters import ROLES, Page, page_of
from linli.ui.kept import always, kept_while


@require_safe
@kept_while(always)
def handbook(request: HttpRequest) -> HttpResponse:
    """Show for whom there is a handbook, with the chapters of each."""
    context = {"pages": _pages(), "trail": [(_("Home"), reverse("portal:home")), (_title(), "")]}
    return render(request, "portal/handbook/contents.html", context)


@require_safe
@kept_while(always)
def handbook_role(request: HttpRequest, role: str) -> HttpResponse:
    """Show what one role is told."""
    if role not in ROLES:
        raise Http404
    pages = _pages()
    page = next(one for one in pages if one.role == role)
    trail = [
        (_("Home"), reverse("portal:home")),
        (_title(), reverse("portal:handbook")),
        (page.title, ""),
    ]
    others = [one for one in pages if one is not page]
    context = {"page": page, "others": others, "trail": trail}
    return render(request, "portal/handbook/role.html", context)


def _title() -> str:
    return _("Handbook")


def _pages() -> list[Page]:
    code = get_language() or ""
    return [page_of(role, code) for role in ROLES]
