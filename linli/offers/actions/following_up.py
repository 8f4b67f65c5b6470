"""Ask later what came of a course, of who allows it: after 30, 90 and 180 days, under a key of its own.

Who is asked may take the leave back at any time; from then on nothing opens. Whether it helped is counted
apart from who says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.addresses import read_address
from linli.kernel.codes import new_code
from linli.kernel.fields import seal, unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.outbox import MessageWords, in_language, post
from linli.kernel.refusals import Refused
from linli.kernel.sealing import Value
from linli.kernel.subjects import Gone, destroy, key_of, new_subject
from linli.offers.actions.outcomes import Result, record_outcome
from linli.offers.models import Booking, FollowUp, Helped, Outcome, Training
from linli.offers.queries.certificates import absolute
from linli.offers.rules.retention import ASKED_AFTER, ASKED_UNTIL

_LETTERS = system("letters")
_WORDS = gettext_noop(
    "You allowed us to ask how you are doing some time after. It takes a minute. There you also take the leave"
    " back, and are not asked again: %(address)s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How many of the booking have work now, hired by whom of the employers who ordered; whether it helped."""

    employed: int
    training: Training | None = None
    helped: bool | None = None


@transaction.atomic
def allow_asking(
    *, by: Actor = HOLDER, at: datetime, booking: Booking, contact: tuple[str, str], language: str
) -> FollowUp:
    """Keep how to ask somebody later, who came and whose course is over. `contact` is ("email" or "sms", address).

    Refuses: not_allowed for everybody but the holder; gone; not_attended; not_over; allowed already, or
    once taken back; address_wrong.
    """
    allow(by, Role.HOLDER)
    kept = Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    key_of(booking.subject, at=at)
    if kept.state != Booking.ATTENDED:
        raise Refused("not_attended", _("Only who came is asked."))
    ended_on = localdate(booking.session.ends_at)
    if at < booking.session.ends_at:
        raise Refused("not_over", _("This has not ended yet."))
    if FollowUp.objects.filter(booking=kept).exists():
        raise Refused("allowed", _("You have decided about this already."), status=409)
    channel, typed = contact
    address = read_address(channel, typed)
    until = ended_on + timedelta(days=ASKED_UNTIL)
    subject = new_subject(purpose="follow-up", purge_on=until, at=at)
    made = FollowUp(code=new_code(), booking=kept, subject=subject, ended_on=ended_on)
    given: dict[str, Value] = {"contact": {channel: address}}
    seal(made, key_of(subject, at=at), **given | ({"reply_language": language} if language else {}))
    made.save(force_insert=True)
    return made


def ask_due(*, by: Actor, at: datetime, limit: int = 200) -> int:
    """Write to who is to be asked now; return how many. Who was left out is asked the latest question only.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    today, asked = localdate(at), 0
    for days in reversed(ASKED_AFTER):
        due = FollowUp.objects.filter(
            purged_at=None,
            asked__lt=days,
            ended_on__lte=today - timedelta(days=days),
            subject__purge_on__gt=today,
        )
        for pk in due.order_by("pk").values_list("pk", flat=True)[:limit]:
            asked += _ask(at, pk, days)
    return asked


@transaction.atomic
def answer(*, by: Actor = HOLDER, at: datetime, follow_up: FollowUp, said: Answer) -> None:
    """Write down what somebody answers to the last question; said again, the last answer stands.

    Whether it helped is counted with the first answer to a question, and not with whose it is.
    Refuses: not_allowed for everybody but the holder; gone when the leave was taken back or has ended;
    not_asked yet; as record_outcome.
    """
    allow(by, Role.HOLDER)
    kept = _open(at, follow_up)
    if not kept.asked:
        raise Refused("not_asked", _("You have not been asked yet."))
    booking = Booking.objects.select_related("session__offer").get(pk=kept.booking_id)
    before = Outcome.objects.filter(booking=booking, kind="employed", after_days=kept.asked)
    known = set(before.values_list("training", flat=True))
    wanted = said.training.pk if said.training else None
    for one in known - {wanted}:
        hired_by = Training.objects.get(pk=one) if one else None
        _record(by, at, booking, kept.asked, 0, hired_by)
    _record(by, at, booking, kept.asked, said.employed, said.training)
    if said.helped is not None and kept.answered < kept.asked:
        _count(booking.session.offer_id, kept.asked, helped=said.helped)
    kept.answered = kept.asked
    kept.save(update_fields=["answered"])


@transaction.atomic
def take_back(*, by: Actor = HOLDER, at: datetime, follow_up: FollowUp) -> None:
    """End the leave: the key goes at once, and nobody is asked again. What was answered stays a number.

    Refuses: not_allowed for everybody but the holder; gone already.
    """
    allow(by, Role.HOLDER)
    kept = _open(at, follow_up)
    destroy(subject=kept.subject, at=at)


def _open(at: datetime, follow_up: FollowUp) -> FollowUp:
    kept = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)
    key_of(kept.subject, at=at)
    return kept


def _record(
    by: Actor, at: datetime, booking: Booking, days: int, people: int, training: Training | None
) -> None:
    result = Result(kind="employed", people=people, after_days=days, training=training)
    record_outcome(by=by, at=at, booking=booking, result=result)


def _count(offer: int, days: int, *, helped: bool) -> None:
    Helped.objects.get_or_create(offer_id=offer, after_days=days)
    which = "yes" if helped else "no"
    Helped.objects.filter(offer_id=offer, after_days=days).update(**{which: F(which) + 1})


@transaction.atomic
def _ask(at: datetime, pk: int, days: int) -> int:
    kept = FollowUp.objects.select_for_update(no_key=True).get(pk=pk)
    if kept.asked >= days:
        return 0
    try:
        key = key_of(kept.subject, at=at)
    except Gone:
        return 0
    look(
        by=_LETTERS, at=at, subject=kept.subject, verb="sent", about=kept.code,
        purpose="letter", fields=["contact"],
    )  # fmt: skip
    contact = unseal(kept, key, "contact")
    channel, to = next(iter(contact.items())) if isinstance(contact, dict) else ("", "")
    with in_language(unseal_text(kept, key, "reply_language")):
        told = {"address": absolute("offers:asked", kept.code)}
        words = MessageWords(gettext("How are you doing?"), gettext(_WORDS) % told)
    post(
        subject=kept.subject, about=kept.code, channel=channel, to=str(to), words=words,
        once=f"{kept.code} asked {days}", at=at,
    )  # fmt: skip
    kept.asked = days
    kept.save(update_fields=["asked"])
    return 1
