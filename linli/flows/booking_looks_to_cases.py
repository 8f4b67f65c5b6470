"""From a look at a booking to a case: its holder asks why somebody looked, and somebody has to answer in time."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.cases.actions.asking import Asked, Receipt, ask
from linli.cases.actions.following import LOOKS
from linli.cases.models import Topic
from linli.kernel.actors import HOLDER
from linli.kernel.fields import unseal_text
from linli.kernel.models import Look
from linli.kernel.refusals import Refused
from linli.kernel.subjects import key_of
from linli.offers.actions import waiting
from linli.offers.models import Booking, FollowUp


@transaction.atomic
def ask_why(*, at: datetime, booking: Booking, look: Look) -> Receipt:
    """Ask why somebody looked at a booking: a complaint with a code, a passphrase and clocks of its own.

    Refuses: no_look when it was not at this booking, or its leave to be asked later; what `ask` refuses; gone from the booking's day on.
    """
    leave = FollowUp.objects.filter(booking=booking).values_list("subject", flat=True)
    if look.subject_id not in {booking.subject_id, *leave}:
        raise Refused("no_look", _("There is no such look."), status=404)
    key = key_of(booking.subject, at=at)
    told = gettext(
        "Why did %(unit)s look at booking %(booking)s on %(day)s? Entry %(look)s of the log."
    ) % {
        "unit": look.by_unit or gettext("the platform itself"),
        "booking": booking.code,
        "day": localdate(look.at).isoformat(),
        "look": look.code,
    }
    asked = Asked(
        topic=Topic.objects.asked_for().select_related("unit").filter(code=LOOKS).first(),
        area=booking.session.offer.area,
        words=told,
        reply_language=unseal_text(booking, key, "reply_language"),
    )
    receipt = ask(by=HOLDER, at=at, asked=asked, kind=Topic.COMPLAINT)
    waiting.note(by=HOLDER, at=at, booking=booking, verb="asked_why")
    return receipt
