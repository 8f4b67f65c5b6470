"""The demo jurisdictions, built only through actions, so that filling them tests them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from linli.demo import (
    access,
    atlas_figures,
    boards,
    boundaries,
    cases,
    courses,
    culture,
    deeds,
    delivery,
    directory,
    exhibitions,
    fairs,
    food,
    food_goods,
    food_permits,
    food_recalls,
    food_tests,
    forms_asked,
    funds,
    indicators,
    inspected,
    meetings,
    offers,
    promises,
    recognition,
    releases,
    saved,
    self_check,
    staff,
    statements,
    takings,
    units,
    weighed,
    writing,
)
from linli.demo.city.steps import SEED, go_on, told
from linli.demo.points import month_end, work_points
from linli.demo.years import PLACES, yearly_report
from linli.directory.models import Area
from linli.facts.actions import compute
from linli.facts.queries.declared import declared
from linli.flows.answers_to_guides import measure_guides
from linli.flows.awards_to_claims import count_awards
from linli.flows.impact_to_tasks import plan_mitigations
from linli.flows.inspected_to_premises import tell_all_inspections
from linli.flows.ledger_to_claims import count_money
from linli.kernel.actors import Actor, system
from linli.kernel.looks import sequence
from linli.kernel.models import Staff
from linli.reports import actions
from linli.reports.actions.areas import hand_over_areas
from linli.reports.models import Report
from linli.trace.actions.expiry import warn_expiring

REPORTS = Path(__file__).parent / "reports"

# When each report came in: soon after it was printed, so that what followed from it came later.
_RECEIVED = {
    "lanzhou-2016.pdf": date(2016, 4, 1),
    "lanzhou.html": date(2017, 4, 5),
    "qilihe.html": date(2018, 8, 1),
    "jiayuguan-2018.txt": date(2019, 1, 10),
    "jiayuguan.txt": date(2020, 1, 15),
    "jinniu.html": date(2022, 11, 1),
    "liubei.docx": date(2022, 12, 20),
}


_YEARS_OF_REPORTS = 8


class Page(NamedTuple):
    """One report of the demo: its file name, its bytes, when it came in, and what its events are under."""

    name: str
    data: bytes
    at: datetime
    source: str


def in_real_use() -> bool:
    """Say whether somebody who is not of the demo may sign in here."""
    return Staff.objects.exclude(username__in=[login.username for login in staff.LOGINS]).exists()


def fill(*, size: int, at: datetime, seed: int = SEED, shown: bool = False) -> int:
    """Make what is missing and return how many reports were added.

    size 1 is the demo's own pages; each further one adds a step of invented everyday to all places, and, for the
    first of them, a year of invented reports for each place. The same seed, size and day make the same.
    """
    by, today = system("demo"), localdate(at)
    with transaction.atomic():
        _found(by, at)
    before = Report.objects.count()
    years = _years(min(size - 1, _YEARS_OF_REPORTS), at)
    pages = [*_printed(), *_this_year(today), *years]
    for page in told(pages, "report", shown=shown):
        with transaction.atomic():
            _bring(page, by, today)
    # Whole or not at all: what was stopped is done again, and the disk is waited for once.
    for part in told((_open, _offer, _fund, _assess), "part", shown=shown):
        with transaction.atomic():
            part(today, at)
    if go_on(size=size, seed=seed, today=today, shown=shown):
        tell_all_inspections(at)
    sequence(at)
    _count(by, at, shown=shown)
    forms_asked.ask(at=at)
    _show(at)
    self_check.begin(today=today)  # filled in from what was counted
    return Report.objects.count() - before


def _found(by: Actor, at: datetime) -> None:
    """Make what everything else stands on: staff, places, offices, what can be counted."""
    staff.hire()
    if not Area.objects.exists():
        hand_over_areas(by=by, at=at)
    units.open_all(by=by, at=at)
    indicators.define_all(by=by, at=at)


def _bring(page: Page, by: Actor, today: date) -> None:
    """Receive a report and publish it, once, and let happen what followed from it."""
    report = actions.receive(by=by, data=page.data, name=page.name, at=page.at)
    if not report.steps.exclude(verb="received").exists():
        actions.publish(by=by, report=report, at=page.at)
        _live(report, page, today)


def _open(today: date, at: datetime) -> None:
    """Hear what others say, open services, and let people ask."""
    by = system("demo")
    statements.hear()
    atlas_figures.bring(at=at, today=today)
    saved.save(at=at)
    directory.open_services(by=by, at=at)
    cases.open_topics(by=by, at=at)
    cases.replay(today=today)
    promises.guarantee_languages(by=by, at=at)
    promises.ask_for_a_measure(at=at)


def _fund(today: date, _at: datetime) -> None:
    """Let money move."""
    funds.fund(today=today)


def _show(at: datetime) -> None:
    """Show what is known, and what is made here: on boards in halls, in exhibitions, in written reports."""
    boards.hang(at=at)
    exhibitions.put_up(at=at)
    writing.write(at=at)


def _offer(today: date, at: datetime) -> None:
    """Open what is offered; whatever else belongs to an offer comes after, in the order of this list."""
    boundaries.draw(at=at)
    access.lay_out(at=at)
    offers.open_all(today=today, at=at)
    courses.train(at=at)
    culture.hold(today=today, at=at)
    fairs.hold(at=at)
    releases.let_pass(at=at)


def _count(by: Actor, at: datetime, *, shown: bool) -> None:
    """Count everything, and prove by the counts what reports claim."""
    delivery.say_who_delivers(at=at)
    for figure in told(list(declared()), "figure", shown=shown):
        compute(by=by, at=at, figure=figure)
    count_money(at)
    count_awards(at)
    measure_guides(at)


def _assess(today: date, at: datetime) -> None:
    """Recognise, inspect, weigh what is to be decided, and supervise food; what decisions promised becomes tasks."""
    recognition.hold()
    food.enter(today=today)
    inspected.visit(today=today)
    weighed.weigh(today=today)
    plan_mitigations(at)
    _supervise(today, at)


def _supervise(today: date, at: datetime) -> None:
    """Give permits, let goods be traced, tested and called back; what inspections found stands at the premises."""
    food_permits.give(today=today)
    tell_all_inspections(at)
    food_goods.trade(today=today)
    food_tests.examine(today=today)
    food_recalls.call_back(today=today)
    warn_expiring(at=at)


def _live(report: Report, page: Page, today: date) -> None:
    """Take a report over and let everything happen to its promises."""
    programme = takings.take_over(report, page.source, at=page.at, today=today)
    if programme is None:
        return
    deeds.replay(programme, page.source, today=today)
    if page.source == "points":
        town = next(town for town in units.TOWNS if town.code == report.area)
        meetings.hold(town, programme, today=today)


def _printed() -> Iterator[Page]:
    for name, day in _RECEIVED.items():
        yield Page(name, (REPORTS / name).read_bytes(), _morning(day), name)


def _this_year(today: date) -> Iterator[Page]:
    for town in units.TOWNS:
        text = work_points(town, today)
        at = _morning(month_end(today, -11))
        yield Page(f"{town.name}{today.year}.txt", text.encode(), at, "points")


def _years(count: int, at: datetime) -> Iterator[Page]:
    for year in range(at.year - count, at.year):
        for place in PLACES:
            name = f"{place}-{year}.txt"
            yield Page(name, yearly_report(place, year).encode(), at, name)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(1), UTC)
