"""What the catalogue of open data tells: every data set with its files, the places, whose it is. Read once, told in many forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.atlas.queries.open_files import ALL, Made, made
from linli.directory.models import Area, Location
from linli.directory.queries.towns import towns_of
from linli.kernel import open_data
from linli.kernel.open_data import Collection, DataSet, Series
from linli.kernel.text import Words

# In the order in which people ask for them; codes of the EU's vocabulary of data themes.
THEMES: Final[dict[str, Words]] = {
    "GOVE": _("Services and promises"),
    "SOCI": _("People, as released"),
    "ECON": _("Public money"),
    "EDUC": _("Courses and culture"),
    "HEAL": _("Food"),
    "REGI": _("Places"),
}
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME: Final = "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class Listed:
    """One data set and its files; None before they were made, or when it has none of ours."""

    data_set: DataSet
    made: Made | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All there is, told under a host ("https://…")."""

    host: str
    publisher: str
    series: Sequence[Series]
    listed: Sequence[Listed]
    collections: Sequence[Collection]
    places: Sequence[tuple[str, str]]
    all: Made | None

    def years(self, series: str) -> list[Listed]:
        """Return the data sets of a series, the first year first."""
        found = [one for one in self.listed if one.data_set.series == series]
        return sorted(found, key=lambda one: one.data_set.span or (date.min, date.min))

    @property
    def changed_at(self) -> datetime | None:
        """When anything last changed; None before anything was made."""
        return max((one.made.changed_at for one in self.listed if one.made), default=None)

    @property
    def contact(self) -> str:
        """Where one can ask about any of it."""
        return self.host + reverse("cases:ask_what")


def catalogue(host: str) -> Catalogue:
    """Return the catalogue. As many queries as engines have series, however many rows there are."""
    # Addresses in files carry no language: the default one's have none.
    with override(settings.LANGUAGE_CODE):
        sets = open_data.data_sets()
    return Catalogue(
        host,
        publisher(),
        open_data.series(),
        [Listed(one, made(one.code) if one.table else None) for one in sets],
        list(open_data.collections().values()),
        _places(),
        made(ALL),
    )


def listed(code: str) -> Listed | None:
    """Return one data set, None for a code that nothing has."""
    found = next((one for one in open_data.data_sets() if one.code == code), None)
    return Listed(found, made(code) if found.table else None) if found else None


def publisher() -> str:
    """Return who publishes: the organization of the settings, else the name of the house."""
    _number, _space, name = settings.REPORTING_ORG.partition(" ")
    return name or str(settings.LOG_ORIGIN.removesuffix("/log"))


def _places() -> list[tuple[str, str]]:
    """Return the towns that all this is about, by code. Two queries."""
    codes = [town.code for town in towns_of(Location.objects.open_to_all(), {})]
    return sorted(Area.objects.filter(pk__in=codes).values_list("code", "name"))
