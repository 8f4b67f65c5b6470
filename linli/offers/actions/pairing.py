"""Bring neighbours together: who wants help and who gives it, at the same station and time, after both said yes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Location
from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.addresses import read_address
from linli.kernel.codes import new_code
from linli.kernel.fields import seal, unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.subjects import Gone, destroy, key_of, new_subject
from linli.offers.actions import organizing
from linli.offers.actions.pairing_news import tell_both
from linli.offers.models import Neighbour, Offer, Pair, Pairing
from linli.offers.queries.neighbours import pair_of, proposals
from linli.offers.rules.pairing import TIMES
from linli.offers.rules.retention import PAIRED_AT_MOST

LONGEST_NAME, LONGEST_NOTE = 60, 300
_SHORTEST_KEPT = 7
_BATCH = 200
_CALENDAR = system("purge")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a neighbour tells: their side, a station, times of the week; sealed: what to be called, how to be reached."""

    side: str
    location: Location
    times: Collection[int]
    name: str
    contact: tuple[str, str] = field(repr=False)
    note: str = ""


class Joined(NamedTuple):
    """What the neighbour takes along: the row with its code, and the passphrase, which is shown once."""

    neighbour: Neighbour
    passphrase: str


class Met(NamedTuple):
    """What each of two learns of the other when both have said yes."""

    name: str
    contact: str
    note: str


@transaction.atomic
def open_pairing(*, by: Actor, at: datetime, offer: Offer, kept_days: int = 90) -> Pairing:
    """Let neighbours find each other under an offer.

    Refuses: not_allowed; not_own_unit; days_wrong unless it is 7 to 180; opened_already.
    """
    organizing.own(by=by, at=at, unit=offer.unit)
    if not _SHORTEST_KEPT <= kept_days <= PAIRED_AT_MOST:
        raise Refused("days_wrong", _("Keep it for 7 to 180 days."))
    pairing, new = Pairing.objects.get_or_create(offer=offer, defaults={"kept_days": kept_days})
    if not new:
        raise Refused(
            "opened_already", _("Neighbours can find each other here already."), status=409
        )
    return pairing


@transaction.atomic
def join(*, by: Actor = HOLDER, at: datetime, pairing: Pairing, asked: Asked) -> Joined:
    """Write down that somebody wants help or gives it.

    Refuses: not_allowed; no_pairing; unknown_side; no_time unless a time of the week is chosen; no_place for a
    station that is closed; no_name; note_too_long; address_wrong.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    fresh = Pairing.objects.select_related("offer").get(pk=pairing.pk)
    of = fresh.offer
    if fresh.ended_on or of.published_at is None or of.withdrawn_at is not None:
        raise Refused("no_pairing", _("This is not offered."), status=404)
    _check(asked, localdate(at))
    channel, typed = asked.contact
    address = read_address(channel, typed)
    kept_until = localdate(at) + timedelta(days=fresh.kept_days)
    subject = new_subject(purpose="pairing", purge_on=kept_until, at=at)
    passphrase = new_passphrase()
    row = Neighbour(
        code=new_code(),
        subject=subject,
        pairing=fresh,
        side=asked.side,
        location=asked.location,
        times=sorted({*asked.times}),
        began_on=localdate(at),
    )
    row.secret = keyed_hash(row.code, read_passphrase(passphrase) or "")
    key = key_of(subject, at=at)
    seal(row, key, name=asked.name.strip(), contact={channel: address}, note=asked.note.strip())
    row.save(force_insert=True)
    return Joined(row, passphrase)


def open_neighbour(*, by: Actor = HOLDER, at: datetime, code: str, passphrase: str) -> Neighbour:
    """Return the row that this code and passphrase open.

    Refuses: not_allowed; wrong_code for unknown, wrong, ended and gone alike.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    read = opened_code(Neighbour.objects.all(), code, passphrase)
    rows = Neighbour.objects.select_related("subject", "location", "pairing__offer__unit")
    row = rows.filter(code=read).first()
    if row is None or row.ended_on is not None:
        raise _wrong()
    try:
        key_of(row.subject, at=at)
    except Gone:
        raise _wrong() from None
    return row


@transaction.atomic
def propose(*, by: Actor, at: datetime, wanted: Neighbour, offered: Neighbour) -> Pair:
    """Propose two neighbours to each other, at the window of the unit; neither learns who the other is.

    Refuses: not_allowed; not_own_unit; no_match unless place and time suit both and neither has another.
    """
    organizing.at_the_door(by=by, at=at, unit=wanted.pairing.offer.unit)
    Pairing.objects.select_for_update(no_key=True).get(pk=wanted.pairing_id)
    known = {(one.wanted, one.offered) for one in proposals(wanted.pairing, at)}
    if (wanted.code, offered.code) not in known:
        raise _no_match()
    try:
        with transaction.atomic():
            pair = Pair.objects.create(
                code=new_code(), wanted=wanted, offered=offered, **signed(by, at)
            )
    except IntegrityError:
        raise _no_match() from None
    tell_both(by=by, at=at, pair=pair, news="proposed")
    return pair


