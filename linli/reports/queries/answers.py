"""What is known of the figures that a text asks for: four queries, however many they are.

Only what may be said is answered: of a count of people its public twin, else nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from linli.directory.models import Area
from linli.facts.models import Fact, Indicator
from linli.facts.models.units import unit_short
from linli.facts.queries.facts import facts_for
from linli.facts.queries.pairs import said
from linli.facts.queries.released import value_said
from linli.facts.rules.contradictions import contradict
from linli.facts.rules.periods import Period, of_iso
from linli.reports.rules.writing import saying
from linli.reports.rules.writing.answers import Answer, KnownFigure
from linli.reports.rules.writing.parts import LAST, THIS, Asked

_FIRMNESS = {Fact.CLAIMED: 0, Fact.EVIDENCED: 1, Fact.CONFIRMED: 2}
_BOTH = {"change", "before-after"}


class Setting(NamedTuple):
    """Of where and when a text speaks, in which language, and at which moment it is looked at."""

    area: Area
    period: Period
    language: str
    at: datetime


class Desk:
    """What is known of all the figures of one text, fetched once."""

    def __init__(self, asked: Iterable[Asked], setting: Setting) -> None:
        self.setting = setting
        self._asked = tuple(dict.fromkeys(asked))
        self._indicators = _indicators({one.indicator for one in self._asked})
        self._areas = Area.objects.in_bulk({one.area for one in self._asked} - {""})
        self._areas[""] = setting.area
        self._facts = facts_for(
            {
                (self._indicators[one.indicator].pk, self._areas[one.area].pk)
                for one in self._asked
                if one.indicator in self._indicators and one.area in self._areas
            }
        )

    def answers(self) -> dict[Asked, Answer]:
        """Return what came of each question."""
        with override(self.setting.language):
            return {one: self._answer(one) for one in self._asked}

    def heads(self) -> dict[str, str]:
        """Return what a table calls its lists."""
        with override(self.setting.language):
            return {
                "indicators": gettext("Indicator"),
                "areas": gettext("Place"),
                "periods": gettext("Period"),
            }

    def label(self, of: str, entry: str) -> str:
        """Return what a table calls an entry of one of its lists: by its code, where nobody knows it."""
        language = self.setting.language
        if of == "areas":
            area = self._areas.get(entry)
            return area.name if area else entry
        if of == "indicators":
            indicator = self._indicators.get(entry)
            return _name(indicator, language) if indicator else entry
        period = self.period_of(entry)
        return saying.period_words(period, language) if period else entry

    def period_of(self, text: str) -> Period | None:
        """Return the period that a text means: its own, the one a year before, or one that it names."""
        if text == THIS:
            return self.setting.period
        if text == LAST:
            return saying.year_before(self.setting.period)
        return of_iso(text)

    def _answer(self, asked: Asked) -> Answer:
        indicator, area = self._indicators.get(asked.indicator), self._areas.get(asked.area)
        if indicator is None:
            return Answer(asked, asked.indicator, faults=("no_such_indicator",))
        name = _name(indicator, self.setting.language)
        if area is None:
            return Answer(asked, name, faults=("no_such_area",))
        if not indicator.public:
            return Answer(asked, name, faults=("unreleased",))
        facts = self._facts.get((indicator.pk, area.pk), [])
        for fact in facts:
            fact.indicator, fact.area = indicator, area
        return self._of_facts(asked, name, indicator, facts)

    def _of_facts(self, asked: Asked, name: str, indicator: Indicator, facts: list[Fact]) -> Answer:
        period = self.period_of(asked.period)
        now, faults = self._found(facts, period)
        before = None
        if asked.said_as in _BOTH:
            before, wrong = self._found(facts, period and saying.year_before(period))
            if before is None or wrong:
                faults = (*faults, "no_year_before")
        against = _against(facts, [one for one in (now, before) if one])
        claimed = any(one.status == Fact.CLAIMED for one in (now, before) if one)
        return Answer(
            asked,
            name,
            self._known(now, name),
            self._known(before, name),
            unit_short(indicator.unit),
            (
                *faults,
                *(["contradicted"] if against else []),
                *(["claimed"] if claimed else []),
            ),
            against,
        )

    def _found(
        self, facts: list[Fact], period: Period | None
    ) -> tuple[Fact | None, tuple[str, ...]]:
        """Return the firmest fact of a period, else the newest older one; and what is wrong with it."""
        if period is None:
            return None, ("missing",)
        exact = [one for one in facts if (one.period_from, one.period_until) == period]
        older = [one for one in facts if one.period_until <= period.until and one not in exact]
        fact = max(exact, key=_firm, default=None) or max(older, key=_late, default=None)
        if fact is None:
            return None, ("missing",)
        if value_said(fact) is None:
            return None, ("unreleased",)
        ended = period.until <= localdate(self.setting.at)
        early = ended and localdate(fact.at) < period.until
        return fact, ("stale",) if early or not exact else ()

    def _known(self, fact: Fact | None, name: str) -> KnownFigure | None:
        value = value_said(fact) if fact else None
        if fact is None or value is None:
            return None
        over = Period(fact.period_from, fact.period_until)
        words = saying.period_words(over, self.setting.language)
        about = f"{fact.area.name} · {words} · {name} · {fact.get_status_display()}"
        return KnownFigure(fact.pk, fact.code, value, fact.bound, about)


def _indicators(codes: set[str]) -> dict[str, Indicator]:
    """Return indicators by the codes of a text; instead of a count of people that stays inside, its public twin."""
    found = Indicator.objects.filter(code__in=codes).select_related("released_as")
    return {one.code: _sayable(one) for one in found}


def _sayable(indicator: Indicator) -> Indicator:
    if indicator.public:
        return indicator
    twin: Indicator = getattr(indicator, "released_as", indicator)
    return twin


def _name(indicator: Indicator, language: str) -> str:
    return indicator.name_en or indicator.name if language == "en" else indicator.name


def _firm(fact: Fact) -> tuple[int, datetime, int]:
    return _FIRMNESS.get(fact.status, 0), fact.at, fact.pk


def _late(fact: Fact) -> tuple[object, ...]:
    return (fact.period_until, fact.period_from, *_firm(fact))


def _against(facts: list[Fact], chosen: list[Fact]) -> tuple[str, ...]:
    """Return the citations of facts that contradict those that were chosen."""
    return tuple(
        dict.fromkeys(
            other.code
            for one in chosen
            for other in facts
            if other.pk != one.pk
            and contradict(said(one), said(other), adds_up=one.indicator.adds_up)
        )
    )


def parts_of(area: Area) -> tuple[str, ...]:
    """Return the codes of the areas directly inside an area, those that still stand."""
    inside = Area.objects.filter(parent=area, until_year=None).order_by("code")
    return tuple(inside.values_list("code", flat=True))


def facts_said(answers: Mapping[Asked, Answer]) -> dict[str, int]:
    """Return the facts of all answers, by the codes of their citations."""
    known = [one for answer in answers.values() for one in (answer.now, answer.before) if one]
    return {one.code: one.fact for one in known}
