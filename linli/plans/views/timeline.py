"""Everything that was done on a task, oldest first, in words: reports, reviews, moves, letters, changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.facts.models import Evidence, Fact
from linli.facts.queries.released import value_said
from linli.kernel.signed import Signed
from linli.kernel.text import Words
from linli.plans.models import Move, MoveDecision, Progress, Review, Step
from linli.plans.queries.task_page import TaskPage
from linli.plans.views import words
from linli.plans.views.rows import number


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done. `text` is what somebody wrote, `changes` are (what, was, is)."""

    at: datetime
    title: Words
    name: str = ""
    unit: str = ""
    state: str = "plain"
    text: str = ""
    fact: Fact | None = None
    file: Evidence | None = None
    changes: tuple[tuple[Words, str, str], ...] = ()
    anchor: str = ""
    letter: int | None = None

    @property
    def value(self) -> str:
        """The figure that was said with it."""
        value = value_said(self.fact) if self.fact else None
        return "" if value is None else number(value)


def timeline(page: TaskPage) -> list[Entry]:
    """Return the entries of a task, oldest first."""
    entries = [*_steps(page), *_promise(page), *_reports(page), *_moves(page), *_notices(page)]
    return sorted(entries, key=lambda entry: entry.at)


def _promise(page: TaskPage) -> Iterator[Entry]:
    if page.task.promised_at:
        yield Entry(page.task.promised_at, _("Promised to the public"), state="brand")


def _reports(page: TaskPage) -> Iterator[Entry]:
    for report in page.progress:
        title = _("Reported as done") if report.says_done else _("Progress reported")
        yield _entry(
            report, title, "note", text=report.words, fact=report.fact, file=_file(report),
            anchor=f"r{report.pk}",
        )  # fmt: skip
        review = getattr(report, "review", None)
        if review:
            accepted = review.verdict == Review.ACCEPTED
            title = _("Accepted on evidence") if accepted else _("Sent back")
            yield _entry(review, title, "done" if accepted else "late", text=review.reason)


def _moves(page: TaskPage) -> Iterator[Entry]:
    for move in page.moves:
        yield _entry(
            move, _("Asked to move"), "soon", text=move.reason, changes=tuple(_change(move))
        )
        decision: MoveDecision | None = getattr(move, "decision", None)
        if decision:
            title = _("Move approved") if decision.approved else _("Move refused")
            state = "done" if decision.approved else "late"
            yield _entry(decision, title, state, text=decision.words)


def _notices(page: TaskPage) -> Iterator[Entry]:
    for notice in page.notices:
        title = _("%(kind)s to %(unit)s, answer by %(day)s") % {
            "kind": notice.get_kind_display(),
            "unit": notice.unit.name,
            "day": date_format(notice.due_on),
        }
        yield _entry(notice, title, "brand", anchor=f"n{notice.pk}", letter=notice.pk)


def _steps(page: TaskPage) -> Iterator[Entry]:
    for step in page.steps:
        # Reports, moves and letters speak for themselves above.
        if step.verb in words.STEPS:
            yield _entry(
                step,
                words.STEPS[step.verb],
                text=str(step.becomes.get("reason", "")),
                changes=() if step.verb == "added" else tuple(_changes(step)),
            )


def _change(move: Move) -> Iterator[tuple[Words, str, str]]:
    if move.was_due_on != move.now_due_on:
        yield _("Due on"), _said(move.was_due_on), _said(move.now_due_on)
    if move.was_target != move.now_target:
        was, wanted = (v and number(v) for v in (move.was_target, move.now_target))
        yield _("Target"), _said(was), _said(wanted)


def _changes(step: Step) -> Iterator[tuple[Words, str, str]]:
    for name, value in step.becomes.items():
        if name in words.FIELDS and name != "reason":
            yield words.FIELDS[name], _said(step.was.get(name)), _said(value)


def _said(value: Any) -> str:  # noqa: ANN401 - what JSON or a field holds
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "—"
    return str(value) if value not in (None, "") else "—"


def _file(report: Progress) -> Evidence | None:
    evidence = report.evidence
    return evidence if evidence and evidence.kind == Evidence.FILE else None


def _entry(deed: Signed, title: Words, state: str = "plain", **more: Any) -> Entry:
    return Entry(at=deed.at, title=title, name=deed.by_name, unit=deed.by_unit, state=state, **more)
