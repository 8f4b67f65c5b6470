"""What is guaranteed about languages, as pages tell it: the promise in words, and how each day stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import LanguageGuarantee
from linli.directory.queries.guarantees import Standing, guarantees_kept, guarantees_of
from linli.directory.rules.guarantees import BROKEN, HOLIDAY, KEPT, NOT_PROMISED, Kept
from linli.directory.rules.hours import Span
from linli.directory.schemas.telling import (
    MODES,
    SHORT_WEEKDAYS,
    LanguageName,
    language_name,
)
from linli.kernel.clock import now
from linli.kernel.text import Words

A_WEEK = 7
STATES: dict[str, Words] = {
    KEPT: _("kept"),
    BROKEN: _("nobody"),
    HOLIDAY: _("public holiday"),
    NOT_PROMISED: _("not promised"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a guarantee: its state in words, and the hours in which nobody speaks the language."""

    on: date
    weekday: Words
    state: str
    words: Words
    holes: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """One guarantee with its coming days; runs: its weekdays, neighbours taken together."""

    guarantee: LanguageGuarantee
    name: LanguageName
    runs: list[tuple[Words, Words]]
    way: Words
    days: list[Day]

    @property
    def broken(self) -> list[Day]:
        """The days on which it is not kept."""
        return [day for day in self.days if day.state == BROKEN]


def guaranteed_week(area: str, language: str) -> list[Guaranteed]:
    """Return the guarantees of a place and how they stand on seven days from today on."""
    return guaranteed(guarantees_of(area, language), A_WEEK)


def guaranteed(guarantees: Iterable[LanguageGuarantee], days: int) -> list[Guaranteed]:
    """Return guarantees as pages tell them, with so many days from today on."""
    return [_told(one) for one in guarantees_kept(guarantees, localdate(now()), days)]


def _told(standing: Standing) -> Guaranteed:
    one = standing.guarantee
    return Guaranteed(
        guarantee=one,
        name=language_name(one.language),
        runs=_runs([int(digit) for digit in one.weekdays]),
        way=MODES[one.mode] if one.mode else "",
        days=[_day(day) for day in standing.days],
    )


def _day(kept: Kept) -> Day:
    weekday = SHORT_WEEKDAYS[kept.day.weekday()]
    return Day(kept.day, weekday, kept.state, STATES[kept.state], kept.holes)


def _runs(weekdays: Sequence[int]) -> list[tuple[Words, Words]]:
    """Return neighbouring weekdays as (first, last), last "" for one day."""
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [
        (SHORT_WEEKDAYS[run[0]], SHORT_WEEKDAYS[run[-1]] if len(run) > 1 else "") for run in runs
    ]
