"""Ways to an open counter for everybody: minutes on a map and in a table, the week, what would help."""

from datetime import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.atlas.forms.access import AccessForm
from linli.atlas.queries.access_standing import standing_access
from linli.atlas.rules.access.buses import MOST_WALK
from linli.atlas.rules.access.counters import Asked
from linli.atlas.rules.access.effects import CLERK, effects
from linli.atlas.rules.access.gaps import half_hours, holes_of_week, next_served
from linli.atlas.rules.access.minutes import BANDS, Reckoning, summary
from linli.atlas.rules.access.squares import DETOUR
from linli.atlas.views.access_asking import ASKS, MORE, Look, address, frame, look_of, trail
from linli.atlas.views.access_drawing import drawing
from linli.atlas.views.access_words import (
    counter_rows,
    effect_row,
    figures,
    hole_row,
    said_of,
    square_rows,
)
from linli.directory.schemas.telling import SHORT_WEEKDAYS, WEEKDAYS
from linli.kernel.sheets import write_csv
from linli.ui.kept import kept_while

COLUMNS = (
    "square", "name", "minutes", "counter", "counter_name", "walking", "waiting", "riding", "lines",
)  # fmt: skip


@require_safe
@kept_while(standing_access, *ASKS, MORE)
def access(request: HttpRequest) -> HttpResponse:
    """Show the minutes from every square of a town."""
    look = look_of(request)
    if not isinstance(look, Look):
        return _unanswered(request, look, "access")
    nothing = not look.reached
    context = frame(look, "access") | {
        "said": said_of(look),
        "drawing": drawing(look),
        "summary": look.summary,
        "rows": square_rows(look),
        "counters": counter_rows(look),
        "figures": figures(look),
        "next": _next(look) if nothing else None,
        "bands": BANDS,
        "detour": DETOUR,
        "most_walk": MOST_WALK,
        "csv": address("access_csv", look),
        "without": address("access", look),
        "more": address("access_more", look),
    }
    return render(request, "atlas/access.html", context)


@require_safe
@kept_while(standing_access, *ASKS)
def access_week(request: HttpRequest) -> HttpResponse:
    """Show at which hours of the week how many squares are near enough, and when nobody serves."""
    look = look_of(request)
    if not isinstance(look, Look):
        return _unanswered(request, look, "access_week")
    hours = [hour for hour in half_hours() if not hour.minute]
    context = frame(look, "access_week") | {
        "said": said_of(look),
        "hours": hours,
        "week": _week(look, hours),
        "holes": [hole_row(look, hole) for hole in holes_of_week(look.counters, look.asked)],
    }
    return render(request, "atlas/access_week.html", context)


@require_safe
@kept_while(standing_access, *ASKS)
def access_more(request: HttpRequest) -> HttpResponse:
    """Show what one more clerk, or one more hour, would change at each counter."""
    look = look_of(request)
    if not isinstance(look, Look):
        return _unanswered(request, look, "access_more")
    found = effects(look.counters, look.asked, look.reckoning, look.within)
    context = frame(look, "access_more") | {
        "said": said_of(look),
        "summary": look.summary,
        "clerks": [effect_row(look, one) for one in found if one.change.kind == CLERK],
        "hours": [effect_row(look, one) for one in found if one.change.kind != CLERK],
    }
    return render(request, "atlas/access_more.html", context)


@require_safe
@kept_while(standing_access, *ASKS)
def access_csv(request: HttpRequest) -> HttpResponse:
    """Give the minutes of every square as a table to take along."""
    look = look_of(request)
    if not isinstance(look, Look):
        return _unanswered(request, look, "access")
    response = HttpResponse(
        write_csv(COLUMNS, _lines(look)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="access.csv"'
    return response


def _unanswered(request: HttpRequest, form: AccessForm | None, current: str) -> HttpResponse:
    """Say what could not be asked so, or that no ground is declared yet."""
    context = {"form": form, "address": request.path, "current": current, "trail": trail()}
    return render(request, "atlas/access_none.html", context, status=422 if form else 200)


def _next(look: Look) -> dict[str, Any] | None:
    found = next_served(look.there, look.asked)
    if found is None:
        return None
    weekday, begins, counter = found
    return {
        "weekday": WEEKDAYS[weekday], "hour": begins, "counter": counter,
        "address": address("access", look, weekday=str(weekday), hour=f"{_asked_hour(begins):%H:%M}"),
    }  # fmt: skip


def _asked_hour(hour: time) -> time:
    """Return the first half hour at or after an hour: what the form can ask for."""
    minutes = -(-(hour.hour * 60 + hour.minute) // 30) * 30
    return time(*divmod(min(max(minutes, 6 * 60), 22 * 60), 60))


def _week(look: Look, hours: list[time]) -> list[dict[str, Any]]:
    known: dict[Any, Reckoning] = {}
    return [
        {
            "name": SHORT_WEEKDAYS[day],
            "on": look.days[day],
            "cells": [
                _cell(look, look.asked._replace(weekday=day, hour=hour), known) for hour in hours
            ],
        }
        for day in range(len(look.days))
    ]


def _cell(look: Look, asked: Asked, known: dict[Any, Reckoning]) -> dict[str, Any]:
    network = look.network(asked)
    # Hours with the same buses have the same streets: reckoned once.
    reckoning = known.setdefault(tuple(network.runs), Reckoning(network))
    reached = reckoning.nearest(one for one in look.counters if one.serves(asked))
    told = summary(look.town.ground.squares, reached, look.within)
    share = 100 * told.near // told.squares
    step = 0 if not reached else 1 + (share >= 25) + (share >= 50) + (share >= 75)
    return {
        "hour": asked.hour,
        "share": share if reached else None,
        "step": step,
        "address": address("access", look, weekday=str(asked.weekday), hour=f"{asked.hour:%H:%M}"),
    }


def _lines(look: Look) -> list[list[str | int]]:
    lines: list[list[str | int]] = []
    for square in look.town.ground.squares:
        name, found = look.town.names.get(square, ""), look.reached.get(square)
        if found is None:
            lines.append([square.code, name, *[""] * 7])
            continue
        legs = found.journey.legs
        spent = [
            sum(leg.minutes for leg in legs if leg.does == does)
            for does in ("walk", "wait", "ride")
        ]
        ridden = " ".join(leg.line for leg in legs if leg.does == "ride")
        lines.append(
            [square.code, name, found.journey.minutes, found.counter.code, found.counter.name, *spent, ridden]
        )  # fmt: skip
    return lines
