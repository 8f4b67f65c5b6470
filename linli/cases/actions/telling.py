"""Tell the person that something happened, in their language, where they left a way to reach them, or at the
window that keeps it for them. The message says the case's code and nothing of what it is about.
"""

from datetime import datetime

from django.utils.translation import gettext, gettext_noop

from linli.cases.models import Case, Step
from linli.kernel.actors import Actor
from linli.kernel.fields import unseal, unseal_text
from linli.kernel.looks import look
from linli.kernel.outbox import MessageWords, in_language, post
from linli.kernel.sealing import Key

NEWS = {
    "replied": gettext_noop("There is an answer to your case %(code)s."),
    "extended": gettext_noop("Your case %(code)s takes longer: the new day and the reason stand on its page."),
    "paused": gettext_noop("The clocks of your case %(code)s stand still: the reason stands on its page."),
    "wants_leave": gettext_noop("Another unit should answer your case %(code)s: it waits for your leave."),
    "accepted": gettext_noop("Another unit answers your case %(code)s now."),
    "settled": gettext_noop("What was behind your case %(code)s is settled."),
    "met": gettext_noop("There is news of what is done about your case %(code)s."),
    "timed_out": gettext_noop("Your case %(code)s was closed because nobody objected."),
    "glass_asked": gettext_noop("Emergency access to your case %(code)s was asked for."),
    "glass_opened": gettext_noop("Emergency access to your case %(code)s was let in by a second person."),
}  # fmt: skip


def tell(*, by: Actor, at: datetime, case: Case, step: Step, key: Key) -> None:
    """Send word of a step, once, when the person left a contact; the look is theirs to see. Where a window
    tells it, the code waits there from now on.

    Refuses: nothing.
    """
    if case.told_by_id is not None and case.news_at is None:
        case.news_at = at
        case.save(update_fields=["news_at"])
    if case.contact is None:
        return
    contact = unseal(case, key, "contact")
    if not isinstance(contact, dict) or not contact:
        return
    channel, to = next(iter(contact.items()))
    look(
        by=by, at=at, subject=case.subject, verb="sent", about=case.code,
        purpose="reply", fields=["contact"],
    )  # fmt: skip
    with in_language(unseal_text(case, key, "reply_language")):
        subject = gettext("Your case %(code)s") % {"code": case.code}
        text = gettext(NEWS[step.verb]) % {"code": case.code}
        text += "\n" + gettext("Look it up with its code and your passphrase.")
    post(
        subject=case.subject,
        about=case.code,
        channel=channel,
        to=to,
        words=MessageWords(subject, text),
        once=f"{case.code} {step.verb} {step.code}",
        at=at,
    )
