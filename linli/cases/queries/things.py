"""Public things that somebody may say are wrong, by the code in the address of their page."""

from typing import NamedTuple

from linli.cases.models import Correction
from linli.directory.models import Location, Service
from linli.facts.models import Fact, Indicator
from linli.kernel.codes import number_of, read_code


class Thing(NamedTuple):
    """One guide, station, indicator or figure: its kind, its public code, its name."""

    kind: str
    code: str
    name: str

    @property
    def about(self) -> str:
        """Return how an address names it: guides and stations by code alone, the others with their kind."""
        return self.code if self.kind in {"service", "location"} else f"{self.kind}:{self.code}"


def thing_named(about: str) -> Thing | None:
    """Return the public thing that `about` names, or None. At most two queries."""
    kind, _, code = about.rpartition(":")
    if kind == "indicator":
        return _indicator(code)
    read = read_code(code)
    if read is None:
        return None
    return _figure(read) if kind == "fact" else _in_directory(read) if not kind else None


def thing_of(correction: Correction) -> Thing | None:
    """Return the thing that a correction points at, or None when it is gone."""
    plain = correction.kind in {"service", "location"}
    return thing_named(correction.about if plain else f"{correction.kind}:{correction.about}")


def _in_directory(code: str) -> Thing | None:
    if name := Service.objects.filter(code=code).values_list("name", flat=True).first():
        return Thing("service", code, name)
    if name := Location.objects.filter(code=code).values_list("name", flat=True).first():
        return Thing("location", code, name)
    return None


def _indicator(code: str) -> Thing | None:
    found = Indicator.objects.public().filter(code=code).first()
    return Thing("indicator", code, found.shown_name) if found else None


def _figure(code: str) -> Thing | None:
    facts = Fact.objects.filter(pk=number_of(code), indicator__public=True)
    found = facts.select_related("indicator", "area").first()
    if found is None:
        return None
    return Thing("fact", code, f"{found.indicator.shown_name} · {found.area.name}")
