"""The guarantees of languages that stand, and how each is kept on the coming days: three queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from linli.directory.models import LanguageGuarantee, LanguageHours, Schedule
from linli.directory.rules.areas import ladder_of
from linli.directory.rules.guarantees import BROKEN, Kept, Promised, kept_on
from linli.directory.rules.hours import Span, open_spans
from linli.directory.rules.languages import MODES
from linli.kernel.working_days import is_working_day

MOST_ENDED = 50


class _Rule(NamedTuple):
    rrule: str
    starts_on: date
    valid_until: date | None
    opens_at: time
    closes_at: time
    days_off: str


class _Speaks(NamedTuple):
    place: int
    area: str
    language: str
    weekday: int
    mode: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One guarantee and how it is kept, day by day."""

    guarantee: LanguageGuarantee
    days: list[Kept]

    @property
    def broken(self) -> list[Kept]:
        """The days on which it is not kept."""
        return [one for one in self.days if one.state == BROKEN]


def guarantees_of(area: str = "", language: str = "") -> list[LanguageGuarantee]:
    """Return the guarantees that stand: those that hold in an area and in parts of it when one is given."""
    found = LanguageGuarantee.objects.standing().select_related("area")
    if language:
        found = found.filter(language=language)
    return [
        one
        for one in found
        if not area or one.area_id in ladder_of(area) or area in ladder_of(one.area_id)
    ]


def ended_guarantees() -> list[LanguageGuarantee]:
    """Return the guarantees that hold no more, the last ended first."""
    ended = LanguageGuarantee.objects.exclude(ended_on=None).select_related("area")
    return list(ended.order_by("-ended_on", "-pk")[:MOST_ENDED])


def guarantees_kept(
    guarantees: Iterable[LanguageGuarantee], first: date, count: int
) -> list[Standing]:
    """Return how guarantees are kept on `count` days from `first` on: two queries for all of them."""
    asked = list(guarantees)
    if not asked:
        return []
    spoken = _spoken({one.language for one in asked})
    rules = _rules({one.place for said in spoken.values() for one in said})
    days = [first + timedelta(days=n) for n in range(count)]
    opened = {
        (place, day): open_spans(hours, day, is_working_day)
        for place, hours in rules.items()
        for day in days
    }
    return [_standing(one, spoken.get(one.language, []), opened, days) for one in asked]


def _standing(
    one: LanguageGuarantee,
    spoken: list[_Speaks],
    opened: dict[tuple[int, date], list[Span]],
    days: list[date],
) -> Standing:
    modes = (one.mode,) if one.mode else MODES
    here = [said for said in spoken if said.mode in modes and one.area_id in ladder_of(said.area)]
    weekdays = tuple(int(digit) for digit in one.weekdays)
    promised = Promised(weekdays, one.opens_at, one.closes_at, one.begins_on)
    kept = []
    for day in days:
        places = {said.place for said in here if said.weekday == day.weekday()}
        spans = [span for place in places for span in opened.get((place, day), [])]
        kept.append(kept_on(promised, day, spans, is_working_day))
    return Standing(one, kept)


def _spoken(languages: set[str]) -> dict[str, list[_Speaks]]:
    rows = LanguageHours.objects.filter(location__closed_on=None, language__in=languages)
    found: dict[str, list[_Speaks]] = defaultdict(list)
    for row in rows.order_by().values_list(
        "location", "location__area_id", "language", "weekday", "mode"
    ):
        found[row[2]].append(_Speaks(*row))
    return found


def _rules(places: set[int]) -> dict[int, list[_Rule]]:
    found: dict[int, list[_Rule]] = defaultdict(list)
    rows = Schedule.objects.filter(location__in=places).order_by()
    for place, *said in rows.values_list("location", *_Rule._fields):
        if place is not None:
            found[place].append(_Rule(*said))
    return found
