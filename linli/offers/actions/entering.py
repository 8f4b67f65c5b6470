"""Send a work in, and be its maker afterwards by its mark alone. Nothing that is kept says who, or when.

The key of a work stands in the key store until the contest's last day; a maker who takes the work back
destroys it at once.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.fields import seal
from linli.kernel.keystore import store
from linli.kernel.passphrases import keyed_hash
from linli.kernel.refusals import Refused
from linli.kernel.sealed_files import keep_sealed, remove_sealed
from linli.kernel.subjects import Gone
from linli.kernel.uploads import Rebuilt
from linli.offers.actions import organizing
from linli.offers.models import Contest, Entry
from linli.offers.models.contest import AUDIO, IMAGE, TEXT
from linli.offers.rules import entries

LONGEST_TITLE, LONGEST_WORDS = 60, 8000
_FILES = {IMAGE: "image/", AUDIO: "audio/"}
_TRIES = 50  # of 90,000 numbers
_BATCH = 200
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One work as it comes: what kind, its title, its words, its file rebuilt; whether it may hang on the wall."""

    kind: str
    title: str
    words: str = ""
    file: Rebuilt | None = field(default=None, repr=False)
    shown: bool = False


class Sent(NamedTuple):
    """What the maker takes along: the number, and the mark, which is told once and kept nowhere."""

    entry: Entry
    mark: str


@transaction.atomic
def send_in(*, by: Actor = HOLDER, at: datetime, contest: Contest, work: Work) -> Sent:
    """Take one work, seal it under a key of its own, and give it a number by chance.

    Refuses: not_allowed; no_contest when it is not published; too_late; unknown_kind; no_title; no_words for
    a text without any; words_too_long; no_file for a picture or recording without one, or of another kind;
    no_number when all are given.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    fresh = Contest.objects.select_related("offer").get(pk=contest.pk)
    if fresh.offer.published_at is None or fresh.offer.withdrawn_at is not None:
        raise Refused("no_contest", _("This is not offered."), status=404)
    if at >= fresh.closes_at:
        raise Refused("too_late", _("No more works are taken."))
    _check(fresh, work)
    code, key = store().fresh(fresh.shown_until)
    entry = Entry(code=code, contest=fresh, kind=work.kind)
    seal(entry, key, title=work.title.strip(), words=work.words.strip())
    if work.file is not None:
        entry.digest = keep_sealed(key, code, work.file.data)
        entry.media_type = work.file.media_type
    entry.shown_on = localdate(at) if work.shown else None
    _numbered(entry)
    return Sent(entry, entries.mark_of(fresh.offer.code, entry.number, _keyed))


def own(*, by: Actor = HOLDER, at: datetime, contest: Contest, number: int, mark: str) -> Entry:
    """Return the work that this number and mark belong to.

    Refuses: not_allowed; wrong_mark for unknown, wrong and gone alike.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    right = entries.is_mark(mark, contest.offer.code, number, _keyed)
    of_contest = contest.entries.select_related("contest__offer")
    entry = of_contest.filter(number=number, purged_on=None).first()
    if not right or entry is None or contest.shown_until <= localdate(at):
        raise Refused("wrong_mark", _("This number and mark do not belong together."), status=404)
    return entry


@transaction.atomic
def hang(*, by: Actor = HOLDER, at: datetime, entry: Entry) -> Entry:
    """Let a work hang on the public wall, as its maker wants; the day is kept.

    Refuses: not_allowed; gone.
    """
    return _shown(by, entry, at)


@transaction.atomic
def take_down(*, by: Actor = HOLDER, at: datetime, entry: Entry) -> Entry:
    """Take a work off the wall, from this moment `at` on; it stays in the contest.

    Refuses: not_allowed; gone.
    """
    return _shown(by, entry, None)


@transaction.atomic
def take_back(*, by: Actor = HOLDER, at: datetime, entry: Entry) -> None:
    """Destroy a work for good: its key, its file, its words. Its number stays, and points to nothing.

    Refuses: not_allowed; gone the second time.
    """
    kept = _held(by, entry)
    _empty(kept, at)


@transaction.atomic
def hand_over_prize(*, by: Actor, at: datetime, entry: Entry) -> Entry:
    """Note that a prize was fetched by who showed its mark.

    Refuses: not_allowed; not_own_unit; no_prize; fetched the second time.
    """
    organizing.at_the_door(by=by, at=at, unit=entry.contest.offer.unit)
    kept = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if kept.place is None:
        raise Refused("no_prize", _("This work has won no prize."))
    if kept.prize_on is not None:
        raise Refused("fetched", _("This prize was fetched already."), status=409)
    kept.prize_on = localdate(at)
    kept.save(update_fields=["prize_on"])
    return kept


def purge_entries(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the works whose contest's last day has come; return how many. May be stopped and repeated.

    What a restored key store brought back of works that were taken back is destroyed again.
    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    today, purged = localdate(at), 0
    due = Entry.objects.filter(purged_on=None, contest__shown_until__lte=today)
    while batch := list(due[:_BATCH]):
        with transaction.atomic():
            for entry in batch:
                _empty(entry, at)
        purged += len(batch)
    back = Entry.objects.filter(purged_on__isnull=False, contest__shown_until__gt=today)
    store().destroy(list(back.values_list("code", flat=True)))
    return purged


def _check(contest: Contest, work: Work) -> None:
    if work.kind not in contest.kinds:
        raise Refused("unknown_kind", _("Such works are not taken here."))
    if not work.title.strip():
        raise Refused("no_title", _("Give it a title."))
    if work.kind == TEXT and not work.words.strip():
        raise Refused("no_words", _("Write or paste your text."))
    if len(work.title) > LONGEST_TITLE or len(work.words) > LONGEST_WORDS:
        raise Refused("words_too_long", _("This is too long."))
    told = work.file.media_type if work.file else ""
    if not told.startswith(_FILES.get(work.kind, "")) or (work.kind == TEXT and told):
        raise Refused("no_file", _("Add the picture or the recording."))


def _numbered(entry: Entry) -> None:
    """Save the work under a number by chance that no other of its contest has."""
    for _try in range(_TRIES):
        entry.number = entries.FIRST + secrets.randbelow(entries.LAST - entries.FIRST + 1)
        try:
            with transaction.atomic():
                entry.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise Refused("no_number", _("No more works can be taken."), status=409)


def _shown(by: Actor, entry: Entry, at: datetime | None) -> Entry:
    kept = _held(by, entry)
    kept.shown_on = localdate(at) if at else None
    kept.save(update_fields=["shown_on"])
    return kept


def _held(by: Actor, entry: Entry) -> Entry:
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    kept = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
    if kept.purged_on is not None:
        raise Gone
    return kept


def _empty(entry: Entry, at: datetime) -> None:
    if entry.digest:
        transaction.on_commit(partial(remove_sealed, entry.digest))
    transaction.on_commit(partial(store().destroy, [entry.code]))
    entry.title = entry.words = entry.shown_on = None
    entry.digest, entry.purged_on = "", localdate(at)
    entry.save(update_fields=["title", "words", "shown_on", "digest", "purged_on"])


def _keyed(said: str) -> str:
    return keyed_hash("contest entry", said)
