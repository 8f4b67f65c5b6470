"""One field from which every page of the console is reached: by its words, or by the code of what one looks for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.doors import acting, staff_only
from linli.portal.going.codes import address_of
from linli.portal.going.places import found_places


@require_safe
@staff_only()
def go(request: HttpRequest) -> HttpResponse:
    """Show the pages that answer some words; a code leads at once to what has it. For a script, the list alone."""
    by = acting(request)
    words = request.GET.get("q", "")[:100].replace("\0", "").strip()
    address = address_of(words, by) if words else ""
    scripted = bool(request.htmx)  # type: ignore[attr-defined]
    if address and not scripted:
        return redirect(address)
    context = {
        "words": words,
        "thing": address,
        "places": found_places(by.role, words),
        "trail": [(_("Desk"), reverse("portal:console")), (_("Go to"), "")],
    }
    name = "portal/_go_found.html" if scripted else "portal/go.html"
    return render(request, name, context)
