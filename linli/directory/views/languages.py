"""Who speaks which language where, on which day: for everybody, with the days on which nobody does."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.models import Area, LanguageHours
from linli.directory.rules.languages import Gap, Guarantee, Spoken, gaps, matrix
from linli.directory.schemas.asked import PlacesForm
from linli.directory.schemas.telling import (
    MODES,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    LanguageName,
    language_name,
)
from linli.directory.views.unchanged import unless_unchanged
from linli.kernel.text import Words


class Week(NamedTuple):
    """One language, or one place for a language, with its ways on each of seven days, Monday first."""

    name: LanguageName
    cells: list[list[Words]]
    place: str = ""
    code: str = ""


@require_safe
@unless_unchanged
def languages(request: HttpRequest) -> HttpResponse:
    form = PlacesForm(request.GET, places_only=True)
    chosen = form.chosen
    spoken = _spoken(chosen.get("area", ""), chosen.get("language", ""))
    places = {one.location.code: one.location.name for one in spoken}
    week = [Spoken(one.location.code, one.language, one.weekday, one.mode) for one in spoken]
    missing = gaps(week, [Guarantee(tag) for tag in sorted({one.language for one in week})])
    context = {
        "form": form,
        "weekdays": SHORT_WEEKDAYS,
        "spoken": [_told(tag, week, places, missing) for tag in sorted({w.language for w in week})],
        "missing": [_gap(gap) for gap in missing],
        "language_chosen": bool(chosen.get("language")),
        "trail": [(_("Home"), reverse("portal:home")), (_("Languages at the counter"), "")],
    }
    return render(request, "directory/public_languages.html", context)


def week_of(spoken: Iterable[LanguageHours]) -> list[Week]:
    """Return one row a language that is spoken at one place."""
    table = matrix(Spoken("", one.language, one.weekday, one.mode) for one in spoken)
    return [Week(language_name(tag), _worded(cells)) for (_place, tag), cells in table.items()]


def _spoken(area: str, language: str) -> list[LanguageHours]:
    found = LanguageHours.objects.filter(location__closed_on=None).select_related("location")
    if area:
        found = found.filter(location__area__in=Area.objects.within(area))
    if language:
        found = found.filter(language=language)
    return list(found.order_by("location__area", "location__name", "location", "weekday"))


def _told(
    tag: str, week: list[Spoken], places: dict[str, str], missing: list[Gap]
) -> dict[str, Any]:
    own = [one for one in week if one.language == tag]
    name = language_name(tag)
    there = [len({one.place for one in own if one.weekday == day}) for day in range(7)]
    lacking = {gap.weekday for gap in missing if gap.language == tag}
    return {
        "name": name,
        "counts": [(count, day in lacking) for day, count in enumerate(there)],
        "rows": [
            Week(name, _worded(cells), places[code], code)
            for (code, _tag), cells in matrix(own).items()
        ],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"name": language_name(gap.language), "weekday": WEEKDAYS[gap.weekday]}


def _worded(cells: Iterable[Iterable[str]]) -> list[list[Words]]:
    return [[MODES[mode] for mode in cell] for cell in cells]
