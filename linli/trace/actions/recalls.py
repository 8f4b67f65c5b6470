"""Recalls: started by an officer and decided by a second person, or called by the maker itself; ended with a balance.

The recall's row is locked first. Once it runs, whom it reaches stands in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.keeping import own, speak_for
from linli.trace.actions.recall_walks import RECALLS, walk
from linli.trace.models import Lot, Recall
from linli.trace.queries.recall_marks import outcome

_MOST = 500


@dataclass(frozen=True, slots=True)
class RecallDraft:
    """What a recall is: of which lot, why, what to do with it, suspect since when; `drill`: only to learn from."""

    lot: Lot
    grounds: str
    advice: str
    since: datetime
    words: str = ""
    drill: bool = False


@transaction.atomic
def start(*, by: Actor, at: datetime, draft: RecallDraft) -> Recall:
    """Propose a recall or a drill; nobody is told before a second person has decided.

    Refuses: not_allowed; not_own_unit; no_grounds; no_advice; no_words unless it is a drill; since_wrong when the lot
    would be suspect from later than now; recalled when one of the lot waits or runs.
    """
    own(by=by, at=at, unit=draft.lot.product.operator.unit)
    return _started(by, at, draft)


@transaction.atomic
def call_own(*, by: Actor, at: datetime, draft: RecallDraft) -> Recall:
    """Call a lot of one's own back, as its maker: it runs at once, nobody else need decide.

    Refuses: not_allowed for all but the business itself; other_operator; drilled since drills are the office's;
    no_grounds; no_advice; no_words; since_wrong; recalled.
    """
    allow(by, Role.HOLDER)
    speak_for(by=by, at=at, operator=draft.lot.product.operator)
    if draft.drill:
        raise Refused("drilled", _("A drill is called by the office."), status=409)
    kept = _started(by, at, draft)
    return _run(kept, by, at, "")


@transaction.atomic
def decide(*, by: Actor, at: datetime, recall: Recall, words: str = "") -> Recall:
    """Call a recall that somebody else proposed: it is known whom it reaches, and these are told at once.

    Refuses: not_allowed; same_person; decided already.
    """
    kept = _undecided(by, recall)
    return _run(kept, by, at, words)


@transaction.atomic
def drop(*, by: Actor, at: datetime, recall: Recall, words: str) -> Recall:
    """Decide that a recall is not called, with the reason.

    Refuses: not_allowed; same_person; decided already; no_words.
    """
    kept = _undecided(by, recall)
    if not words.strip():
        raise Refused("no_words", _("Say why."))
    kept.state = Recall.DROPPED
    kept.decided_at, kept.decided_by, kept.decided_words = at, by.name, words.strip()[:_MOST]
    kept.save(update_fields=["state", "decided_at", "decided_by", "decided_words"])
    return kept


@transaction.atomic
def walk_again(*, by: Actor, at: datetime, recall: Recall) -> int:
    """Work out once more whom a recall reaches, by what was told of goods meanwhile; return how many things are new.

    Refuses: not_allowed; not_own_unit; not_running.
    """
    own(by=by, at=at, unit=recall.lot.product.operator.unit)
    kept = running(by=by, at=at, recall=recall)
    found = walk(by=RECALLS, at=at, recall=kept)
    kept.walked_at = at
    kept.save(update_fields=["walked_at"])
    return found


@transaction.atomic
def end(*, by: Actor, at: datetime, recall: Recall, words: str) -> Recall:
    """End a recall: its balance and its marks stand from now on as they are.

    Refuses: not_allowed; not_own_unit; not_running; no_words.
    """
    own(by=by, at=at, unit=recall.lot.product.operator.unit)
    kept = running(by=by, at=at, recall=recall)
    if not words.strip():
        raise Refused("no_words", _("Say what became of the goods."))
    kept.state, kept.outcome = Recall.ENDED, outcome(kept)
    kept.ended_at, kept.ended_by, kept.ended_words = at, by.name, words.strip()[:_MOST]
    kept.save(update_fields=["state", "outcome", "ended_at", "ended_by", "ended_words"])
    return kept


def running(*, by: Actor, at: datetime, recall: Recall) -> Recall:
    """Return a recall that runs, locked until the end of the transaction, whoever asks and whenever.

    Refuses: not_running.
    """
    kept = _locked(recall)
    if kept.state != Recall.RUNNING:
        raise Refused("not_running", _("This recall does not run."), status=409)
    return kept


def _started(by: Actor, at: datetime, draft: RecallDraft) -> Recall:
    if draft.grounds not in dict(Recall.GROUNDS):
        raise Refused("no_grounds", _("Say why it is called back."))
    if draft.advice not in dict(Recall.ADVICE):
        raise Refused("no_advice", _("Say what is to be done with it."))
    if not draft.drill and not draft.words.strip():
        raise Refused("no_words", _("Say what was found."))
    if draft.since > at:
        raise Refused("since_wrong", _("It cannot be suspect from later than now."))
    try:
        with transaction.atomic():
            return Recall.objects.create(
                code=new_code(),
                lot=draft.lot,
                drill=draft.drill,
                grounds=draft.grounds,
                advice=draft.advice,
                words=draft.words.strip()[:_MOST],
                since=draft.since,
                **signed(by, at),
            )
    except IntegrityError as error:
        raise Refused("recalled", _("This lot is being recalled already."), status=409) from error


def _undecided(by: Actor, recall: Recall) -> Recall:
    allow(by, Role.PLANNER)
    kept = _locked(recall)
    if kept.state != Recall.STARTED:
        raise Refused("decided", _("This is decided already."), status=409)
    if by.name == kept.by_name:
        raise Refused("same_person", _("A second person decides."), status=409)
    return kept


def _run(kept: Recall, by: Actor, at: datetime, words: str) -> Recall:
    kept.state, kept.reached_at, kept.walked_at = Recall.RUNNING, at, at
    kept.decided_at, kept.decided_by, kept.decided_words = at, by.name, words.strip()[:_MOST]
    kept.save(
        update_fields=[
            "state", "reached_at", "walked_at", "decided_at", "decided_by", "decided_words",
        ]
    )  # fmt: skip
    walk(by=RECALLS, at=at, recall=kept)
    return kept


def _locked(recall: Recall) -> Recall:
    rows = Recall.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("lot__product__operator__unit").get(pk=recall.pk)
