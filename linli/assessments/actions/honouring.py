"""Individuals are honoured without their name. Who holds the slip may put a name to it, and take it away at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Honour, HonourName, Scheme
from linli.assessments.queries.honours import is_open, name_of
from linli.assessments.rules.notices import ANSWER_DAYS, SHOWN_YEARS, years_after
from linli.directory.models import Unit
from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.codes import new_code, new_row_code
from linli.kernel.fields import seal, unseal_text
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, destroy, key_of, new_subject

LONGEST_NAME = 60
_OF = ("scheme", "unit", "shown__subject")
_BATCH = 200
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True)
class HonourDraft:
    """What an honour is: of which scheme, given by whom, its title, level and day. It says nothing of anybody."""

    scheme: Scheme
    unit: Unit
    title: str
    level: str
    named_on: date


class Slip(NamedTuple):
    """What is handed over with the honour: its code, and the passphrase, which is shown once."""

    honour: Honour
    passphrase: str


@transaction.atomic
def honour(*, by: Actor, at: datetime, draft: HonourDraft) -> Slip:
    """Give an honour, and the slip by which its holder, and nobody else, may put a name to it.

    Refuses: not_allowed; not_own_unit; no_title; too_long; unknown_level; not_yet for a day to come.
    """
    own(by=by, at=at, unit=draft.unit)
    today = localdate(at)
    if not draft.title.strip():
        raise Refused("no_title", _("Say what the honour is called."))
    if len(draft.title) > 120:
        raise Refused("too_long", _("This is too long."))
    if draft.level not in {one["key"] for one in draft.scheme.levels}:
        raise Refused("unknown_level", _("This scheme has no such level."))
    if draft.named_on > today:
        raise Refused("not_yet", _("It cannot be given on a day to come."))
    passphrase = new_passphrase()
    row = Honour(
        code=new_code(),
        scheme=draft.scheme,
        unit=draft.unit,
        title=draft.title.strip(),
        level=draft.level,
        named_on=draft.named_on,
        answer_by=today + timedelta(days=ANSWER_DAYS),
        **signed(by, at),
    )
    row.secret = keyed_hash(row.code, read_passphrase(passphrase) or "")
    row.save(force_insert=True)
    return Slip(row, passphrase)


def open_held(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Honour:
    """Return the honour that this code and passphrase open.

    Refuses: not_allowed; wrong_code for unknown, wrong, ended and too late alike, after the same work.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    read = opened_code(Honour.objects.all(), code, passphrase)
    row = Honour.objects.select_related(*_OF).filter(code=read).first()
    if row is None or not is_open(row, at):
        raise Refused(
            "wrong_code", _("This code and passphrase do not belong together."), status=404
        )
    return row


@transaction.atomic
def show_name(
    *, by: Actor = HOLDER, at: datetime, honour: Honour, name: str, years: int = SHOWN_YEARS[0]
) -> HonourName:
    """Put a name to an honour, as its holder wants it shown; for so many years, not longer, and only sealed.

    A second time the name is written anew, until the same day.
    Refuses: not_allowed; gone; no_name; name_too_long; unknown_years.
    """
    allow(by, Role.HOLDER)
    kept = _held(honour, at)
    if not name.strip():
        raise Refused("no_name", _("Say which name is to be shown."))
    if len(name.strip()) > LONGEST_NAME:
        raise Refused("name_too_long", _("This is too long."))
    if years not in SHOWN_YEARS:
        raise Refused("unknown_years", _("Choose for how long it is shown."))
    today = localdate(at)
    shown = name_of(kept)
    if shown is None:
        until = years_after(today, years)
        subject = new_subject(purpose="honour", purge_on=until, at=at)
        shown = HonourName(code=new_row_code(), honour=kept, subject=subject, shown_on=today)
    seal(shown, key_of(shown.subject, at=at), name=" ".join(name.split()))
    shown.save()
    return shown


def own_name(*, by: Actor = HOLDER, at: datetime, honour: Honour) -> str:
    """Return the name that was put to it, to who holds the slip; "" before there is one.

    Refuses: not_allowed for everybody else; gone.
    """
    allow(by, Role.HOLDER)
    shown = name_of(honour)
    return unseal_text(shown, key_of(shown.subject, at=at), "name") if shown else ""


@transaction.atomic
def take_back(*, by: Actor = HOLDER, at: datetime, honour: Honour) -> None:
    """Take the name away for good: its key is destroyed at once, the slip opens nothing more, the honour stays.

    Refuses: not_allowed; gone the second time.
    """
    allow(by, Role.HOLDER)
    kept = _held(honour, at)
    shown = name_of(kept)
    _ended(kept, at)
    if shown:
        destroy(subject=shown.subject, at=at)


def purge_honours(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Remove the names whose key is destroyed, and end what nobody put a name to in time; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    standing = Honour.objects.filter(ended_on=None)
    gone = standing.filter(shown__subject__destroyed_on__isnull=False)
    unanswered = standing.filter(shown=None, answer_by__lt=localdate(at))
    purged = 0
    for due in (gone, unanswered):
        while batch := list(due.order_by("pk")[:_BATCH]):
            with transaction.atomic():
                for one in batch:
                    _ended(one, at)
            purged += len(batch)
    return purged


def _held(honour: Honour, at: datetime) -> Honour:
    Honour.objects.select_for_update(no_key=True).get(pk=honour.pk)
    kept = Honour.objects.select_related(*_OF).get(pk=honour.pk)
    if not is_open(kept, at):
        raise Gone
    return kept


def _ended(row: Honour, at: datetime) -> None:
    HonourName.objects.filter(honour=row).delete()
    row.secret, row.ended_on = "", localdate(at)
    row.save(update_fields=["secret", "ended_on"])