@transaction.atomic
def say(*, by: Actor = HOLDER, at: datetime, neighbour: Neighbour, yes: bool) -> Pair:
    """Say yes or no to the neighbour who was proposed; a no ends it, and is told to nobody as a no.

    Refuses: not_allowed; nobody when nobody is proposed; said_already.
    """
    pair = _live(by, neighbour)
    column = f"{neighbour.side}_said"
    if getattr(pair, column) is not None:
        raise Refused("said_already", _("You have answered already."), status=409)
    setattr(pair, column, yes)
    if not yes:
        pair.ended_on = localdate(at)
    pair.save(update_fields=[column, "ended_on"])
    if pair.wanted_said and pair.offered_said:
        tell_both(by=by, at=at, pair=pair, news="met")
    return pair


@transaction.atomic
def meet(*, by: Actor = HOLDER, at: datetime, neighbour: Neighbour) -> Met:
    """Return what the other of the two left, once both have said yes; the look is the other's to see.

    Refuses: not_allowed; nobody; not_both until both have said yes; gone when the other's day has come.
    """
    pair = _live(by, neighbour)
    if not (pair.wanted_said and pair.offered_said):
        raise Refused("not_both", _("The other has not said yes yet."))
    other = pair.offered if neighbour.pk == pair.wanted_id else pair.wanted
    key = key_of(other.subject, at=at)
    look(
        by=by, at=at, subject=other.subject, verb="opened", about=other.code, purpose="pair",
        fields=["name", "contact", "note"],
    )  # fmt: skip
    contact = unseal(other, key, "contact")
    reached = next(iter(contact.values()), "") if isinstance(contact, dict) else ""
    return Met(unseal_text(other, key, "name"), str(reached), unseal_text(other, key, "note"))


@transaction.atomic
def part(*, by: Actor = HOLDER, at: datetime, neighbour: Neighbour) -> Pair:
    """End a pair; from this moment neither sees the other any more. Both may be proposed to others.

    Refuses: not_allowed; nobody.
    """
    pair = _live(by, neighbour)
    pair.ended_on = localdate(at)
    pair.save(update_fields=["ended_on"])
    return pair


@transaction.atomic
def withdraw(*, by: Actor = HOLDER, at: datetime, neighbour: Neighbour) -> None:
    """End it all: what the neighbour left is destroyed at once, and their pair ends.

    Refuses: not_allowed.
    """
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    kept = Neighbour.objects.select_for_update(of=("self",), no_key=True).get(pk=neighbour.pk)
    if kept.ended_on is None:
        _empty([kept.pk], at)
        destroy(subject=kept.subject, at=at)


def purge_neighbours(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Empty the rows whose key is destroyed, place and times too, and end their pairs; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    due = Neighbour.objects.filter(purged_at=None, subject__destroyed_on__isnull=False)
    purged = 0
    while batch := list(due.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            _empty(batch, at)
        purged += len(batch)
    return purged


def _check(asked: Asked, today: date) -> None:
    if asked.side not in dict(Neighbour.SIDES):
        raise Refused("unknown_side", _("Say whether you want help or give it."))
    if not asked.times or not {*asked.times} <= {*TIMES}:
        raise Refused("no_time", _("Choose when you have time."))
    if asked.location.closed_on is not None and asked.location.closed_on <= today:
        raise Refused("no_place", _("Choose a station that is open."))
    if not asked.name.strip():
        raise Refused("no_name", _("Say what the other may call you."))
    if len(asked.name) > LONGEST_NAME or len(asked.note) > LONGEST_NOTE:
        raise Refused("note_too_long", _("This is too long."))


def _live(by: Actor, neighbour: Neighbour) -> Pair:
    allow(by, Role.HOLDER, Role.CLERK, Role.OFFICER)
    found = pair_of(neighbour)
    if found is None:
        raise Refused("nobody", _("Nobody is proposed to you now."), status=404)
    pairs = Pair.objects.select_related("wanted__subject", "offered__subject")
    return pairs.select_for_update(of=("self",), no_key=True).get(pk=found.pk)


def _empty(keys: list[int], at: datetime) -> None:
    today = localdate(at)
    rows = Neighbour.objects.filter(pk__in=keys)
    for side in ("wanted", "offered"):
        Pair.objects.filter(ended_on=None, **{f"{side}__in": keys}).update(ended_on=today)
    rows.filter(ended_on=None).update(ended_on=today)
    rows.update(
        name=None, contact=None, note=None, location=None, times=[], secret="", purged_at=at
    )


def _no_match() -> Refused:
    return Refused("no_match", _("These two do not suit any more. Look again."), status=409)


def _wrong() -> Refused:
    return Refused("wrong_code", _("This code and passphrase do not belong together."), status=404)
