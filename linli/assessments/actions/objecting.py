"""Anybody objects to a result, without an account: a code and a passphrase, words sealed under a key of their own."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.models import Candidacy, Objection, ObjectionWords
from linli.assessments.queries.notices import newest_results
from linli.assessments.queries.objections import words_of
from linli.assessments.rules import stages
from linli.assessments.rules.notices import kept_at_most
from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.codes import new_code, new_row_code
from linli.kernel.fields import seal
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.subjects import Gone, destroy, key_of, new_subject
from linli.kernel.working_days import add_working_days

LONGEST = 2000
_BATCH = 200
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """What somebody objects: on what ground, to which question if to one, and their words."""

    ground: str
    words: str = field(repr=False)
    item: str = ""


class Handed(NamedTuple):
    """What who objected takes along: the objection with its code, and the passphrase, which is shown once."""

    objection: Objection
    passphrase: str


@transaction.atomic
def object_to(*, by: Actor = HOLDER, at: datetime, candidacy: Candidacy, said: Objected) -> Handed:
    """Take an objection to a candidate's result: until it is decided, nothing is decided of the candidate.

    Refuses: not_allowed; too_late unless a notice of its result runs; unknown_ground; unknown_item; no_words;
    words_too_long.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    kept = Candidacy.objects.select_for_update(of=["self"], no_key=True).get(pk=candidacy.pk)
    result = newest_results([kept]).get(kept.pk)
    if kept.stage != stages.NOTICE or result is None or at >= result.notice.closes_at:
        raise Refused("too_late", _("The time to object to this result is over."), status=410)
    _check(said, kept)
    today = localdate(at)
    objection = Objection.objects.create(
        code=new_code(),
        result=result,
        ground=said.ground,
        item=said.item,
        made_on=today,
        due_on=add_working_days(today, kept.round.reply_days),
    )
    subject = new_subject(purpose="objection", purge_on=kept_at_most(today), at=at)
    passphrase = new_passphrase()
    row = ObjectionWords(code=new_row_code(), objection=objection, subject=subject)
    row.secret = keyed_hash(objection.code, read_passphrase(passphrase) or "")
    seal(row, key_of(subject, at=at), words=said.words.strip())
    row.save(force_insert=True)
    return Handed(objection, passphrase)


def open_held(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Objection:
    """Return the objection that this code and passphrase open.

    Refuses: not_allowed; wrong_code for unknown, wrong, taken back and gone alike, after the same work.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    read = opened_code(ObjectionWords.objects.all(), code, passphrase, by="objection__code")
    rows = ObjectionWords.objects.select_related("subject", "objection")
    row = rows.filter(objection__code=read).first()
    if row is None:
        raise _wrong()
    try:
        key_of(row.subject, at=at)
    except Gone:
        raise _wrong() from None
    return row.objection


def own_words(*, by: Actor = HOLDER, at: datetime, objection: Objection) -> str:
    """Return what was said, to who said it; that is no look.

    Refuses: not_allowed for everybody else; gone.
    """
    allow(by, Role.HOLDER)
    return words_of(objection, at)


@transaction.atomic
def take_back(*, by: Actor = HOLDER, at: datetime, objection: Objection) -> None:
    """Take an objection back: its words and their key are destroyed at once; that there was one stays, and counts.

    Refuses: not_allowed; decided when it is no longer open.
    """
    allow(by, Role.HOLDER)
    kept = Objection.objects.select_for_update(no_key=True).get(pk=objection.pk)
    if kept.state != Objection.OPEN:
        raise Refused("decided", _("This objection has been decided."), status=409)
    _withdrawn(kept, at)
    for row in ObjectionWords.objects.select_related("subject").filter(objection=kept):
        subject = row.subject
        row.delete()
        destroy(subject=subject, at=at)


def purge_objections(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Remove the words whose key is destroyed; an objection that was open then has lapsed. Returns how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    due = ObjectionWords.objects.filter(subject__destroyed_on__isnull=False)
    purged = 0
    while batch := list(due.select_related("objection").order_by("pk")[:_BATCH]):
        with transaction.atomic():
            for one in batch:
                if one.objection.state == Objection.OPEN:
                    _withdrawn(one.objection, at)
                one.delete()
        purged += len(batch)
    return purged


def _withdrawn(objection: Objection, at: datetime) -> None:
    objection.state, objection.ended_on = Objection.WITHDRAWN, localdate(at)
    objection.save(update_fields=["state", "ended_on"])


def _check(said: Objected, candidacy: Candidacy) -> None:
    if said.ground not in dict(Objection.GROUNDS):
        raise Refused("unknown_ground", _("Say what it is about."))
    if said.item and said.item not in {one.key for one in candidacy.round.edition.form.items()}:
        raise Refused("unknown_item", _("There is no such question."))
    if not said.words.strip():
        raise Refused("no_words", _("Say what is not right."))
    if len(said.words) > LONGEST:
        raise Refused("words_too_long", _("This is too long."))


def _wrong() -> Refused:
    return Refused("wrong_code", _("This code and passphrase do not belong together."), status=404)
