"""Take a case that another city hands over: an envelope and a place in a unit's list. Its words are read from
where they are kept, each time, and are never kept here.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.partners import forget_received
from linli.cases.models import Partner, Received, Topic
from linli.cases.queries.asking import OTHER
from linli.cases.queries.partners import meant_for
from linli.cases.rules import envelopes, reasons
from linli.directory.models import Unit
from linli.kernel import city_key
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code, read_code
from linli.kernel.couriers import Answer, Unreachable, carry
from linli.kernel.note_keys import read_key
from linli.kernel.refusals import Refused

READS, ANSWERS = "/exchange/reads", "/exchange/answers"
_BEFORE = {"accepted": "waiting", "declined": "waiting", "done": "accepted"}
_KINDS = frozenset(dict(Topic.KINDS))


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo or paper as it came, in base64, to be shown and forgotten."""

    media_type: str
    base64: str


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """What the other city told of a case: the granted texts by their names, and the photos."""

    texts: dict[str, str]
    photos: tuple[Photo, ...]


@transaction.atomic
def take_envelope(
    *, by: Actor, at: datetime, partner: Partner, note: str, said: envelopes.Opened
) -> Received:
    """Put a case from elsewhere before the unit that the person named, else before the reception window.

    The window can send back what was meant for a unit that is not here; it cannot read it.
    Refuses: not_allowed for everybody but the system; unreadable for an unknown kind or field; no_unit when
    nobody could answer; envelope_taken for one that was taken already.
    """
    allow(by)
    fields, kind = said.said["fields"], said.text("kind")
    code = read_code(said.text("code"))
    if code is None or kind not in _KINDS or not set(fields) <= set(reasons.FIELDS):
        raise Refused("unreadable", _("This is no message between cities."), status=400)
    unit = _unit(said.text("unit"))
    received, new = Received.objects.get_or_create(
        partner=partner,
        their_code=code,
        defaults={
            "code": new_code(), "unit": unit, "kind": kind, "fields": sorted(fields),
            "envelope": note, "received_at": at, "expires_at": said.until(),
        },
    )  # fmt: skip
    if not new:
        raise Refused("envelope_taken", _("This envelope was taken already."), status=409)
    return received


def read_received(*, by: Actor, at: datetime, received: Received, purpose: str) -> Told:
    """Ask the other city for what was granted; the person sees there that this unit looked. Nothing is kept.

    Refuses: not_allowed for who handles no case; not_own_case; not_meant when the person named another
    unit; unknown_purpose; grant_over when the leave ended or was taken back: then nothing stays here but
    that there was something; not_told when the other city says no for another reason; origin_silent when
    it cannot be reached.
    """
    _check_own(by, received)
    _check_meant(by, received)
    if purpose not in reasons.PURPOSES:
        raise Refused("unknown_purpose", _("Say what you look for."))
    answer = _said_to(
        received, at, READS, envelopes.READ, _who(by, received) | {"purpose": purpose}
    )
    _check_answer(by, at, received, answer)
    return _told(answer, received)


def accept(*, by: Actor, at: datetime, received: Received) -> Received:
    """Take a case from elsewhere in hand; the person hears it in their city.

    Refuses: not_allowed for who handles no case; not_own_case; not_meant; out_of_turn; grant_over;
    not_told; origin_silent.
    """
    _check_own(by, received)
    _check_meant(by, received)
    return _answer(by, at, received, "accepted")


def decline(*, by: Actor, at: datetime, received: Received, kind: str, words: str = "") -> Received:
    """Send a case from elsewhere back, with a reason that the person reads.

    Refuses: not_allowed for who handles no case; not_own_case; unknown_reason; out_of_turn; grant_over;
    not_told; origin_silent.
    """
    if kind not in reasons.DECLINES:
        raise Refused("unknown_reason", _("Choose a reason."))
    return _answer(by, at, received, "declined", kind=kind, words=words)


