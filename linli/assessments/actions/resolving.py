"""Objections are read and decided by somebody who had no part in it; units say what they have to say."""

from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.rounds import step
from linli.assessments.models import (
    Candidacy,
    Objection,
    ObjectionWords,
    Resolution,
    Result,
    ResultReply,
)
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.objections import involvement, words_of
from linli.assessments.rules import stages
from linli.assessments.rules.notices import kept_after
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.looks import look
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, shorten

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Said:
    """What is decided of an objection: whether it is right, why, and where the candidate goes back to if it is."""

    upheld: bool
    reason: str
    back: str = ""


@transaction.atomic
def read_words(*, by: Actor, at: datetime, objection: Objection) -> str:
    """Return what an objection says to who may decide on it, and write down that they looked.

    Refuses: not_allowed; involved; gone; not_logged when the look cannot be written.
    """
    _uninvolved(by, objection)
    said = ObjectionWords.objects.select_related("subject").filter(objection=objection).first()
    if said is None:
        raise Gone
    look(
        by=by, at=at, subject=said.subject, verb="opened", about=objection.code,
        purpose="decide", fields=["words"],
    )  # fmt: skip
    return words_of(objection, at)


@transaction.atomic
def resolve(*, by: Actor, at: datetime, objection: Objection, said: Said) -> Resolution:
    """Decide on an objection; one that is right takes the candidate back to the site or to its score.

    Refuses: not_allowed; involved for who has a part in it; decided; no_reason; too_long; no_such_stage unless the
    round looks on site.
    """
    _uninvolved(by, objection)
    kept = Objection.objects.select_for_update(no_key=True).get(pk=objection.pk)
    if kept.state != Objection.OPEN:
        raise Refused("decided", _("This objection has been decided."), status=409)
    candidacy = Candidacy.objects.select_for_update(of=["self"], no_key=True).get(
        pk=kept.result.candidacy_id
    )
    _check(said, candidacy)
    resolution = _written(by, at, kept, said)
    kept.state = Objection.UPHELD if said.upheld else Objection.REJECTED
    kept.ended_on = localdate(at)
    kept.save(update_fields=["state", "ended_on"])
    _kept_shorter(kept, at)
    if said.upheld and candidacy.stage in (stages.NOTICE, stages.DECISION):
        step(by=by, at=at, candidacy=candidacy, to=said.back, reason=said.reason)
    return resolution


@transaction.atomic
def reply(
    *, by: Actor, at: datetime, result: Result, words: str, objection: Objection | None = None
) -> ResultReply:
    """Say in public what the unit has to say to its result, or to one objection: once each, until it is decided.

    Refuses: not_allowed; not_own_unit; not_this_result; too_late; no_words; words_too_long; replied.
    """
    allow(by, Role.OFFICER)
    candidacy = result.candidacy
    if candidacy.subject.unit is None or by.unit != candidacy.subject.unit.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
    if objection is not None and objection.result_id != result.pk:
        raise Refused("not_this_result", _("This objection is to another result."), status=404)
    fresh = Candidacy.objects.select_for_update(of=["self"], no_key=True).get(pk=candidacy.pk)
    newest = newest_results([fresh]).get(fresh.pk)
    if fresh.stage not in (stages.NOTICE, stages.DECISION) or newest != result:
        raise Refused("too_late", _("There is nothing to reply to any more."), status=409)
    if not words.strip():
        raise Refused("no_words", _("Say something."))
    if len(words) > LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    if result.replies.filter(objection=objection).exists():
        raise Refused("replied", _("The unit has replied already."), status=409)
    return ResultReply.objects.create(
        result=result, objection=objection, words=words.strip(), **signed(by, at)
    )


def _kept_shorter(objection: Objection, at: datetime) -> None:
    """Keep the words for as long only as who objected may want to read why."""
    for said in ObjectionWords.objects.select_related("subject").filter(objection=objection):
        until = min(kept_after(localdate(at)), said.subject.purge_on)
        shorten(subject=said.subject, purge_on=until, at=at)


def _uninvolved(by: Actor, objection: Objection) -> None:
    allow(by, Role.SUPERVISOR)
    if why := involvement(by, objection):
        raise Refused("involved", why, status=403)


def _check(said: Said, candidacy: Candidacy) -> None:
    if not said.reason.strip():
        raise Refused("no_reason", _("Say why: everybody can read it."))
    if len(said.reason) > LONGEST:
        raise Refused("too_long", _("This is too long."))
    if said.upheld and said.back not in (stages.SITE, stages.SCORE):
        raise Refused("no_such_stage", _("Say what follows."))
    if said.upheld and said.back == stages.SITE and stages.SITE not in candidacy.round.weights:
        raise Refused("no_such_stage", _("Nobody looks on site in this round."))


def _written(by: Actor, at: datetime, objection: Objection, said: Said) -> Resolution:
    """Write the decision; the database asks once more who has a part in it."""
    try:
        with transaction.atomic():
            return Resolution.objects.create(
                objection=objection,
                upheld=said.upheld,
                back=said.back if said.upheld else "",
                reason=said.reason.strip(),
                **signed(by, at),
            )
    except DatabaseError as error:
        if "nobody decides on an objection" not in str(error):
            raise
        sentence = _("Somebody who has a part in it cannot decide on it.")
        raise Refused("involved", sentence, status=403) from error
