"""Written reports for lists and pages: who sees which, what changed since one was published, what two of them say."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db.models import Count, F, Max, Q
from django.db.models.fields.json import KeyTextTransform

from linli.facts.models import Fact
from linli.facts.queries.facts import newest_of
from linli.facts.rules.intervals import Interval
from linli.facts.rules.periods import Period
from linli.kernel.actors import Actor, Role
from linli.reports.models import FigureSaid, Publication, Template, Written, WrittenQuerySet
from linli.reports.rules.writing.differing import Cited
from linli.ui.kept import State

_SHOWN = ("unit", "area", "version__template")


def visible_reports(by: Actor) -> WrittenQuerySet:
    """Return the reports that a member of staff works with: an officer's are those of the own unit."""
    found = Written.objects.select_related(*_SHOWN)
    return found.filter(unit__name=by.unit) if by.role == Role.OFFICER else found


def public_reports(*, words: str = "", kind: str = "") -> WrittenQuerySet:
    """Return what everybody may read, each with its `public_title`, the newest period first."""
    found = Written.objects.public().select_related(*_SHOWN)
    # What is drafted for a later edition stays inside, the title too.
    found = found.filter(publications__number=F("edition"))
    found = found.annotate(public_title=KeyTextTransform("title", "publications__paper"))
    if kind:
        found = found.filter(version__template__kind=kind)
    for word in words.split():
        found = found.filter(Q(public_title__icontains=word) | Q(area__name__icontains=word))
    return found.order_by("-period_until", "-period_from", "id")


def waiting_reports(by: Actor) -> WrittenQuerySet:
    """Return the reports that nobody outside reads, of those that one works with."""
    return visible_reports(by).exclude(edition__gt=0, withdrawn_at=None)


def listed_templates() -> list[tuple[Template, int]]:
    """Return all templates, each with how many reports were begun in it."""
    counted = Template.objects.annotate(reports=Count("versions__written"))
    return [(one, one.reports) for one in counted]


def edition_of(written: Written, number: int = 0) -> Publication | None:
    """Return an edition of a report, the newest for 0; None where there is none."""
    found = written.publications.filter(number=number or written.edition)
    return found.first()


class Since(NamedTuple):
    """A figure that is known otherwise now. now: the fact that it has become, a withdrawal included."""

    said: FigureSaid
    was: Fact
    now: Fact


def changed_since(publication: Publication) -> list[Since]:
    """Return the figures of an edition that are known otherwise by now, each fact once, in the order of the paper."""
    told = publication.figures.select_related("fact__indicator", "fact__area", "fact__evidence")
    figures = list(told)
    numbers = {fact for one in figures for fact in (one.fact_id, one.before_id) if fact}
    newest = newest_of(numbers)
    found: dict[int, Since] = {}
    for one in figures:
        for number in (one.fact_id, one.before_id):
            if number and newest[number].pk != number and number not in found:
                found[number] = Since(one, one.fact, newest[number])
    return _with_what_was(found)


def cited_in(publication: Publication) -> list[Cited]:
    """Return the figures of an edition with what they count: one query."""
    start = publication.written.period_from
    figures = publication.figures.select_related("fact__indicator")
    return [_cited(one, (start.year, start.month)) for one in figures]


def standing_written() -> State:
    """Tell what the public pages are made of: two queries."""
    rows = Written.objects.public().order_by("pk")
    told = list(rows.values_list("pk", "edition", "area__name", "unit__name"))
    newest = Fact.objects.aggregate(newest=Max("pk"))["newest"]
    return State(f"{newest} {told}", datetime.max.replace(tzinfo=UTC))


def _with_what_was(found: dict[int, Since]) -> list[Since]:
    """Put the fact that changed in the place of the one that is said: of a change it may be the earlier one."""
    facts = Fact.objects.select_related("indicator", "area", "evidence").in_bulk(list(found))
    return [Since(one.said, facts[number], one.now) for number, one in found.items()]


def _cited(one: FigureSaid, start: tuple[int, int]) -> Cited:
    fact = one.fact
    period = Period(fact.period_from, fact.period_until)
    since = (period.start.year - start[0]) * 12 + period.start.month - start[1]
    return Cited(
        fact.indicator.code,
        fact.area_id,
        period,
        since,
        Interval(fact.low, fact.high, low_in=fact.low_in, high_in=fact.high_in),
        fact.code,
        fact.pk,
        fact.indicator.adds_up,
    )


def facts_of(cited: Iterable[Cited]) -> dict[int, Fact]:
    """Return the facts of figures, by id, with what it takes to say them: one query."""
    told = Fact.objects.select_related("indicator", "evidence")
    return told.in_bulk({one.fact for one in cited})
