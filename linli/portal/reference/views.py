"""The page: all that can be asked as JSON, from the same description that programs read."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linli.kernel.text import Words
from linli.portal.reference.described import by_tag
from linli.ui.kept import always, kept_while

# What is asked most comes first; a tag that is not named here stands at the end under its own name.
_PARTS: Mapping[str, Words] = {
    "figures": gettext_lazy("Figures, indicators, places"),
    "atlas": gettext_lazy("Places side by side, releases"),
    "promises": gettext_lazy("Promises"),
    "offers": gettext_lazy("Courses, events, appointments"),
    "cases": gettext_lazy("Requests and complaints"),
}


@require_safe
@kept_while(always)
def reference(request: HttpRequest, describe: Callable[[], Mapping[str, Any]]) -> HttpResponse:
    """Show every address of the JSON interface with what it takes and gives."""
    found = by_tag(describe())
    order = [*(tag for tag in _PARTS if tag in found), *(tag for tag in found if tag not in _PARTS)]
    context = {
        "parts": [(tag or "other", _PARTS.get(tag, tag), found[tag]) for tag in order],
        "description": "/api/openapi.json",
        "door": request.build_absolute_uri("/mcp"),
        "others": _others(),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Open data"), reverse("atlas:open_data")),
            (_("For programs"), ""),
        ],
    }
    return render(request, "portal/reference.html", context)


def _others() -> list[tuple[str, str, Words]]:
    """Return the other doors for programs: address, standard, what is behind it."""
    return [
        ("/hsds/", "HSDS 3.1", _("Services, organizations, places")),
        ("/open311/v2/discovery.json", "Open311 GeoReport v2", _("Requests about public places")),
        ("/ogc/", "OGC API Features", _("What lies where")),
        ("/dcat/catalog.jsonld", "DCAT-AP 3.0.1", _("The catalogue of all data")),
        ("/iati/activities.xml", "IATI 2.03", _("Public money")),
        ("/feeds/releases.atom", "Atom", _("New releases")),
    ]
