"""What operators say in public beside what is said of their premises; nobody else puts words there."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.traits import trait_in
from linli.trace.actions.keeping import speak_for
from linli.trace.models import OperatorReply, Premises

MOST_REPLIES: Final = 5
LONGEST: Final = 2000


@transaction.atomic
def reply(*, by: Actor, at: datetime, premises: Premises, words: str) -> OperatorReply:
    """Put what an operator says beside what is said of its premises.

    Refuses: not_allowed for everybody but its key; other_operator; no_words; words_too_long; trait_of_a_person;
    too_many_replies while five stand.
    """
    allow(by, Role.HOLDER)
    kept = Premises.objects.select_for_update(no_key=True).get(pk=premises.pk)
    speak_for(by=by, at=at, operator=kept.operator)
    said = words.strip()
    if not said:
        raise Refused("no_words", _("Say it in words."))
    if len(said) > LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    if trait_in(said):
        raise Refused("trait_of_a_person", _("Say nothing here of what a person is."))
    if kept.replies.standing().count() >= MOST_REPLIES:
        sentence = _("Five replies stand already. Take one back before you write another.")
        raise Refused("too_many_replies", sentence, status=409)
    number = kept.replies.count() + 1
    return OperatorReply.objects.create(premises=kept, number=number, words=said, at=at)


@transaction.atomic
def take_back(*, by: Actor, at: datetime, reply: OperatorReply) -> OperatorReply:
    """Take a reply back: it stands in public no more; a second time changes nothing.

    Refuses: not_allowed for everybody but its key; other_operator; withheld, since its reason stands in public.
    """
    allow(by, Role.HOLDER)
    kept = OperatorReply.objects.select_for_update(no_key=True, of=("self",)).get(pk=reply.pk)
    speak_for(by=by, at=at, operator=kept.premises.operator)
    if kept.withheld_at is not None:
        raise Refused("withheld", _("This reply is withheld already."), status=409)
    if kept.taken_back_at is None:
        kept.taken_back_at = at
        kept.save(update_fields=["taken_back_at"])
    return kept


@transaction.atomic
def withhold(*, by: Actor, at: datetime, reply: OperatorReply, reason: str) -> OperatorReply:
    """Withhold a reply that must not stand in public; its reason stands there. Never by the unit it answers to.

    Refuses: not_allowed; own_operator for the unit that supervises it; no_words; withheld already, or taken back.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    kept = OperatorReply.objects.select_for_update(no_key=True, of=("self",)).get(pk=reply.pk)
    if by.unit == kept.premises.operator.unit.name:
        raise Refused("own_operator", _("It answers to your own unit: ask another."), status=409)
    if not reason.strip():
        raise Refused("no_words", _("Say it in words."))
    if kept.withheld_at is not None or kept.taken_back_at is not None:
        raise Refused("withheld", _("This reply is withheld already."), status=409)
    kept.withheld_at, kept.withheld_by, kept.withheld_for = at, by.unit, reason.strip()[:500]
    kept.save(update_fields=["withheld_at", "withheld_by", "withheld_for"])
    return kept
