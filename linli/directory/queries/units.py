"""Reads of the directory: which area, which unit."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from linli.directory.models import Area, Unit, UnitQuerySet
from linli.directory.rules.areas import ladder_of
from linli.directory.rules.naming import key_of


def listed_units(*, area: str = "", words: str = "", closed: bool = False) -> UnitQuerySet:
    """Return units for a list, their place and the unit above joined."""
    units = Unit.objects.select_related("area", "above")
    if not closed:
        units = units.working()
    if area:
        units = units.filter(area__in=Area.objects.within(area))
    if words:
        units = units.annotate(called=Cast("aliases", TextField()))
    for word in words.split():
        units = units.filter(Q(name__icontains=word) | Q(called__icontains=word))
    return units


def area_named(typed: str) -> Area | None:
    """Return the area whose code or newest full name was typed; a standing one before one that is gone.

    None when there is none, or when a name is borne by more than one standing area.
    """
    typed = typed.strip()
    if typed.isascii() and typed.isdigit():
        return Area.objects.filter(code=typed).first()
    found = Area.objects.filter(name=typed)
    standing = found.filter(until_year__isnull=True)
    for candidates in (standing, found):
        if few := list(candidates[:2]):
            return few[0] if len(few) == 1 else None
    return None


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The units that a document of one place can mean, by the keys of their names."""

    places: tuple[str, ...]
    by_key: dict[str, tuple[Unit, ...]]

    @classmethod
    def around(cls, area: Area) -> Self:
        """Return the units of a place, of what stands above it and of its parts: two queries."""
        ladder = ladder_of(area.code)
        names = dict(Area.objects.filter(code__in=ladder).values_list("code", "name"))
        places = tuple(names[code] for code in ladder if code in names)
        inside = Q(area__in=Area.objects.within(area.code)) | Q(area__in=ladder)
        keys: dict[str, list[Unit]] = {}
        for unit in Unit.objects.working().filter(inside).select_related("area"):
            own = (unit.area.name, *places)
            for name in (unit.name, *unit.aliases):
                for key in {name, key_of(name, own)}:
                    keys.setdefault(key, []).append(unit)
        # Nearest first: the place's own unit before one above it, and that before one of its parts.
        rank = {code: number for number, code in enumerate(ladder)}
        return cls(
            places,
            {
                key: tuple(sorted(set(units), key=lambda u: (rank.get(u.area_id, 9), u.pk)))
                for key, units in keys.items()
            },
        )

    def named(self, printed: str) -> Unit | None:
        """Return the unit that `printed` means, or None when none or more than one could be meant."""
        found = self.by_key.get(printed.strip()) or self.by_key.get(
            key_of(printed, self.places), ()
        )
        nearest = [unit for unit in found if unit.area_id == found[0].area_id]
        return nearest[0] if len(nearest) == 1 else None


def unit_named(printed: str, area: Area) -> Unit | None:
    """Return the unit of a place that a printed name means. For many names take `UnitNames` once."""
    return UnitNames.around(area).named(printed)
