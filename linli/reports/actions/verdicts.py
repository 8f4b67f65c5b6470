"""Decide about the items of a reading, undo, and note what went into the ledger.

Rows are only ever added, under a lock on the report: a decision and a taking over of one report never
overlap. No passage that describes watching people is ever taken in, whoever asks.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.reports.models import Report, Taken, Verdict
from linli.reports.queries import review as queries
from linli.reports.rules import review
from linli.reports.rules.review import Choice


class Became(NamedTuple):
    """What an item went into the ledger as: fact, measure or task, and under which code."""

    kind: str
    code: str


@transaction.atomic
def decide(
    *, by: Actor, at: datetime, report: Report, items: Mapping[str, Choice]
) -> tuple[Verdict, ...]:
    """Write down what was decided about items of a reading: all of them, or none.

    Refuses: not_allowed unless a planner or an officer decides; unknown_item when the reading has no
    such item; unknown_verb when it is none of open, accept, merge, reject; out_of_scope when it would
    take in a passage or words about watching people; nothing_to_merge when a merge names no code;
    already_taken when an item stands in the ledger.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    _lock(report)
    outside = _checked(report, items)
    for item, choice in items.items():
        _check(choice, outside=item in outside)
    return _written(by, at, report, items, outside)


@transaction.atomic
def undo(*, by: Actor, at: datetime, report: Report, items: Collection[str]) -> tuple[Verdict, ...]:
    """Restore for each item the decision before the one that holds, or none; both stay on record.

    Refuses: not_allowed unless a planner or an officer asks; unknown_item when the reading has no such
    item; nothing_to_undo when an item is open; already_taken when an item stands in the ledger.
    """
    allow(by, Role.PLANNER, Role.OFFICER)
    _lock(report)
    outside = _checked(report, items)
    rows = queries.verdict_rows(report)
    if any(review.standing(rows.get(item, ())) is None for item in items):
        raise Refused("nothing_to_undo", _("There is no decision here to undo."))
    restored = {item: review.restoring(rows[item]) for item in items}
    return _written(by, at, report, restored, outside)


@transaction.atomic
def note_taken(
    *, by: Actor, at: datetime, report: Report, became: Mapping[str, Became]
) -> tuple[Taken, ...]:
    """Note as what accepted items went into the ledger. Final: an item is taken once.

    Refuses: not_allowed unless a planner takes over; unknown_item when the reading has no such item;
    out_of_scope for a passage about watching people; not_accepted when nobody accepted or merged an
    item; already_taken when an item stands in the ledger.
    """
    allow(by, Role.PLANNER)
    _lock(report)
    if _checked(report, became) & set(became):
        raise _outside()
    rows = queries.verdict_rows(report)
    for item in became:
        holds = review.standing(rows.get(item, ()))
        if holds is None or holds.verb not in review.TAKES_IN:
            raise Refused("not_accepted", _("Only what was accepted or merged is taken over."))
    signature = signed(by, at)
    taken = [
        Taken(report=report, item=item, kind=kind, code=code, **signature)
        for item, (kind, code) in became.items()
    ]
    try:
        with transaction.atomic():
            return tuple(Taken.objects.bulk_create(taken))
    except IntegrityError as error:
        raise _already_taken() from error


@transaction.atomic
def hold(*, by: Actor, at: datetime, report: Report) -> None:
    """Keep a report's decisions as they are until the transaction ends, to take them over.

    Refuses: not_allowed unless a planner asks.
    """
    allow(by, Role.PLANNER)
    _lock(report)


def _lock(report: Report) -> None:
    # SQLite has one writer at a time; PostgreSQL makes the second one wait here.
    Report.objects.select_for_update().only("pk").get(pk=report.pk)


def _checked(report: Report, asked: Iterable[str]) -> frozenset[str]:
    """Return the items of the report that are out of scope, when all that are asked for may still change."""
    asked = set(asked)
    found = review.reviewable(report.reading)
    if asked - {item.id for item in found}:
        raise Refused("unknown_item", _("This reading has no such item."), status=404)
    if Taken.objects.filter(report=report, item__in=asked).exists():
        raise _already_taken()
    return frozenset(review.out_of_scope(found, review.passages(report.reading)))


def _check(choice: Choice, *, outside: bool) -> None:
    if choice.verb not in review.VERBS:
        raise Refused("unknown_verb", _("This is no decision that can be made here."))
    if choice.verb not in review.TAKES_IN:
        return
    if outside or any(review.says_watching(words) for words in _texts(choice.becomes)):
        raise _outside()
    if choice.verb == review.MERGE and not choice.becomes.get("into"):
        raise Refused("nothing_to_merge", _("Choose what it is to be merged with."))


def _texts(becomes: Mapping[str, Any]) -> Iterable[str]:
    return (words for words in becomes.values() if isinstance(words, str))


def _written(
    by: Actor,
    at: datetime,
    report: Report,
    items: Mapping[str, Choice],
    outside: frozenset[str],
) -> tuple[Verdict, ...]:
    signature = signed(by, at)
    rows = [
        Verdict(
            report=report,
            item=item,
            verb=choice.verb,
            becomes=dict(choice.becomes),
            out_of_scope=item in outside,
            **signature,
        )
        for item, choice in items.items()
    ]
    return tuple(Verdict.objects.bulk_create(rows))


def _outside() -> Refused:
    return Refused(
        "out_of_scope",
        _("This passage describes watching people. It stays text and is never taken in."),
    )


def _already_taken() -> Refused:
    return Refused("already_taken", _("This item stands in the ledger: change it there."))
