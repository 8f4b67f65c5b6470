"""Places on the console: the list, one with its history, hours and languages as a form."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.directory import actions, queries
from linli.directory.forms import PlaceForms, PlaceListForm
from linli.directory.models import Location
from linli.directory.queries.drafts import location_draft
from linli.directory.rules.languages import Spoken, matrix
from linli.directory.schemas.telling import MODES, SHORT_WEEKDAYS, WAYS_IN, language_name
from linli.directory.views.hours import plain_week
from linli.directory.views.told import chosen, fresh_tag, history, on_rows
from linli.directory.views.wordings import WORDINGS
from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting, staff_only
from linli.kernel.refusals import Refused

PER_PAGE = 50
KEEPERS = (Role.PLANNER, Role.OFFICER, Role.CLERK)


@require_safe
@staff_only()
def place_list(request: HttpRequest) -> HttpResponse:
    filters, today = PlaceListForm(request.GET, WORDINGS), localdate(now())
    places = queries.listed_locations(chosen(filters), today)
    page = Paginator(places.prefetch_related("languages"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "trail": _trail(_("Stations and venues"))[::2],
        "page": page,
        "rows": [(one, _spoken(one), fresh_tag(one.assured_on, today, "location")) for one in page],
        "may_add": queries.kept_by(acting(request)).exists(),
    }
    return render(request, "directory/console_places.html", context)


@require_safe
@staff_only()
def place(request: HttpRequest, code: str) -> HttpResponse:
    at = now()
    today = localdate(at)
    told = queries.station_page(code, today)
    if told is None:
        raise Http404
    location = told.location
    context = {
        "station": told,
        "location": location,
        "fresh": fresh_tag(location.assured_on, today, "location"),
        "week": plain_week(location.schedules.all(), at),
        "weekdays": SHORT_WEEKDAYS,
        "languages": _grid(location),
        "ways": [WAYS_IN.get(way, way) for way in location.access],
        "history": history(queries.changes_of(location.uuid)),
        "may_keep": queries.may_keep(acting(request), location.organization),
        "trail": _trail(location.name),
    }
    return render(request, "directory/console_place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPERS)
def place_new(request: HttpRequest) -> HttpResponse:
    by, data, at = acting(request), request.POST or None, now()
    forms = PlaceForms.of(data, None, "", queries.kept_by(by), WORDINGS)
    if data and "more" not in data and forms.are_valid():
        try:
            made = actions.open_location(by=by, at=at, draft=forms.draft(localdate(at)))
        except Refused as refused:
            on_rows(forms.place, refused)
        else:
            return redirect("directory:place", made.code)
    return _form(request, forms, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*KEEPERS)
def place_edit(request: HttpRequest, code: str) -> HttpResponse:
    location, by, data, at = _location(request, code), acting(request), request.POST or None, now()
    seen = location.last_modified.isoformat()
    forms = PlaceForms.of(data, location_draft(location), seen, queries.kept_by(by), WORDINGS)
    if data and "more" not in data and forms.are_valid():
        try:
            actions.amend_location(
                by=by, at=at, location=location, draft=forms.draft(localdate(at)),
                seen=datetime.fromisoformat(forms.place.cleaned_data["seen"] or seen),
            )  # fmt: skip
        except Refused as refused:
            on_rows(forms.place, refused)
        else:
            return redirect("directory:place", code)
    return _form(request, forms, location)


@require_POST
@staff_only(*KEEPERS)
def place_assure(request: HttpRequest, code: str) -> HttpResponse:
    actions.assure_location(by=acting(request), at=now(), location=_location(request, code))
    messages.success(request, _("Hours, languages and phones are as of today."))
    return redirect("directory:place", code)


@require_POST
@staff_only(*KEEPERS)
def place_close(request: HttpRequest, code: str) -> HttpResponse:
    at, location = now(), _location(request, code)
    actions.close_location(by=acting(request), at=at, location=location, on=localdate(at))
    messages.success(request, _("The place is closed for good; its page says so."))
    return redirect("directory:place", code)


def _location(request: HttpRequest, code: str) -> Location:
    """Return the place, which whoever asks must keep."""
    found = get_object_or_404(Location.objects.select_related("organization__unit"), code=code)
    if not queries.may_keep(acting(request), found.organization):
        raise PermissionDenied
    return found


def _spoken(location: Location) -> list[Any]:
    tags = dict.fromkeys(one.language for one in location.languages.all())
    return [language_name(tag) for tag in tags]


def _grid(location: Location) -> list[tuple[Any, list[list[Any]]]]:
    """Return each language with its seven days, Monday first, each with the ways it is spoken in."""
    said = [Spoken("", one.language, one.weekday, one.mode) for one in location.languages.all()]
    return [
        (language_name(tag), [[MODES[mode] for mode in cell] for cell in week])
        for (_place, tag), week in matrix(said).items()
    ]


def _form(request: HttpRequest, forms: PlaceForms, location: Location | None) -> HttpResponse:
    asked = request.method == "POST" and "more" not in request.POST
    context: dict[str, Any] = {
        "forms": forms,
        "form": forms.place,
        "asked": asked,
        "location": location,
        "trail": _trail(location.name if location else _("A new place")),
    }
    return render(
        request, "directory/console_place_edit.html", context, status=422 if asked else 200
    )


def _trail(here: str) -> list[tuple[str, str]]:
    return [
        (_("Desk"), reverse("portal:console")),
        (_("Stations and venues"), reverse("directory:place_list")),
        (here, ""),
    ]
