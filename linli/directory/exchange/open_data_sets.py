"""The directory as data sets: areas, stations, the languages spoken there, services; and where they lie."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area, LanguageHours, Location, Service
from linli.kernel.open_data import (
    Cell,
    Collection,
    DataSet,
    Elsewhere,
    Feature,
    Table,
    columns,
)
from linli.kernel.text import Words

_HSDS: Final = "https://docs.openreferral.org/en/3.1/"
AREAS: Final[dict[str, Words]] = {
    "code": _("Code of the place (GB/T 2260)"),
    "name": _("Name of the place"),
    "level": _("province, city, county, town or community"),
    "parent": _("Code of the place above it"),
    "from_year": _("First year in which the code was in force"),
    "until_year": _("First year in which it no longer was"),
}
STATIONS: Final[dict[str, Words]] = {
    "code": _("Code of the station"),
    "address": _("Permanent address of its page"),
    "name": _("Name"),
    "kind": _("station, hall, centre, venue or office"),
    "organization": _("Who runs it"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "area": _("Name of the place"),
    "street": _("Address in the place"),
    "transport": _("How to get there"),
    "ways_in": _("Ways in for people with wheels, sticks or little sight, separated by semicolons"),
    "languages": _("Languages spoken there (BCP 47), separated by semicolons"),
    "assured_on": _("Last checked"),
    "hours": _("Address of its opening hours as a calendar (iCalendar)"),
}
SPOKEN: Final[dict[str, Words]] = {
    "station": _("Code of the station"),
    "language": _("Language (BCP 47)"),
    "weekday": _("Weekday, 0 is Monday"),
    "mode": _("in_person, phone or video"),
}
SERVICES: Final[dict[str, Words]] = {
    "code": _("Code of the service"),
    "address": _("Permanent address of its guide"),
    "name": _("Name"),
    "organization": _("Who offers it"),
    "description": _("What it is"),
    "promised_days": _("Promised working days"),
    "statutory_days": _("Statutory working days"),
    "visits": _("Visits needed"),
    "assured_on": _("Last checked"),
}
_LEVELS: Final = tuple(level for level, _words in Area.LEVELS)
_KINDS: Final = tuple(kind for kind, _words in Location.KINDS)
_MODES: Final = tuple(mode for mode, _words in LanguageHours.MODES)


def data_sets() -> Iterator[DataSet]:
    """Yield what the directory holds."""
    yield DataSet(
        "areas", _("Administrative areas"),
        _("Codes of GB/T 2260 with their names, what they are part of, and the years in which they were in force."),
        "REGI", reverse("directory:stations"),
        Table(columns(AREAS, {"from_year": "integer", "until_year": "integer"}, ("code", "name", "level", "from_year"), {"level": _LEVELS}), _areas, ("code",), (("parent", "", "code"),)),
    )  # fmt: skip
    yield DataSet(
        "stations", _("Service stations"),
        _("Every place that the public may come to: where it is, who runs it, which languages are spoken."),
        "GOVE", reverse("directory:stations"),
        Table(columns(STATIONS, {"assured_on": "date"}, ("code", "address", "name", "kind", "area_code"), {"kind": _KINDS}), _stations, ("code",), (("area_code", "areas", "code"),)),
    )  # fmt: skip
    yield DataSet(
        "station-languages", _("Languages at stations"),
        _("Which language is spoken at which station on which weekday, and how."),
        "GOVE", reverse("directory:languages"),
        Table(columns(SPOKEN, {"weekday": "integer"}, tuple(SPOKEN), {"mode": _MODES}), _spoken, tuple(SPOKEN), (("station", "stations", "code"),)),
    )  # fmt: skip
    yield DataSet(
        "services", _("Services"),
        _("Every service that one can ask for: who offers it, how long it takes, how many visits it needs."),
        "GOVE", reverse("directory:services"),
        Table(columns(SERVICES, {**dict.fromkeys(("promised_days", "statutory_days", "visits"), "integer"), "assured_on": "date"}, ("code", "address", "name", "organization")), _services, ("code",)),
        files=(
            Elsewhere("/hsds/services?format=ndjson", "application/x-ndjson", _("With all parts, as HSDS 3.1"), _HSDS),
            Elsewhere(reverse("directory:offline_file"), "application/vnd.sqlite3", _("The directory for use without a network")),
        ),
    )  # fmt: skip


def collections() -> Iterator[Collection]:
    """Yield areas, with their shapes, and stations: a station lies in its area unless its building is mapped."""
    yield Collection(
        "areas", _("Administrative areas"),
        _("Codes of GB/T 2260 with their names, what they are part of, and the years in which they were in force."),
        _area_features, _area_version, shaped=True, columns=AREAS,
    )  # fmt: skip
    yield Collection(
        "stations", _("Service stations"),
        _("Every place that the public may come to. Where no building is mapped the point is one inside the area, not the door."),
        _station_features, _station_version, columns=STATIONS,
    )  # fmt: skip


def _areas(_host: str) -> Iterator[tuple[Cell, ...]]:
    yield from Area.objects.order_by("code").values_list(
        "code", "name", "level", "parent", "from_year", "until_year"
    )


def _open_stations() -> Iterator[Location]:
    found = Location.objects.open_to_all().select_related("organization", "area")
    yield from found.prefetch_related("languages").order_by("code")


def _stations(host: str) -> Iterator[list[Cell]]:
    for one in _open_stations():
        yield list(_station(one, host).values())


def _station(one: Location, host: str) -> dict[str, str | date]:
    spoken = sorted({said.language for said in one.languages.all()})
    return {
        "code": one.code, "address": f"{host}{reverse('directory:station', args=[one.code])}",
        "name": one.name, "kind": one.kind, "organization": one.organization.name,
        "area_code": one.area_id, "area": one.area.name, "street": one.address,
        "transport": one.transport, "ways_in": ";".join(one.access), "languages": ";".join(spoken),
        "assured_on": one.assured_on,
        "hours": f"{host}{reverse('directory:station_hours', args=[one.code])}",
    }  # fmt: skip


def _spoken(_host: str) -> Iterator[tuple[Cell, ...]]:
    told = LanguageHours.objects.filter(location__closed_on=None)
    yield from told.order_by("location__code", "language", "weekday", "mode").values_list(
        "location__code", "language", "weekday", "mode"
    )


def _services(host: str) -> Iterator[list[Cell]]:
    for one in Service.objects.offered().select_related("organization").order_by("code"):
        yield [
            one.code, f"{host}{reverse('directory:service', args=[one.code])}", one.name,
            one.organization.name, one.description, one.promised_days, one.statutory_days, one.visits,
            one.assured_on,
        ]  # fmt: skip


def _area_features(_host: str) -> Iterator[Feature]:
    rows = Area.objects.order_by("code").values_list(
        "code", "name", "level", "parent_id", "from_year", "until_year"
    )
    for code, name, level, parent, from_year, until_year in rows:
        since = date(max(from_year, 1), 1, 1)
        until = date(until_year, 1, 1) if until_year else None
        said = {"code": code, "name": name, "level": level, "parent": parent}
        yield Feature(code, said, area=code, since=since, until=until)


def _area_version() -> str:
    return str(Area.objects.aggregate(Count("pk"), Max("pk"), Max("until_year")))


def _station_features(host: str) -> Iterator[Feature]:
    for one in _open_stations():
        said = _station(one, host)
        yield Feature(
            one.code, {**said, "assured_on": one.assured_on.isoformat()}, area=one.area_id
        )


def _station_version() -> str:
    stations = Location.objects.aggregate(Count("pk"), Max("last_modified"))
    return f"{stations} {LanguageHours.objects.aggregate(Count('pk'), Max('pk'))}"
