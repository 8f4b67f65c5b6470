"""Tell two neighbours that somebody is proposed to them, and that both have said yes: a code, and nothing of the other."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, gettext_noop

from linli.kernel.actors import Actor, system
from linli.kernel.fields import unseal
from linli.kernel.looks import look
from linli.kernel.outbox import MessageWords, in_language, post
from linli.kernel.subjects import Gone, key_of
from linli.offers.models import Neighbour, Pair

_NEWS = {
    "proposed": gettext_noop("Somebody is proposed to you: say yes or no with code %(code)s."),
    "met": gettext_noop("Both of you have said yes: see how you reach each other with code %(code)s."),
}  # fmt: skip
_LETTERS = system("letters")


def tell_both(*, by: Actor, at: datetime, pair: Pair, news: str) -> int:
    """Write a letter to each of the two, once for its cause; the look is theirs to see. Return how many.

    Refuses: nothing; whose day has come is told nothing more.
    """
    return sum(_told(at, one, pair, news) for one in (pair.wanted, pair.offered))


def _told(at: datetime, one: Neighbour, pair: Pair, news: str) -> bool:
    try:
        key = key_of(one.subject, at=at)
    except Gone:
        return False
    contact = unseal(one, key, "contact")
    if not isinstance(contact, dict) or not contact:
        return False
    look(
        by=_LETTERS, at=at, subject=one.subject, verb="sent", about=one.code, purpose="letter",
        fields=["contact"],
    )  # fmt: skip
    channel, to = next(iter(contact.items()))
    with in_language(settings.LANGUAGE_CODE):
        told = {"code": one.code}
        text = f"{gettext(_NEWS[news]) % told}\n{gettext('Look it up with its code and your passphrase.')}"
        words = MessageWords(gettext("Neighbours help neighbours"), text)
    message = post(
        subject=one.subject, about=one.code, channel=channel, to=str(to), words=words,
        once=f"{pair.code} {news} {one.side}", at=at,
    )  # fmt: skip
    return message is not None
