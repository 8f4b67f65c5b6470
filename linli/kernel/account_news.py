"""Tell staff what was done to what keeps their account safe: by mail where they left an address and this
house can send, and at the next sign-in in any case. Who did not do it themselves hears of it.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, gettext_noop

from linli.kernel.models import Message, Staff, StaffStep
from linli.kernel.outbox import MessageWords, channels, in_language, post
from linli.kernel.subjects import new_subject

NEWS: Final = {
    "factor_added": gettext_noop("A second factor was added to your account."),
    "factor_removed": gettext_noop("A second factor was removed from your account."),
    "codes_made": gettext_noop("New recovery codes were made for your account; the old ones ended."),
    "code_used": gettext_noop("A recovery code of your account was used to sign in."),
    "password_changed": gettext_noop("The password of your account was changed."),
    "link_given": gettext_noop("An administrator gave a link by which a new password is chosen."),
    "factors_reset": gettext_noop("An administrator removed all second factors of your account."),
}  # fmt: skip
KEPT = timedelta(days=14)  # how long a letter about an account is kept, sealed
MOST = 5  # what is told at one sign-in


def tell(step: StaffStep) -> None:
    """Send word of a step to its owner's address, in the transaction that wrote it."""
    if step.verb not in NEWS or not step.staff.email or Message.EMAIL not in channels():
        return
    with in_language(settings.LANGUAGE_CODE):
        subject = gettext("Your account at Linli")
        text = (
            _sentence(step) + "\n" + gettext("If that was not you, tell an administrator at once.")
        )
    post(
        subject=new_subject(purpose="account news", purge_on=localdate(step.at) + KEPT, at=step.at),
        about="account",
        channel=Message.EMAIL,
        to=step.staff.email,
        words=MessageWords(subject, text),
        once=f"account step {step.pk}",
        at=step.at,
    )


def news_since(staff: Staff, since: datetime | None) -> list[str]:
    """Return in sentences what was done since the owner last came in, the oldest first."""
    steps = StaffStep.objects.filter(staff=staff, verb__in=NEWS)
    # Whoever comes for the first time came by such a link.
    steps = steps.filter(at__gt=since) if since else steps.exclude(verb="link_given")
    return [_sentence(step) for step in steps.order_by("-at", "-pk")[:MOST]][::-1]


def _sentence(step: StaffStep) -> str:
    return f"{localtime(step.at):%Y-%m-%d %H:%M} {gettext(NEWS[step.verb])}"
