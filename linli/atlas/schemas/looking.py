"""What of the atlas is looked at, as it stands in the address: figure, area, period, way of showing it.

The same words in the address mean the same for every way of showing: map, prisms, table, chart, 3D.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.timezone import get_current_timezone, make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.atlas.queries.extents import (
    Extent,
    Parent,
    extents,
    newest_full,
    parents_of,
    parts_of,
    standing,
)
from linli.atlas.rules.maps.classes import EQUAL, QUANTILES
from linli.atlas.schemas.sections import sorted_in
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, of_iso, shown
from linli.kernel.refusals import Refused
from linli.kernel.text import Words

TILES, PRISMS, TABLE, CHART = "tiles", "prisms", "table", "chart"
VIEWS: dict[str, Words] = {
    TILES: pgettext_lazy("way of showing", "Tile map"),
    PRISMS: pgettext_lazy("way of showing", "Prisms"),
    TABLE: pgettext_lazy("way of showing", "Table"),
    CHART: pgettext_lazy("way of showing", "Over time"),
}
METHODS: dict[str, Words] = {
    QUANTILES: _("About as many places in each class"),
    EQUAL: _("Classes of equal width"),
}
_OTHERS = _("Other figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One question to the atlas, answered by what is known. periods: newest first. moved: why something else is shown than
    was asked for.
    """

    indicator: Indicator
    parent: Area
    parents: tuple[Parent, ...]
    parts: tuple[Area, ...]
    period: Period
    periods: tuple[Extent, ...]
    view: str
    method: str
    day: str  # what was known at the end of it, "" for now
    when: datetime | None
    moved: tuple[Words, ...]

    @property
    def before(self) -> Period | None:
        """The newest known period that ended before this one and is as long, to compare with."""
        days = self.period.until - self.period.start
        earlier = (one.period for one in self.periods if one.period.until <= self.period.start)
        return next((one for one in earlier if abs(one.until - one.start - days).days <= 3), None)

    def query(self, **changes: str) -> str:
        """Return the words of the address for this look, or for one that differs in these, with the question mark."""
        said = {
            "indicator": self.indicator.code,
            "area": self.parent.code,
            "period": shown(self.period),
            "view": self.view,
            "classes": self.method if self.method != QUANTILES else "",
            "as_of": self.day,
        }
        return "?" + urlencode({name: value for name, value in (said | changes).items() if value})


class LookForm(forms.Form):
    """What can be chosen on a page of the atlas."""

    indicator = forms.ChoiceField(
        label=_("Figure"), error_messages={"invalid_choice": _("No public figure has this code.")}
    )
    area = forms.ChoiceField(
        label=pgettext_lazy("of an area", "Within"), required=False,
        error_messages={"invalid_choice": _("No place here has this code.")},
    )  # fmt: skip
    period = forms.ChoiceField(label=_("Period"), required=False)
    classes = forms.ChoiceField(label=_("Classes"), required=False, choices=list(METHODS.items()))
    as_of = forms.DateField(
        label=_("As known at the end of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(
        self, given: QueryDict, indicators: Iterable[Indicator], found: Look | None = None
    ) -> None:
        shown_now = given.copy()
        if found is not None:
            shown_now["area"], shown_now["period"] = found.parent.code, shown(found.period)
        super().__init__(shown_now)
        fields: dict[str, Any] = self.fields
        fields["indicator"].choices = grouped(indicators)
        if found is None:
            del fields["area"], fields["period"], fields["classes"], fields["as_of"]
            return
        fields["area"].choices = [(one.area.code, one.area.name) for one in found.parents]
        fields["period"].choices = [
            (shown(one.period), shown(one.period).replace("/", "–")) for one in found.periods
        ]


def grouped(indicators: Iterable[Indicator]) -> list[tuple[Words, list[tuple[str, str]]]]:
    """Return indicators as choices under the names of their sections."""
    return [
        (section.name if section else _OTHERS, [(one.code, one.shown_name) for one in listed])
        for section, listed in sorted_in(indicators)
    ]


def look(given: QueryDict, indicators: Sequence[Indicator]) -> Look | None:
    """Return what is asked for, by what is known now; None where no indicator is named, or nothing is known of it anywhere.

    An area or period of which nothing is known gives way to the nearest one that is, and `moved` says so: a form cannot
    know beforehand what there is of another figure.

    Refuses: not_a_question for an indicator, area, period, class or day that cannot be read.
    """
    code = _word(given, "indicator")
    if not code:
        return None
    indicator = next((one for one in indicators if one.code == code), None)
    if indicator is None:
        raise _unreadable(_("No public figure has this code."))
    moved: list[Words] = []
    parents = parents_of([indicator])
    if not parents:
        return None
    parent = _parent(_word(given, "area"), parents, moved)
    parts = parts_of(parent)
    periods = extents([indicator], parts).get(indicator.pk, [])
    if not periods:
        return None
    period = _period(_word(given, "period"), periods, moved)
    day, when = _day(_word(given, "as_of"))
    return Look(
        indicator=indicator, parent=parent, parents=tuple(parents),
        parts=tuple(standing(parts, period)), period=period, periods=tuple(periods),
        view=_one_of(_word(given, "view"), VIEWS), method=_one_of(_word(given, "classes"), METHODS),
        day=day, when=when, moved=tuple(moved),
    )  # fmt: skip


def _word(given: QueryDict, name: str) -> str:
    return given.get(name, "").strip()[:100].replace("\0", "")


def _unreadable(sentence: Words) -> Refused:
    return Refused("not_a_question", sentence)


def _parent(code: str, parents: Sequence[Parent], moved: list[Words]) -> Area:
    known = {one.area.code: one.area for one in parents}
    if not code or code in known:
        return known.get(code, parents[0].area)
    asked = Area.objects.filter(pk=code).first()
    if asked is None:
        raise _unreadable(_("No place here has this code."))
    moved.append(_("Nothing is known of the parts of this place, so another one is shown."))
    return parents[0].area


def _period(words: str, periods: Sequence[Extent], moved: list[Words]) -> Period:
    if not words:
        return newest_full(periods)
    asked = of_iso(words)
    if asked is None:
        raise _unreadable(_("A period is written 2024, 2024-03 or 2020/2024."))
    known = [one.period for one in periods]
    if asked in known:
        return asked
    moved.append(_("Nothing is known of this period, so the nearest one is shown."))
    return min(known, key=lambda one: (abs((one.until - asked.until).days), one))


def _one_of(word: str, known: dict[str, Words]) -> str:
    if not word:
        return next(iter(known))
    if word not in known:
        raise _unreadable(_("There is no such way of showing figures."))
    return word


def _day(word: str) -> tuple[str, datetime | None]:
    if not word:
        return "", None
    try:
        day = forms.DateField().clean(word)
        # The day's last moment here: what was said on 1 June was said until it ended.
        return day.isoformat(), make_aware(datetime.combine(day, time.max), get_current_timezone())
    except (forms.ValidationError, OverflowError, ValueError) as error:
        raise _unreadable(_("A day is written 2024-03-05.")) from error
