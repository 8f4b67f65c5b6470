"""Ways, counters, holes and effects as the pages put them into words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.atlas.rules.access.buses import RIDE, WAIT, Leg
from linli.atlas.rules.access.counters import Counter
from linli.atlas.rules.access.effects import CLERK, Effect
from linli.atlas.rules.access.gaps import (
    AT_EVENING,
    AT_LUNCH,
    AT_MORNING,
    BETWEEN,
    WHOLE_DAY,
    Hole,
)
from linli.atlas.views.access_asking import MORE, Look, address, named
from linli.directory.schemas.telling import LANGUAGE_NAMES, WEEKDAYS
from linli.kernel.text import Words

PARTS_OF_DAY: dict[str, Words] = {
    WHOLE_DAY: pgettext_lazy("part of the day", "the whole day"),
    AT_MORNING: pgettext_lazy("part of the day", "in the morning"),
    AT_LUNCH: pgettext_lazy("part of the day", "over lunch"),
    AT_EVENING: pgettext_lazy("part of the day", "in the evening"),
    BETWEEN: pgettext_lazy("part of the day", "in between"),
}
_STANDS: dict[str, tuple[str, Words]] = {
    "serves": ("done", gettext_lazy("open, speaks it")),
    "open": ("done", pgettext_lazy("counter", "open")),
    "silent": ("soon", gettext_lazy("open, does not speak it")),
    "shut": ("plain", gettext_lazy("closed at this hour")),
    "other": ("plain", gettext_lazy("does not have this service")),
}


def said_of(look: Look) -> dict[str, Any]:
    """Return what is asked, in words: town, day, hour, language and service."""
    return {
        "weekday": WEEKDAYS[look.asked.weekday],
        "day": look.day,
        "hour": look.asked.hour,
        "language": LANGUAGE_NAMES.get(look.asked.language, ""),
        "service": dict(look.form.fields["service"].choices).get(look.asked.service, "")  # type: ignore[attr-defined]
        if look.asked.service
        else "",
    }  # fmt: skip


def figures(look: Look) -> list[dict[str, Any]]:
    """Return what the ways come to, in four numbers."""
    told = look.summary
    serving = sum(one.serves(look.asked) for one in look.there)
    within = _("Squares within %(n)d minutes") % {"n": look.within}
    minutes = _("minutes")
    return [
        _figure(_("Counters that serve at this hour"), serving, f"/ {len(look.there)}"),
        _figure(within, told.near, f"/ {told.squares}"),
        _figure(_("From half of the squares it takes at most"), told.middle, minutes),
        _figure(_("From the furthest square"), told.longest, minutes),
    ]


def square_rows(look: Look) -> list[dict[str, Any]]:
    """Return a row for each square of the town, line by line as on the map."""
    rows = []
    for square in look.town.ground.squares:
        found, before = look.reached.get(square), look.before.get(square)
        minutes = found.journey.minutes if found else None
        was = before.journey.minutes if before else None
        rows.append(
            {
                "square": square,
                "name": named(square, look.town.names),
                "minutes": minutes,
                "far": minutes is None or minutes > look.within,
                "changed": look.change is not None and was != minutes,
                "was": was,
                "counter": found.counter if found else None,
                "legs": [leg_words(leg) for leg in found.journey.legs] if found else [],
            }
        )
    return rows


def counter_rows(look: Look) -> list[dict[str, Any]]:
    """Return how each counter stands at the hour, those that serve first."""
    rows = [_counter_row(look, one) for one in look.there]
    order = list(_STANDS)
    return sorted(rows, key=lambda row: (order.index(row["kind"]), row["counter"].name))


def leg_words(leg: Leg) -> str:
    """Return one part of a way in words."""
    said = {"n": leg.minutes, "line": leg.line, "stop": leg.to}
    if leg.does == RIDE:
        return _("ride %(n)d min to %(stop)s") % said
    if leg.does == WAIT:
        return _("wait %(n)d min for line %(line)s") % said
    return (_("walk %(n)d min to %(stop)s") if leg.to else _("walk %(n)d min")) % said


def hole_row(look: Look, hole: Hole) -> dict[str, Any]:
    """Return one stretch without anybody, with the way to what would help there."""
    hour = f"{hole.begins:%H:%M}"
    return {
        "hole": hole,
        "weekday": WEEKDAYS[hole.weekday],
        "part": PARTS_OF_DAY[hole.kind],
        "address": address("access_more", look, weekday=str(hole.weekday), hour=hour)
        if hole.begins.minute % 30 == 0
        else "",
    }


def effect_row(look: Look, effect: Effect) -> dict[str, Any]:
    """Return what one change would do, with the way to the map that shows it."""
    squares = len(look.town.ground.squares)
    return {
        "effect": effect,
        "counter": effect.change.counter,
        "span": effect.change.span,
        "clerk": effect.change.kind == CLERK,
        # Where nobody serves there is no way that could get shorter.
        "each": round(effect.saved / squares, 1) if look.before else None,
        "helps": bool(effect.nearer or effect.shorter or effect.closed),
        "address": address("access", look, **{MORE: effect.change.code}),
    }


def _figure(words: str, value: int | None, unit: str) -> dict[str, Any]:
    return {"words": words, "value": value, "unit": unit}


def _counter_row(look: Look, counter: Counter) -> dict[str, Any]:
    asked = look.asked
    if counter.serves(asked):
        kind = "serves" if asked.language else "open"
    elif asked.service and asked.service not in counter.windows:
        kind = "other"
    else:
        kind = "silent" if counter.is_open(asked) else "shut"
    state, words = _STANDS[kind]
    return {
        "counter": counter,
        "kind": kind,
        "state": state,
        "words": words,
        "spans": counter.spans(asked),
        "where": named(counter.square, look.town.names),
        "changed": bool(look.change and look.change.counter.code == counter.code),
    }
