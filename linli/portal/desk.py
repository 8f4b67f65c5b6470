"""What waits for a member of staff, pile by pile, by role: counted in a bounded number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.queries.round_lists import tasks_of
from linli.cases.queries.emergency import waiting_for_second
from linli.cases.queries.overview import escalated_cases, waiting_for
from linli.cases.queries.partners import received_by
from linli.cases.queries.window import to_tell
from linli.funds.queries.books import visible_matches, waits_for_second
from linli.kernel.actors import Actor, Role
from linli.kernel.text import Words
from linli.plans import queries as plans
from linli.plans.rules.lamp import Lamp
from linli.reports.queries.forms_asked import waiting_forms
from linli.reports.queries.review import report_counts
from linli.reports.queries.written import waiting_reports
from linli.trace.queries.alerts import open_alerts
from linli.trace.queries.applications import waiting_for_unit


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One pile of work on the desk: what waits, how much, where."""

    title: Words
    words: Words
    address: str
    count: int
    state: str = "plain"


def desk_entries(by: Actor, at: datetime) -> list[DeskEntry]:
    """What waits for this member of staff; an empty pile is not shown."""
    piles = {
        Role.OFFICER: _unit,
        Role.SUPERVISOR: _supervision,
        Role.CLERK: _window,
    }.get(by.role, _planning)
    return [pile for pile in (*piles(by, at), *_readings()) if pile.count]