def finish(*, by: Actor, at: datetime, received: Received, words: str = "") -> Received:
    """Say that one's part is done, in words for the person; with it the leave to read ends.

    Refuses: not_allowed for who handles no case; not_own_case; out_of_turn unless it was accepted;
    grant_over; not_told; origin_silent.
    """
    return _answer(by, at, received, "done", words=words)


def forget_expired(*, by: Actor, at: datetime) -> int:
    """Leave nothing of what may not be read any more but that there was something; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    expired = Received.objects.filter(expires_at__lte=at).exclude(state="over")
    return forget_received(by=by, at=at, codes=list(expired.values_list("code", flat=True)))


def _answer(
    by: Actor, at: datetime, received: Received, verb: str, *, kind: str = "", words: str = ""
) -> Received:
    _check_own(by, received)
    if received.state != _BEFORE[verb]:
        raise _out_of_turn()
    said = _who(by, received) | {"verb": verb, "kind": kind, "words": words[:4000]}
    answer = _said_to(received, at, ANSWERS, envelopes.ANSWER, said)
    _check_answer(by, at, received, answer)
    # The other city decided already between two who answer at once; it hears the same answer twice.
    return _keep(received, verb)


@transaction.atomic
def _keep(received: Received, verb: str) -> Received:
    Received.objects.filter(pk=received.pk, state=_BEFORE[verb]).update(state=verb)
    received.refresh_from_db()
    return received


def _check_own(by: Actor, received: Received) -> None:
    allow(by, Role.OFFICER, Role.CLERK)
    if received.unit.name != by.unit:
        raise Refused("not_own_case", _("There is no such case at your unit."), status=404)
    if received.state == "over":
        raise _over()


def _who(by: Actor, received: Received) -> dict[str, str | list[str]]:
    # The window that sends back what nobody here is meant for speaks in that unit's place.
    return {"code": received.their_code, "unit": meant_for(received), "role": by.role.value}


def _check_meant(by: Actor, received: Received) -> None:
    if received.state != "over" and meant_for(received) != by.unit:
        raise Refused(
            "not_meant", _("The person gave leave to another unit: send it back."), status=403
        )


def _said_to(
    received: Received, at: datetime, where: str, kind: str, said: envelopes.Said
) -> Answer:
    partner = received.partner
    if partner.ended_on is not None:
        raise _over()
    note = envelopes.written(
        kind, said, signer=city_key.signer(), to=read_key(partner.key),
        once=secrets.token_urlsafe(16), at=at,
    )  # fmt: skip
    try:
        return carry(partner.origin + where, note)
    except Unreachable:
        raise _silent() from None


def _check_answer(by: Actor, at: datetime, received: Received, answer: Answer) -> None:
    if answer.status == 410:
        forget_received(by=by, at=at, codes=[received.code])
        raise _over()
    if answer.status == 409:
        raise _out_of_turn()
    if answer.status >= 500 or answer.status == 429:
        raise _silent()
    if answer.status != 200:
        raise Refused("not_told", _("The other city does not tell this."), status=403)


def _told(answer: Answer, received: Received) -> Told:
    """Read what was told, and nothing that was not granted."""
    try:
        fields = json.loads(answer.text)["fields"]
        texts = {name: str(fields[name]) for name in received.fields if name != "photos"}
        photos = [one for one in fields.get("photos", []) if "photos" in received.fields]
        return Told(texts, tuple(Photo(one["media_type"], one["base64"]) for one in photos))
    except (ValueError, KeyError, TypeError):
        raise _silent() from None


def _unit(name: str) -> Unit:
    if unit := Unit.objects.working().filter(name=name).first():
        return unit
    other = Topic.objects.asked_for().select_related("unit").filter(code=OTHER).first()
    if other is None:
        raise Refused("no_unit", _("There is no such unit here."), status=404)
    return other.unit


def _over() -> Refused:
    return Refused("grant_over", _("The leave to read has ended."), status=410)


def _out_of_turn() -> Refused:
    return Refused("out_of_turn", _("This was decided already."), status=409)


def _silent() -> Refused:
    return Refused(
        "origin_silent", _("The other city cannot be reached. Try again later."), status=503
    )
