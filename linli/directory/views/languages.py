"""Who speaks which language where, on which day: for everybody, with the days on which nobody does."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.directory.models import Area, LanguageHours
from linli.directory.queries.standing import standing_directory
from linli.directory.rules.languages import Gap, Guarantee, Spoken, gaps, matrix
from linli.directory.schemas.asked import PlacesForm
from linli.directory.schemas.telling import (
    MODES,
    SHORT_WEEKDAYS,
    WEEKDAYS,
    LanguageName,
    language_name,
)
from linli.directory.views.guaranteed import guaranteed_week
from linli.ui.kept import kept_while

Cells = tuple[str, ...]


class Week(NamedTuple):
    """One language, or one place for a language, with its ways on each of seven days, Monday first."""

    name: LanguageName
    cells: Cells
    place: str = ""
    code: str = ""


@require_safe
@kept_while(standing_directory, "area", "language")
def languages(request: HttpRequest) -> HttpResponse:
    form = PlacesForm(request.GET, places_only=True)
    chosen = form.chosen
    places, week = _spoken(chosen.get("area", ""), chosen.get("language", ""))
    tags = sorted({one.language for one in week})
    missing = gaps(week, [Guarantee(tag) for tag in tags])
    rows: dict[str, list[Week]] = {tag: [] for tag in tags}
    for (code, tag), cells in matrix(week).items():
        rows[tag].append(Week(language_name(tag), _worded(cells), places[code], code))
    context = {
        "form": form,
        "guaranteed": guaranteed_week(chosen.get("area", ""), chosen.get("language", "")),
        "weekdays": SHORT_WEEKDAYS,
        "spoken": [_told(tag, rows[tag], missing) for tag in tags],
        "missing": [_gap(gap) for gap in missing],
        "language_chosen": bool(chosen.get("language")),
        "trail": [(_("Home"), reverse("portal:home")), (_("Languages at the counter"), "")],
    }
    return render(request, "directory/public_languages.html", context)


def week_of(spoken: Iterable[LanguageHours]) -> list[Week]:
    """Return one row a language that is spoken at one place."""
    table = matrix(Spoken("", one.language, one.weekday, one.mode) for one in spoken)
    return [Week(language_name(tag), _worded(cells)) for (_place, tag), cells in table.items()]


def _spoken(area: str, language: str) -> tuple[dict[str, str], list[Spoken]]:
    """Return the places' names by code, and what is spoken there: one query."""
    found = LanguageHours.objects.filter(location__closed_on=None)
    if area:
        found = found.filter(location__area__in=Area.objects.within(area))
    if language:
        found = found.filter(language=language)
    rows = list(
        found.order_by("location__area_id", "location__name", "location_id", "weekday").values_list(
            "location__code", "location__name", "language", "weekday", "mode"
        )
    )
    return {row[0]: row[1] for row in rows}, [Spoken(row[0], *row[2:]) for row in rows]


def _told(tag: str, rows: list[Week], missing: list[Gap]) -> dict[str, Any]:
    there = [sum(bool(row.cells[day]) for row in rows) for day in range(7)]
    lacking = {gap.weekday for gap in missing if gap.language == tag}
    return {
        "name": language_name(tag),
        "counts": [(count, day in lacking) for day, count in enumerate(there)],
        "rows": rows,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"name": language_name(gap.language), "weekday": WEEKDAYS[gap.weekday]}


def _worded(cells: Iterable[Iterable[str]]) -> Cells:
    """Return the ways in words of the active language: of a large table each is looked up too often."""
    return tuple(", ".join(str(MODES[mode]) for mode in cell) for cell in cells)
