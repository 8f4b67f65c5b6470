"""Promises as rows of open data: the ones of the page, all of them, each column explained."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from linli.facts import queries as facts
from linli.facts.models import Fact
from linli.facts.queries.released import value_said
from linli.facts.schemas import telling as figures
from linli.facts.schemas.rows import citation
from linli.kernel.text import Words
from linli.plans.models import Share, Task
from linli.plans.queries import Row
from linli.plans.rules.lamp import PROOF, window
from linli.plans.schemas import telling

Value = str | int | Decimal | None

COLUMNS: dict[str, Words] = {
    "promise": _("Code of the promise"),
    "address": _("Permanent address of the promise"),
    "area_code": _("Code of the place (GB/T 2260)"),
    "area": _("Name of the place"),
    "programme": _("Programme that it belongs to"),
    "measure": _("Measure that it belongs to"),
    "title": _("What was promised, in short"),
    "sentence": _("The sentence that promised it"),
    "sentence_source": _("Document in which the sentence stands"),
    "sentence_address": _("Where the sentence can be looked at"),
    "lead_unit": _("Unit that leads"),
    "responsible_units": _("Units that answer for it with the lead unit, separated by semicolons"),
    "supporting_units": _("Units that support it, separated by semicolons"),
    "promised_on": _("Day on which it was promised"),
    "starts_on": _("Day on which it begins"),
    "first_due_on": _("Due day as first promised"),
    "due_on": _("Due day now"),
    "drift_days": _("Days between the two; positive is later"),
    "moves": _("How often the day or the target was moved"),
    "last_move_reason": _("Why it was moved last"),
    "last_move_approved_by": _("Unit that approved the last move"),
    "indicator": _("Code of the indicator that measures it"),
    "target_sense": _("at_least or at_most"),
    "first_target": _("Target as first promised"),
    "target": _("Target now"),
    "unit": _("Unit of measure"),
    "lamp": _(
        "green proven, blue under way, amber needs watching, red overdue, grey not begun or given up"
    ),
    "lamp_reason": _("Why the lamp has its colour, as a code"),
    "accepted_on": _("Day of the report that was accepted"),
    "proof_source": _("Who stands behind the accepted evidence"),
    "proof_sha256": _("SHA-256 of the accepted file"),
    "figure": _("Address of the figure that speaks of the target"),
    "figure_value": _("Value of that figure as stated"),
    "figure_status": _("claimed, evidenced or confirmed"),
}


class Promise(NamedTuple):
    """One task as everybody sees it: how it stands, and the public figure that speaks of its target."""

    row: Row
    figure: Fact | None

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.row.task


def promises(rows: Iterable[Row]) -> list[Promise]:
    """Return rows with their figures: one query for all of them."""
    found = list(rows)
    measured = [row.task for row in found if row.task.indicator and row.task.indicator.public]
    known = facts.facts_for((task.indicator_id or 0, _area(task)) for task in measured)
    return [Promise(row, _figure(row.task, known)) for row in found]


def cells(promise: Promise, host: str) -> tuple[Value, ...]:
    """Return a promise under `COLUMNS`; host ("https://…") makes addresses absolute."""
    return (
        *_promised(promise.task, host),
        *_days(promise.row),
        *_measured(promise.task),
        *_stands(promise, host),
    )


def in_json(promise: Promise, host: str) -> dict[str, str | int | float | None]:
    """Return a promise by the names of its columns, numbers as JSON writes them."""
    return {name: _json(value) for name, value in zip(COLUMNS, cells(promise, host), strict=True)}


def _promised(task: Task, host: str) -> tuple[Value, ...]:
    programme, evidence = task.measure.programme, telling.sentence(task)
    address = evidence.address if evidence else ""
    return (
        task.code,
        f"{host}{telling.promise_path(task.code)}",
        programme.area_id,
        programme.area.name,
        programme.title,
        task.measure.title,
        task.title,
        evidence.words if evidence else "",
        evidence.source if evidence else "",
        f"{host}{address}" if address.startswith("/") else address,
        task.lead.name if task.lead else "",
        _units(task, Share.RESPONSIBLE),
        _units(task, Share.SUPPORTING),
    )


def _days(row: Row) -> tuple[Value, ...]:
    task = row.task
    moves = vars(task).get("approved_moves", [])
    last = moves[-1] if moves else None
    return (
        telling.moment(task.promised_at),
        _iso(task.starts_on),
        _iso(task.first_due_on),
        _iso(task.due_on),
        row.drift,
        len(moves),
        last.reason if last else "",
        last.decision.by_unit if last else "",
    )


def _measured(task: Task) -> tuple[Value, ...]:
    indicator = task.indicator
    if indicator is None or not indicator.public:
        return "", "", None, None, ""
    sense = task.target_sense if task.target is not None else ""
    return indicator.code, sense, _exact(task.first_target), _exact(task.target), indicator.unit


def _stands(promise: Promise, host: str) -> tuple[Value, ...]:
    row, task, figure = promise.row, promise.task, promise.figure
    return (
        row.lamp.value,
        row.why.value,
        _iso(task.accepted_on),
        task.proof.source if task.proof else "",
        task.proof.digest if task.proof else "",
        f"{host}{citation(figure)}" if figure else "",
        _exact(value_said(figure)) if figure else None,
        figure.status if figure else "",
    )


def _figure(task: Task, known: dict[tuple[int, str], list[Fact]]) -> Fact | None:
    """Return the figure of the task's own time that says most: proven before claimed, then the newest."""
    if task.indicator is None:
        return None
    programme = task.measure.programme
    since, _until = window(
        task.starts_on, task.first_due_on or task.due_on, (programme.starts_on, programme.ends_on)
    )
    found = [
        fact
        for fact in known.get((task.indicator.pk, _area(task)), [])
        if fact.period_from >= since
    ]
    best = max(
        found, key=lambda fact: (fact.status in PROOF, fact.period_until, fact.at), default=None
    )
    if best:
        best.indicator = task.indicator
    return best


def _area(task: Task) -> str:
    return task.measure.programme.area_id


def _units(task: Task, part: str) -> str:
    return "; ".join(share.unit.name for share in task.shares.all() if share.part == part)


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _exact(value: Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(figures.digits(value).replace(",", ""))


def _json(value: Value) -> str | int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
