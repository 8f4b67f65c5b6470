"""What every page of the ledger shows around its rows: ways, lamps with counts, filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.actors import Role
from linli.kernel.clock import now
from linli.kernel.doors import acting
from linli.kernel.text import Words
from linli.plans.forms.ledger import AssignForm, FilterForm
from linli.plans.models import Task
from linli.plans.queries import Filters, Ledger, ledger
from linli.plans.rules.lamp import Lamp
from linli.plans.views.ledger_words import LAMPS, STATES
from linli.plans.views.rows import ALL, columns
from linli.plans.views.ways import trail

Link = tuple[Words, str, bool]  # words, address, whether it is where we are
TABS: tuple[tuple[str, Words], ...] = (
    ("ledger", gettext_lazy("List")),
    ("ledger_tree", gettext_lazy("Tree")),
    ("ledger_timeline", gettext_lazy("Timeline")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the ledger, and when it was asked."""

    filters: Filters
    columns: str
    at: datetime

    @classmethod
    def of(cls, asked: QueryDict) -> "Asked":
        """Read an address; what makes no sense is left out."""
        plain = {
            name: value.replace("\0", "") for name, value in asked.items() if isinstance(value, str)
        }
        return cls(Filters.of(plain), ALL if asked.get("columns") == ALL else "", now())

    @property
    def query(self) -> str:
        """The part of an address after "?" that asks for the same again."""
        return self.filters.query if not self.columns else self.with_columns(self.columns)

    def with_columns(self, columns: str) -> str:
        """The same filters with other columns."""
        parts = [self.filters.query, urlencode({"columns": columns}) if columns else ""]
        return "&".join(part for part in parts if part)

    def found(self) -> Ledger:
        """Return the tasks that are asked for."""
        return ledger(self.filters, self.at)

    def but(self, **changes: Any) -> str:
        """Return the part after "?" for other filters and the same columns."""
        return Asked(self.filters.but(**changes), self.columns, self.at).query


def assign_form() -> AssignForm:
    """Return the bar that gives tasks away; by script it shows what the chosen unit carries."""
    return AssignForm(load_at=reverse("plans:ledger_load"))


def frame(request: HttpRequest, asked: Asked, found: Ledger) -> dict[str, Any]:
    """Return the context that the ledger's pages share."""
    match = request.resolver_match
    name = match.url_name if match and match.url_name in dict(TABS) else "ledger"
    here, query = reverse(f"plans:{name}"), asked.query
    return {
        "here": here,
        "query": query,
        "tabs": [
            (words, _address(reverse(f"plans:{tab}"), query), tab == name) for tab, words in TABS
        ],
        "quick": _quick(request, asked, here),
        "away": _away(asked, here),
        "lamps": _lamps(asked, found, here),
        "form": FilterForm(asked.filters, columns=asked.columns),
        "columns": columns(asked.columns),
        "may_edit": may_edit(request),
        "tasks_at": reverse("portal:console") + "tasks/",
    }


def told(asked: Asked) -> list[tuple[Words, str]]:
    """Return the filters in words, for a page that leaves the screen."""
    form = FilterForm(asked.filters)
    said: list[tuple[Words, str]] = []
    for name, field in form.fields.items():
        if not (value := form.initial.get(name)):
            continue
        choices = dict(getattr(field, "choices", ()))
        words = LAMPS[Lamp(value)] if name == "lamp" else choices.get(str(value), value)
        said.append((field.label or _("Lamp"), str(words)))
    return said


def may_edit(request: HttpRequest) -> bool:
    """Return whether this reader keeps the ledger."""
    return acting(request).role == Role.PLANNER


def way_back(request: HttpRequest) -> str:
    """Return the page of the ledger that a form was sent from: as it says itself, else as the browser says."""
    home = reverse("plans:ledger")
    came_from = urlsplit(request.headers.get("Referer", ""))
    said = request.POST.get("back") or request.GET.get("back")
    given = said or f"{came_from.path}?{came_from.query}".rstrip("?")
    pages = {reverse(f"plans:{tab}") for tab, _words in TABS}
    return given if given.partition("?")[0] in pages else home


def ledger_trail(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the desk to a page under the ledger."""
    return trail((_("Ledger"), reverse("plans:ledger")), *steps)


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


def _quick(request: HttpRequest, asked: Asked, here: str) -> list[Link]:
    """Return the lists that one click opens: all, the own unit's, and what waits for supervision."""
    unit = acting(request).unit
    wanted = {
        _("All tasks"): Filters(),
        _("My unit's tasks"): Filters(unit=unit),
        _("Waits for review"): Filters(state=Task.REPORTED),
    }
    return [
        (words, _address(here, filters.query), asked.filters == filters)
        for words, filters in wanted.items()
    ]


def _away(asked: Asked, here: str) -> list[Link]:
    """Return the ways to take the same rows away, and to see more of each."""
    wider = asked.with_columns("" if asked.columns else ALL)
    return [
        (_("Fewer columns") if asked.columns else _("All columns"), _address(here, wider), False),
        (_("Print"), _address(reverse("plans:ledger_print"), asked.query), False),
        ("XLSX", _address(reverse("plans:ledger_xlsx"), asked.query), False),
        ("CSV", _address(reverse("plans:ledger_csv"), asked.query), False),
    ]


def _lamps(asked: Asked, found: Ledger, here: str) -> list[dict[str, Any]]:
    """Return each lamp with its count, and the address that shows these alone, or all again."""
    counts = found.counts
    return [
        {
            "state": STATES[lamp],
            "words": words,
            "count": counts[lamp],
            "current": asked.filters.lamp == lamp,
            "address": _address(
                here, asked.but(lamp="" if asked.filters.lamp == lamp else lamp.value)
            ),
        }
        for lamp, words in LAMPS.items()
    ]
