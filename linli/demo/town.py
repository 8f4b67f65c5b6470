"""The demo jurisdictions, built only through actions, so that filling them tests them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from linli.demo import staff
from linli.demo.years import PLACES, yearly_report
from linli.kernel.actors import system
from linli.kernel.models import Staff
from linli.reports import actions
from linli.reports.models import Report

REPORTS = Path(__file__).parent / "reports"
READABLE = {".txt", ".html", ".docx", ".pdf"}


def in_real_use() -> bool:
    """Say whether somebody who is not of the demo may sign in here."""
    return Staff.objects.exclude(username__in=[login.username for login in staff.LOGINS]).exists()


def fill(*, size: int, at: datetime) -> int:
    """Make what is missing and return how many reports were added.

    size 1 is the demo's own pages; each further one adds a year of invented reports for each place.
    """
    staff.hire()
    before = Report.objects.count()
    by = system("demo")
    for name, data in [*_pages(), *_years(size - 1, until=at.year)]:
        report = actions.receive(by=by, data=data, name=name, at=at)
        if not report.steps.exclude(verb="received").exists():
            actions.publish(by=by, report=report, at=at)
    return Report.objects.count() - before


def _pages() -> Iterator[tuple[str, bytes]]:
    for path in sorted(REPORTS.iterdir()):
        if path.suffix in READABLE:
            yield path.name, path.read_bytes()


def _years(count: int, *, until: int) -> Iterator[tuple[str, bytes]]:
    for year in range(until - count, until):
        for place in PLACES:
            yield f"{place}-{year}.txt", yearly_report(place, year).encode()
