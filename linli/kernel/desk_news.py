"""What the house tells its staff: each cause once, kept ninety days, by mail too where somebody chose so.

Its words are texts of ours and what fills them is of tasks, units and days: nothing of residents stands in it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext, gettext_lazy

from linli.kernel.actors import OF_STAFF, Actor, Role, allow
from linli.kernel.models import MailChoice, Message, Notification, Staff
from linli.kernel.outbox import MessageWords, channels, in_language, post
from linli.kernel.refusals import Refused
from linli.kernel.subjects import new_subject
from linli.kernel.text import Words

KEPT: Final = timedelta(days=90)
_LETTER_KEPT: Final = timedelta(days=14)  # how long a letter about news is kept, sealed
_FRESH: Final = timedelta(days=2)  # what waited longer for a daily letter goes in none
MOST_IN_A_LETTER: Final = 100
KINDS: Final[dict[str, Words]] = {
    "deadline": gettext_lazy("Days that come and days that passed"),
    "letter": gettext_lazy("Letters from supervision"),
    "decision": gettext_lazy("What waits for a second person"),
    "review": gettext_lazy("What was decided about reports of your unit"),
}


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell: `words` is a text of ours (gettext_noop), `given` fills it, `once` names its cause."""

    kind: str
    once: str
    words: str
    given: Mapping[str, str | int]
    address: str  # without a language: the reader's own page of it opens


def sentence(told: Notification) -> str:
    """Return what is told, in the language of the page."""
    said: str = gettext(told.words) % told.given
    return said


@transaction.atomic
def tell(*, at: datetime, staff: Iterable[Staff], news: Iterable[News]) -> int:
    """Tell members of staff; what one was told already is told no second time. Returns how much is new."""
    people, told = list(staff), list(news)
    there = set(
        Notification.objects.filter(staff__in=people, once__in=[one.once for one in told])
        .order_by()
        .values_list("staff", "once")
    )
    purge_on = localdate(at) + KEPT
    made = [
        Notification(
            staff=person, kind=one.kind, once=one.once, words=one.words, given=dict(one.given),
            address=one.address, at=at, purge_on=purge_on,
        )
        for person in people
        for one in told
        if (person.pk, one.once) not in there
    ]  # fmt: skip
    Notification.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


@transaction.atomic
def choose(
    *, by: Actor, at: datetime, staff: Staff, language: str, ways: Mapping[str, str]
) -> None:
    """Choose which news also go by mail.

    Refuses: not_allowed unless staff ask; not_yours for somebody else's choice; unknown_way for a kind or a way
    that there is not.
    """
    allow(by, *OF_STAFF)
    if staff.actor != by and by.role != Role.SYSTEM:
        raise Refused(
            "not_yours", gettext_lazy("This choice belongs to somebody else."), status=403
        )
    if not ({*ways} <= {*KINDS} and {*ways.values()} <= {*dict(MailChoice.WAYS)}):
        raise Refused("unknown_way", gettext_lazy("Choose one of the ways."))
    MailChoice.objects.update_or_create(
        staff=staff, defaults={"language": language, "ways": dict(ways)}
    )


def mail_at_once(at: datetime) -> int:
    """Send what its reader wants at once; return how many letters were written."""
    return _mail(MailChoice.AT_ONCE, at)


def mail_daily(at: datetime) -> int:
    """Send the letters of the day; return how many were written."""
    return _mail(MailChoice.DAILY, at)


def purge_news(at: datetime) -> int:
    """Remove what is older than ninety days."""
    return Notification.objects.filter(purge_on__lte=localdate(at)).delete()[0]


def _mail(way: str, at: datetime) -> int:
    if Message.EMAIL not in channels():
        return 0
    chosen = MailChoice.objects.filter(staff__is_active=True).exclude(staff__email="")
    written = 0
    for choice in chosen.select_related("staff").order_by("pk"):
        kinds = [kind for kind, wanted in choice.ways.items() if wanted == way]
        written += bool(kinds) and _letter(choice, kinds, at)
    return written


@transaction.atomic
def _letter(choice: MailChoice, kinds: list[str], at: datetime) -> bool:
    """Write one letter of all that one member of staff was told and not sent yet."""
    fresh = Notification.objects.select_for_update().filter(
        staff=choice.staff, kind__in=kinds, mailed_at=None, at__gt=at - _FRESH
    )
    told = list(fresh.order_by("at", "pk")[:MOST_IN_A_LETTER])
    if not told:
        return False
    with in_language(choice.language):
        subject = gettext("News for you at Linli")
        text = "\n".join(sentence(one) for one in told)
    post(
        subject=new_subject(purpose="desk news", purge_on=localdate(at) + _LETTER_KEPT, at=at),
        about="desk",
        channel=Message.EMAIL,
        to=choice.staff.email,
        words=MessageWords(subject, text),
        once=f"desk news {told[-1].pk}",
        at=at,
    )
    Notification.objects.filter(pk__in=[one.pk for one in told]).update(mailed_at=at)
    return True
