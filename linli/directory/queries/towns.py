"""The towns in which places are: what a list is narrowed to before a map of it makes sense."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from linli.directory.models import Location
from linli.kernel.text import Words

_COUNTY, _CITY = 6, 4  # digits of a code


class Town(NamedTuple):
    """One town, and in how many of its places one is right."""

    code: str
    name: Words
    places: int


def towns_of(found: QuerySet[Location], names: Mapping[str, Words]) -> list[Town]:
    """Return the towns of these places by code: a city with its counties, or a county by itself where the
    city has no place among them. One query.
    """
    counted = (
        found.order_by()
        .annotate(county=Substr("area_id", 1, _COUNTY))
        .values_list("county")
        .annotate(places=Count("pk", distinct=True))
    )
    places = dict(counted)
    towns: dict[str, int] = {}
    for county, number in sorted(places.items()):
        city = f"{county[:_CITY]}00"
        town = city if city in places else county
        towns[town] = towns.get(town, 0) + number
    return [Town(code, names.get(code, code), number) for code, number in towns.items()]
