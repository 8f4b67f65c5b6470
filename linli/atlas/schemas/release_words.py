"""Releases in words: states, why the gate says no, how it is done, the table as pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from linli.atlas.models import Product, Release, ReleasedCell
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.released import Released, through_gate
from linli.facts.schemas import telling
from linli.kernel.codes import code_of
from linli.kernel.text import Words

LAMPS: dict[str, str] = {
    Release.PROPOSED: "soon",
    Release.FROZEN: "note",
    Release.RELEASED: "done",
    Release.REFUSED: "plain",
}
STATES: dict[str, Words] = dict(Release.STATES)
REASONS: dict[str, Words] = {
    "too_narrow": gettext_lazy("it could be worked out from what is said elsewhere"),
    "over_budget": gettext_lazy("the same people would stand in too many published cells"),
    "unfinished_period": gettext_lazy("its period is not over"),
    "undeclared_period": gettext_lazy("its period is not one of the product"),
    "stated_twice": gettext_lazy("it is stated twice"),
    "below_nought": gettext_lazy("it is less than nought"),
    "other_family": gettext_lazy("it counts something else"),
    "not_additive": gettext_lazy("it does not agree with what was released before"),
    "other_window": gettext_lazy("it was released by other rules before"),
    "too_large": gettext_lazy("it is too large to be looked at as a whole"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of a table as a page shows it. fact: the code that cites it, "" where it is kept back."""

    area: str
    said: str
    kept: bool
    between: str
    fact: str


@dataclass(frozen=True, slots=True)
class Told:
    """One figure's table."""

    name: str
    lang: str
    unit: str
    code: str
    lines: list[Line]

    @property
    def kept(self) -> str:
        """How many cells are kept back."""
        n = sum(line.kept for line in self.lines)
        return ngettext("%(n)d cell is kept back", "%(n)d cells are kept back", n) % {"n": n}


def name_lang(named: Indicator | Product) -> str:
    """Return the language of the name that is shown."""
    if named.shown_name == named.name:
        return "zh"
    return "en" if named.shown_name == named.name_en else "zh-Hant"


def state(release: Release) -> tuple[str, Words]:
    """Return how a release stands: a state and its word."""
    return LAMPS[release.state], STATES[release.state]


def period(release: Release) -> str:
    """Return the period of a release as people write one."""
    return telling.period(release.period_from, release.period_until)


def tables(release: Release) -> list[Told]:
    """Return what a release says, by figure. One query."""
    cells = release.cells.select_related("indicator", "area")
    return [
        told(indicator, (_line(one, release, indicator) for one in several))
        for indicator, several in groupby(cells, key=lambda one: one.indicator)
    ]


def told(indicator: Indicator, lines: Iterable[Line]) -> Told:
    """Return one figure's table."""
    return Told(
        indicator.shown_name,
        name_lang(indicator),
        indicator.shown_unit,
        indicator.code,
        list(lines),
    )


def line(
    area: Area, figure: Released[Decimal], indicator: Indicator, *, fact: str = ""
) -> Line:  # fmt: skip
    """Return one cell in words: nothing but what may be said."""
    return Line(
        area=area.name,
        said=telling.said(figure, "exact", indicator.unit),
        kept=figure.value is None,
        between=_between(figure.low, figure.high),
        fact=fact,
    )


def _line(one: ReleasedCell, release: Release, indicator: Indicator) -> Line:
    figure = through_gate(one.value, release.code, low=one.low, high=one.high)
    fact = code_of(one.fact_id) if one.fact_id else ""
    return line(one.area, figure, indicator, fact=fact)


def _between(low: Decimal | None, high: Decimal | None) -> str:
    """Return between which numbers the true one lies."""
    if high is None:
        return gettext("%(low)s or more") % {"low": telling.digits(low or Decimal(0))}
    return f"{telling.digits(low or Decimal(0))}–{telling.digits(high)}"


def reasons(refusals: Iterable[Iterable[str]]) -> list[dict[str, Any]]:
    """Return the cells for whose sake the gate says no, with the names of figure and place: two queries."""
    rows = [tuple(one) for one in refusals]
    areas = dict(Area.objects.filter(code__in={a for _, a, _ in rows}).values_list("code", "name"))
    figures = {
        one.code: one
        for one in Indicator.objects.filter(code__in={figure for figure, _, _ in rows})
    }
    return [
        {
            "figure": figures[figure].shown_name if figure in figures else figure,
            "area": areas.get(area, area),
            "why": REASONS.get(code, code),
        }
        for figure, area, code in rows
    ]


def method(product: Product) -> list[str]:
    """Return in plain words how a product is released, one sentence a step."""
    return [
        gettext("The table was declared before anything was counted: its figures, places and periods never change."),
        gettext("Only records that staff have confirmed are counted, as they stood on the day of the cut-off."),
        gettext("A cell of fewer than %(n)d people is kept back. So is a cell of nobody: a nought would tell of each of them.") % {"n": product.threshold},
        gettext("What is said differs from the count by three at most, by chance but always the same for the same people, and is rounded to fives. So totals need not add up."),
        gettext("Further cells are kept back where one could be worked out from the others, from other periods or from an earlier release."),
        gettext("One person froze the table, another released it. Nobody can change a cell."),
    ]  # fmt: skip
