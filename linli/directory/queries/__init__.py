"""Reads of the directory: areas and units, services and places."""

from linli.directory.queries.guides import (
    Guide,
    Station,
    changes_of,
    languages_spoken,
    open_services,
    service_guide,
    station_page,
    stations,
    terms_of,
    told_changes,
)
from linli.directory.queries.keeping import kept_by, may_keep
from linli.directory.queries.listing import (
    listed_locations,
    listed_organizations,
    listed_services,
    listed_terms,
)
from linli.directory.queries.units import UnitNames, area_named, listed_units, unit_named

__all__ = [
    "Guide",
    "Station",
    "UnitNames",
    "area_named",
    "changes_of",
    "kept_by",
    "languages_spoken",
    "listed_locations",
    "listed_organizations",
    "listed_services",
    "listed_terms",
    "listed_units",
    "may_keep",
    "open_services",
    "service_guide",
    "station_page",
    "stations",
    "terms_of",
    "told_changes",
    "unit_named",
]
