"""Take over what was accepted: figures become claims, measures become measures and tasks, each once.

All in one transaction and under the lock of the report; every row rests on the sentence that it came from.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Area
from linli.directory.rules.areas import ladder_of
from linli.flows.reading_to_ledger import becoming
from linli.flows.reading_to_ledger.making import Maker
from linli.flows.reading_to_ledger.suggest import suggestions
from linli.flows.reading_to_ledger.suggestion import ACCEPT
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.plans.actions import ProgrammeDraft, start_programme
from linli.plans.models import Programme
from linli.reports import actions
from linli.reports.models import Report, Taken
from linli.reports.queries.review import Review, ReviewItem, review_of


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a taking over would do with the items that wait for it."""

    facts: tuple[ReviewItem, ...] = ()
    targets: tuple[ReviewItem, ...] = ()  # figures that go with the task of their sentence
    tasks: tuple[ReviewItem, ...] = ()
    measures: tuple[ReviewItem, ...] = ()
    merged: tuple[ReviewItem, ...] = ()
    waiting: tuple[
        ReviewItem, ...
    ] = ()  # something is missing: see `becoming`, or their measure is

    @property
    def all(self) -> tuple[ReviewItem, ...]:
        """Return every item that would be taken."""
        return self.facts + self.targets + self.tasks + self.measures + self.merged


@dataclass(frozen=True, slots=True)
class Taking:
    """What was taken over: the rows by kind, and the programme that they stand in."""

    taken: tuple[Taken, ...] = ()
    programme: Programme | None = None
    counts: dict[str, int] = field(default_factory=dict)


def accept(
    *,
    by: Actor,
    at: datetime,
    report: Report,
    items: Collection[str] | None = None,
    period: str = "",
) -> tuple[str, ...]:
    """Accept items as suggested and return which; what lacks something is left open.

    items: None for every open item whose suggestion is to accept it. Refuses what `decide` refuses.
    """
    made = suggestions(report, period=period)
    if items is None:
        states = {one.item.id: one.state for one in review_of(report).items}
        items = [i for i, one in made.items() if one.advice == ACCEPT and states[i] == "open"]
    # What is out of scope has no suggestion: it goes on to `decide`, which refuses it.
    wanted = [item for item in items if item not in made or not made[item].lacks]
    choices = {
        item: actions.Choice("accept", made[item].becomes if item in made else {})
        for item in wanted
    }
    if choices:
        actions.decide(by=by, at=at, report=report, items=choices)
    return tuple(choices)


def outlook(review: Review) -> Outlook:
    """Return what a taking over would do now. Pure, but for what the review read."""
    found: dict[str, list[ReviewItem]] = {name: [] for name in Outlook.__dataclass_fields__}
    tasks = {
        one.item.id: one.item.fields.get("figures", ())
        for one in review.items
        if one.item.kind == "measure" and one.state in {"accept", "taken"} and _is_task(one)
    }
    aimed = {figure for figures in tasks.values() for figure in figures}
    for one in review.of("accept", "merge"):
        found[_fate(one, aimed)].append(one)
    return Outlook(**{name: tuple(items) for name, items in found.items()})


@transaction.atomic
def take(
    *,
    by: Actor,
    at: datetime,
    report: Report,
    programme: Programme | ProgrammeDraft | None,
) -> Taking:
    """Take over what was accepted and merged, and has not been taken: facts, measures, tasks.

    The reading becomes public with it: whoever sees a promise can see its sentence.

    Refuses: not_allowed unless a planner asks; nothing_to_take; no_programme when there are tasks or
    measures and none is chosen; other_place when the programme is of another place; unknown_place when
    the directory has no area of the report; unknown_code when something to merge with, a unit or an
    indicator is gone; and what the actions of facts, plans and reports refuse.
    """
    allow(by, Role.PLANNER)
    actions.hold(by=by, at=at, report=report)
    ahead = outlook(review_of(report))
    if not ahead.all:
        raise Refused("nothing_to_take", _("Nothing that was accepted waits to be taken over."))
    area = Area.objects.filter(code=report.area).first()
    if area is None:
        raise Refused("unknown_place", _("The directory does not know the place of this report."))
    chosen = _programme(by, at, programme, area, needed=bool(ahead.tasks or ahead.measures))
    maker = Maker(by=by, at=at, report=report, area=area, programme=chosen)
    became = maker.measures(ahead.measures) | maker.tasks(ahead.tasks)
    became |= maker.facts(ahead.facts) | maker.merged(ahead.merged)
    became |= maker.targets(ahead.targets, became)
    taken = actions.note_taken(by=by, at=at, report=report, became=became)
    report.refresh_from_db(fields=["published_at"])
    if report.published_at is None:
        actions.publish(by=by, at=at, report=report)
    return Taking(taken, chosen, _counts(taken, ahead))


def _counts(taken: Iterable[Taken], ahead: Outlook) -> dict[str, int]:
    merged = {one.item.id for one in ahead.merged + ahead.targets}
    own = [one.kind for one in taken if one.item not in merged]
    return {kind: own.count(kind) for kind in ("fact", "measure", "task")} | {
        "merged": len(ahead.merged),
        "target": len(ahead.targets),
    }


def _programme(
    by: Actor,
    at: datetime,
    programme: Programme | ProgrammeDraft | None,
    area: Area,
    *,
    needed: bool,
) -> Programme | None:
    if programme is None:
        if needed:
            raise Refused("no_programme", _("Choose the programme that the tasks belong to."))
        return None
    if programme.area.code not in ladder_of(area.code):
        raise Refused("other_place", _("This programme is of another place."))
    if isinstance(programme, ProgrammeDraft):
        return start_programme(by=by, at=at, draft=programme)
    return programme


def _is_task(one: ReviewItem) -> bool:
    if one.taken:
        return one.taken.kind == becoming.TASK
    return bool(one.holds and one.holds.becomes.get("kind") == becoming.TASK)


def _fate(one: ReviewItem, aimed: Collection[str]) -> str:
    if one.holds is None:
        return "waiting"
    becomes = one.holds.becomes
    if one.state == "merge":
        return "merged"
    if one.item.kind == "measure":
        made = becoming.as_task(becomes)
        if made is None:
            return "waiting"
        return "tasks" if made.kind == becoming.TASK else "measures"
    if becomes.get("as") == becoming.TARGET:
        return "targets" if one.item.id in aimed else "waiting"
    return "facts" if becoming.as_fact(becomes) else "waiting"
