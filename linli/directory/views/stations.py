"""Places for everybody: the list with its tile map, and one place with its hours and languages."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.models import Location, ServiceAtLocation
from linli.directory.queries import station_page, stations, told_changes
from linli.directory.queries.open_now import open_now
from linli.directory.queries.standing import standing_directory, standing_windows
from linli.directory.queries.towns import Town, towns_of
from linli.directory.schemas.asked import PlacesForm
from linli.directory.schemas.schemaorg import in_page, place_told
from linli.directory.schemas.telling import (
    FRESH_NAMES,
    FRESH_STATES,
    WAYS_IN,
    WEEKDAYS,
    fresh_words,
    language_name,
)
from linli.directory.views.hours import exceptions, plain_week, standing
from linli.directory.views.languages import week_of
from linli.directory.views.tiles import tile_map
from linli.kernel.clock import now
from linli.ui.kept import kept_while

PER_PAGE = 25
ON_A_MAP = 400


@require_safe
@kept_while(standing_directory, "area", "language", "open", "page")
def station_list(request: HttpRequest) -> HttpResponse:
    at, form = now(), PlacesForm(request.GET)
    chosen = form.chosen
    found = stations(chosen.get("area", "")).order_by("area", "address", "name", "pk")
    if chosen.get("language"):
        found = found.filter(languages__language=chosen["language"]).distinct()
    opened = open_now(at).places
    if chosen.get("open"):
        found = found.filter(pk__in=opened)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    towns = towns_of(found, dict(form.areas))
    drawn = found.values_list("pk", "code", "name", "tile_row", "tile_column")[:ON_A_MAP]
    context = {
        "form": form,
        "page": page,
        "rows": [_row(one, at) for one in page],
        # Squares of two towns would lie on each other.
        "map": tile_map(drawn, opened) if len(towns) == 1 else None,
        "towns": _narrowed(request, towns) if len(towns) > 1 else [],
        "trail": [(_("Home"), reverse("portal:home")), (_("Stations and halls"), "")],
    }
    return render(request, "directory/public_stations.html", context)


@require_safe
@kept_while(standing_windows)
def station(request: HttpRequest, code: str) -> HttpResponse:
    at = now()
    page = station_page(code, localdate(at))
    if page is None:
        raise Http404
    location = page.location
    changes = told_changes(location.uuid)
    rules = list(location.schedules.all())
    host = f"{request.scheme}://{request.get_host()}"
    context = {
        "location": location,
        "data": in_page(place_told(location, host)),
        "standing": standing(rules, at),
        "week": plain_week(rules, at) if rules else [],
        "exceptions": exceptions(rules, at),
        "languages": week_of(location.languages.all()),
        "today": localtime(at).weekday(),
        "weekdays": WEEKDAYS,
        "ways_in": [WAYS_IN.get(way, way) for way in location.access],
        "offers": [_offer(one, at) for one in page.offers],
        "changed_at": changes.last,
        "corrected_at": changes.corrected,
        "fresh_state": FRESH_STATES[page.fresh.state],
        "fresh_name": FRESH_NAMES[page.fresh.state],
        "fresh_words": fresh_words(page.fresh),
        "trail": [
            (_("Home"), reverse("portal:home")),
            (_("Stations and halls"), reverse("directory:stations")),
            (location.name, ""),
        ],
    }
    return render(request, "directory/public_station.html", context)


def _narrowed(request: HttpRequest, towns: list[Town]) -> list[tuple[Town, str]]:
    """Return the towns with the address that narrows to each, whatever else was chosen."""
    found = []
    for town in towns:
        query = request.GET.copy()
        query["area"] = town.code
        query.pop("page", None)
        found.append((town, f"?{query.urlencode()}"))
    return found


def _row(location: Location, at: datetime) -> dict[str, Any]:
    today = localtime(at).weekday()
    spoken = list(location.languages.all())
    tags = dict.fromkeys(one.language for one in spoken)
    there = {one.language for one in spoken if one.weekday == today}
    return {
        "location": location,
        "standing": standing(location.schedules.all(), at),
        "languages": [(language_name(tag), tag in there) for tag in tags],
    }


def _offer(offer: ServiceAtLocation, at: datetime) -> dict[str, Any]:
    own = list(offer.schedules.all())
    return {"offer": offer, "standing": standing(own, at) if own else None}
