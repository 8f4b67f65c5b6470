"""Drops and contradictions as both pages show them: each with its two texts and where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.directory.schemas.asked import offer
from linli.facts.models import Fact
from linli.facts.queries import contradictions
from linli.facts.queries.released import sayable
from linli.facts.views.told import told
from linli.kernel.text import Words
from linli.reports.models import Report
from linli.reports.queries.drops import TOLD, Drop, Pair
from linli.reports.rules.compare import Said
from linli.reports.views import words

MOST = 200  # contradictions that are looked at


class DropFilter(forms.Form):
    """What narrows the list. What cannot be is left out."""

    area = forms.ChoiceField(label=_("Place"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    outcome = forms.ChoiceField(label=_("What became of it"), required=False)

    def __init__(self, data: Any, *, pairs: list[Pair], found: list[Drop]) -> None:  # noqa: ANN401
        super().__init__(data)
        codes = {pair.earlier.area for pair in pairs}
        offer(self, "area", list(Area.objects.filter(code__in=codes).values_list("code", "name")))
        units = sorted({one.fate.unit for one in found} - {""})
        offer(self, "unit", [(unit, unit) for unit in units])
        offer(self, "outcome", [(name, words.OUTCOMES[name]) for name in TOLD])

    def kept(self, found: list[Drop]) -> list[Drop]:
        """Return what was asked for."""
        self.full_clean()
        area, unit, outcome = (self.cleaned_data.get(name) for name in ("area", "unit", "outcome"))
        return [
            one
            for one in found
            if (not area or one.pair.earlier.area == area)
            and (not unit or one.fate.unit == unit)
            and (not outcome or one.fate.outcome == outcome)
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One drop in words. ask: where the unit is asked about it."""

    state: str
    outcome: Words
    unit: str
    sides: list[dict[str, Any]]
    differs: list[Words]
    compare: str
    ask: str


def rows(found: Iterable[Drop], *, reading: str, compare: str, ask: str = "") -> list[Row]:
    """Return drops as a list shows them; reading, compare and ask: names of addresses."""
    return [_row(one, reading, compare, ask) for one in found]


def tally(found: Iterable[Drop]) -> list[tuple[str, list[int]]]:
    """Return how many of each outcome there are by unit, those with most first."""
    units: dict[str, list[int]] = {}
    for one in found:
        counts = units.setdefault(one.fate.unit, [0] * len(TOLD))
        counts[TOLD.index(one.fate.outcome)] += 1
    return sorted(units.items(), key=lambda entry: (-sum(entry[1]), entry[0]))


def clashes(*, public: bool) -> list[tuple[Fact, list[dict[str, Any]]]]:
    """Return figures that contradict each other; `public`: those that everybody may see, both of them."""
    found = contradictions(most=MOST)
    if public:
        shown = {f"/reports/{code}/" for code in _published()}
        found = [pair for pair in found if all(_may_see(one, shown) for one in pair)]
    return [(pair.first, [told(pair.first), told(pair.second)]) for pair in found]


def _published() -> list[str]:
    return list(Report.objects.published().order_by().values_list("code", flat=True))


def _may_see(fact: Fact, shown: set[str]) -> bool:
    address = fact.evidence.address
    if address.startswith("/reports/") and not any(address.startswith(one) for one in shown):
        return False
    return fact.indicator.public and sayable(fact) is not None


def _row(one: Drop, reading: str, compare: str, ask: str) -> Row:
    earlier, later = one.pair
    promise = one.fate.earlier
    asked = [earlier.code, later.code, promise.id] if promise else []
    return Row(
        state=words.OUTCOME_STATES[one.fate.outcome],
        outcome=words.OUTCOMES[one.fate.outcome],
        unit=one.fate.unit,
        sides=[
            _side(earlier, one.fate.earlier, reading),
            _side(later, one.fate.later, reading),
        ],
        differs=[words.DIFFERS[name] for name in one.fate.differs],
        compare=reverse(compare, args=[earlier.code, later.code]),
        ask=reverse(ask, args=asked) if ask and promise else "",
    )


def _side(report: Report, said: Said | None, reading: str) -> dict[str, Any]:
    address = reverse(reading, args=[report.code])
    return {
        "title": report.title,
        "printed_on": report.printed_on,
        "words": said.words if said else "",
        "address": f"{address}#s-{said.id}" if said else address,
    }