def _handling(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    counts, cases = waiting_for(by.unit, at), reverse("cases:queue")
    yield DeskEntry(
        _("Cases over their day"),
        _("A promised day has passed: somebody waits."),
        f"{cases}?clock=over",
        counts.late,
        "late",
    )
    yield DeskEntry(
        _("Cases that nobody has taken"),
        _("They reached your unit and wait to be taken in hand."),
        f"{cases}?unassigned=on",
        counts.untaken,
        "soon",
    )
    yield DeskEntry(
        _("Cases handed to your unit"),
        _("Another unit asks you to answer: accept or decline."),
        f"{cases}?shown=offered",
        counts.offered,
        "soon",
    )

    yield DeskEntry(
        _("Cases from other cities"),
        _("A person handed them to your unit: accept or send back."),
        reverse("cases:received_list"),
        received_by(by.unit).filter(state="waiting").count(),
        "soon",
    )


def _window(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    yield DeskEntry(
        _("Waits to be told here"),
        _("People who left no address come by and ask."),
        reverse("cases:window"),
        to_tell(by.unit).count(),
        "soon",
    )
    yield from _handling(by, at)


def _unit(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    yield from _handling(by, at)
    counts = plans.ledger(plans.Filters(unit=by.unit), at).counts
    letters = plans.open_notices(unit=by.unit).count()
    yield from _lamps(counts, unit=by.unit)
    yield from _money(by)
    yield from _checks(by, at)
    yield _food(by)
    yield _permits(by, at)
    yield _forms(by, at)
    yield _drafts(by)
    yield DeskEntry(
        _("Letters from supervision"),
        _("They wait for a report of your unit."),
        _ledger(unit=by.unit, lamp=Lamp.RED),
        letters,
        "late",
    )


def _checks(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    days = list(tasks_of(by.unit).order_by().values_list("due_on", flat=True))
    late = any(day and day < localdate(at) for day in days)
    yield DeskEntry(
        _("Checks to fill in"),
        _("Your unit was asked to check itself or another."),
        reverse("assessments:tasks"),
        len(days),
        "late" if late else "soon",
    )


def _food(by: Actor) -> DeskEntry:
    return DeskEntry(
        _("Alerts about food"),
        _(
            "A paper runs out, something grave was found, a lot must come back: see, and say what was done."
        ),
        f"{reverse('trace:alerts')}?state=open",
        open_alerts(by),
        "late",
    )


def _permits(by: Actor, at: datetime) -> DeskEntry:
    waiting, over = waiting_for_unit(by.unit, localdate(at))
    return DeskEntry(
        _("Applications for permits"),
        _("It is your unit's turn: look at papers, visit, decide."),
        f"{reverse('trace:applications')}?stage=open",
        waiting,
        "late" if over else "soon",
    )


def _forms(by: Actor, at: datetime) -> DeskEntry:
    waiting, late = waiting_forms(by.unit, localdate(at))
    return DeskEntry(
        _("Forms to fill"),
        _("Somebody asks your unit for figures: see what is known already."),
        f"{reverse('reports:forms_asked')}?state=open",
        waiting,
        "late" if late else "soon",
    )


def _drafts(by: Actor) -> DeskEntry:
    return DeskEntry(
        _("Reports that are not published"),
        _("Drafts, and what was withdrawn: see what stands in the way of each."),
        f"{reverse('reports:writing_list')}?state=waiting",
        waiting_reports(by).count(),
        "soon",
    )


def _supervision(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    yield DeskEntry(
        _("Wait for a second person"),
        _("Somebody asks to look without leave, in an emergency: decide."),
        reverse("cases:emergency"),
        waiting_for_second(by, at).count(),
        "late",
    )
    yield DeskEntry(
        _("Escalated cases"),
        _("They have passed their day: counts and units, no words."),
        reverse("cases:overview"),
        escalated_cases(),
        "late",
    )
    yield DeskEntry(
        _("Reports to review"),
        _("Units say what was done; look at the evidence."),
        _ledger(state="reported"),
        plans.waiting_for_review(by).count(),
        "soon",
    )
    yield DeskEntry(
        _("Wishes to move a promise"),
        _("A day or a target should change: read the reason."),
        reverse("plans:ledger"),
        plans.waiting_moves(by).count(),
        "soon",
    )
    yield from _checks(by, at)
    yield _food(by)
    yield from _lamps(plans.ledger(plans.Filters(), at).counts)


def _planning(by: Actor, at: datetime) -> Iterator[DeskEntry]:
    if by.role == Role.PLANNER:
        yield from _checks(by, at)
        yield _food(by)
        yield _drafts(by)
    yield from _lamps(plans.ledger(plans.Filters(), at).counts)
    yield from _money(by)


def _money(by: Actor) -> Iterator[DeskEntry]:
    yield DeskEntry(
        _("Money that waits for a second person"),
        _("Somebody asks to move more than one person may: decide."),
        reverse("funds:console_orders"),
        waits_for_second(by).count(),
        "late",
    )
    yield DeskEntry(
        _("Matched money that waits"),
        _("Something is missing for its release, or nothing any more: see whose it is."),
        reverse("funds:console_matches"),
        visible_matches(by).waiting().count(),
        "soon",
    )


def _lamps(counts: dict[Lamp, int], *, unit: str = "") -> Iterator[DeskEntry]:
    yield DeskEntry(
        _("Overdue and not proven"),
        _("The day has passed and no proof was accepted."),
        _ledger(lamp=Lamp.RED, unit=unit),
        counts.get(Lamp.RED, 0),
        "late",
    )
    yield DeskEntry(
        _("Need attention"),
        _("Due soon, sent back, only claimed, or below target."),
        _ledger(lamp=Lamp.AMBER, unit=unit),
        counts.get(Lamp.AMBER, 0),
        "soon",
    )


def _readings() -> Iterator[DeskEntry]:
    counts = report_counts()
    reports = reverse("reports:console_list")
    yield DeskEntry(
        _("Readings to look through"),
        _("Brought and read, not yet shown to the public."),
        f"{reports}?state=unpublished",
        counts["unpublished"],
        "soon",
    )
    yield DeskEntry(
        _("Published readings"),
        _("What the public sees."),
        f"{reports}?state=published",
        counts["published"],
        "done",
    )


def _ledger(**filters: str) -> str:
    asked = urlencode({name: str(value) for name, value in filters.items() if value})
    return f"{reverse('plans:ledger')}?{asked}"
