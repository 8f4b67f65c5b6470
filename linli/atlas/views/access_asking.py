"""What was asked of the ways, and everything that answers are made of: read once, reckoned from there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.atlas.forms.access import BUS, AccessForm
from linli.atlas.queries.access_standing import HALF_HOUR
from linli.atlas.queries.access_towns import (
    Buses,
    Town,
    buses_of,
    counters_of,
    services_of,
    town_of,
    towns,
)
from linli.atlas.rules.access.buses import Network
from linli.atlas.rules.access.counters import Asked, Counter
from linli.atlas.rules.access.days import plain_week
from linli.atlas.rules.access.effects import Change, possible, with_it
from linli.atlas.rules.access.minutes import Reached, Reckoning, Summary, summary
from linli.atlas.rules.access.squares import Square
from linli.kernel.clock import now
from linli.kernel.text import Words
from linli.kernel.working_days import is_working_day

ASKS: Final = ("area", "language", "weekday", "hour", "way", "within", "service", "spoken")
MORE: Final = "more"


@dataclass(frozen=True)
class Look:
    """One look at a town: what is asked, on which day, and what there is."""

    form: AccessForm
    town: Town
    counters: list[Counter]
    buses: Buses
    asked: Asked
    days: list[date]
    by_bus: bool
    within: int
    change: Change | None = None

    @property
    def day(self) -> date:
        """The day that is meant by the weekday."""
        return self.days[self.asked.weekday]

    @property
    def goes(self) -> bool:
        """Say whether any bus goes at the hour."""
        return bool(self.network(self.asked).runs)

    def network(self, asked: Asked) -> Network:
        """Return the streets at an hour of a weekday, with the buses that go then."""
        runs = [run for run in self.buses.runs if run.goes(asked.weekday, asked.hour)]
        return Network(self.town.ground, self.buses.stops, runs if self.by_bus else ())

    @cached_property
    def reckoning(self) -> Reckoning:
        """The ways at the hour."""
        return Reckoning(self.network(self.asked))

    @cached_property
    def there(self) -> list[Counter]:
        """The counters, with the change that is looked at."""
        if self.change is None:
            return self.counters
        changed = with_it(self.change, self.asked)
        return [changed if one.code == changed.code else one for one in self.counters]

    @cached_property
    def reached(self) -> dict[Square, Reached]:
        """The nearest counter that serves, from each square."""
        return self.reckoning.nearest(one for one in self.there if one.serves(self.asked))

    @cached_property
    def before(self) -> dict[Square, Reached]:
        """The same without the change."""
        return self.reckoning.nearest(one for one in self.counters if one.serves(self.asked))

    @property
    def summary(self) -> Summary:
        """What the ways come to."""
        return summary(self.town.ground.squares, self.reached, self.within)


def look_of(request: HttpRequest) -> Look | AccessForm | None:
    """Return what was asked; the form where it cannot be; None while no town's ground is declared."""
    known = towns()
    if not known:
        return None
    said = {name: request.GET.get(name, "") for name in ASKS}
    said["area"] = said["area"] or known[0].code
    areas: list[tuple[str, Words]] = [(one.code, one.name) for one in known]
    town = town_of(said["area"]) if said["area"] in dict(areas) else None
    if town is None:
        return _wrong(AccessForm(said, areas=areas, services=[]))
    here = localtime(now())
    today = here.date()
    days = plain_week(today, is_working_day)
    if not said["weekday"]:
        days[today.weekday()] = today  # a holiday, too, where nothing else is asked
    counters = counters_of(town.code, days, [one.code for one in known])
    services: list[tuple[str, Words]] = [*services_of(counters)]
    form = AccessForm(said, areas=areas, services=services)
    if not form.is_valid():
        return form
    begun = time(here.hour, here.minute // HALF_HOUR * HALF_HOUR)
    asked = form.asked(today.weekday(), begun)
    return Look(
        form=form,
        town=town,
        counters=counters,
        buses=buses_of(town.code),
        asked=asked,
        days=days,
        by_bus=form.cleaned_data["way"] in ("", BUS),
        within=form.cleaned_data["within"],
        change=_change(request.GET.get(MORE, ""), counters, asked),
    )


def address(name: str, look: Look, **changes: Any) -> str:
    """Return where the same is asked on another page, or something else of it; what is left open is left out."""
    said = {name: look.form.data.get(name, "") for name in ASKS} | changes
    query = urlencode({name: value for name, value in said.items() if value not in ("", None)})
    return reverse(f"atlas:{name}") + f"?{query}"


def frame(look: Look, current: str) -> dict[str, Any]:
    """Return what all three pages show around their answer."""
    ways = (
        ("access", pgettext("time", "Minutes")),
        ("access_week", _("The week")),
        ("access_more", _("What would help")),
    )
    return {
        "seen": look,
        # The week has all hours of all days: these two are not asked there.
        "form": [
            field
            for field in look.form
            if current != "access_week" or field.name not in ("weekday", "hour")
        ],
        "dropped": look.form.dropped,
        "current": current,
        "address": reverse(f"atlas:{current}"),
        "tabs": [(words, address(name, look), name == current) for name, words in ways],
        "trail": trail(),
    }


def trail(*steps: tuple[Words, str]) -> list[tuple[Words, str]]:
    """Return the way here, from home."""
    here = reverse("atlas:access") if steps else ""
    return [(_("Home"), reverse("portal:home")), (_("Ways to a counter"), here), *steps]


def _wrong(form: AccessForm) -> AccessForm:
    form.is_valid()
    return form


def _change(code: str, counters: list[Counter], asked: Asked) -> Change | None:
    if not code:
        return None
    found = next((one for one in possible(counters, asked) if one.code == code), None)
    if found is None:
        raise Http404
    return found


def named(square: Square, names: Mapping[Square, str]) -> str:
    """Return how a square is called: by its name, or by row and column."""
    return names.get(square) or square.code
