"""The public register of inspections: results are told, and what the premises say stands beside them."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.assessments.actions.keeping import own
from linli.assessments.models import Assessment, Inspection, PremisesReply
from linli.assessments.rules.findings import MADE_PUBLIC_IN
from linli.kernel.actors import HOLDER, Actor, Role, allow, system
from linli.kernel.passphrases import keyed_hash, new_passphrase, opened_code, read_passphrase
from linli.kernel.refusals import Refused
from linli.kernel.traits import trait_in
from linli.kernel.working_days import add_working_days

MOST_REPLIES: Final = 5
LONGEST: Final = 2000
_CALENDAR = system("calendar")


@transaction.atomic
def publish(*, by: Actor, at: datetime, inspection: Inspection) -> Inspection:
    """Tell everybody what a visit found.

    Refuses: not_allowed; not_own_unit; not_made; published already.
    """
    own(by=by, at=at, unit=inspection.assessment.unit)
    kept = _made(inspection)
    if kept.published_at is not None:
        raise Refused("published", _("This is published already."), status=409)
    return _published(kept, at, by.name)


def publish_due(*, by: Actor = _CALENDAR, at: datetime) -> int:
    """Publish what nobody published within its working days after the visit; return how many.

    Refuses: not_allowed for everybody but the system.
    """
    allow(by)
    waiting = Inspection.objects.filter(
        published_at=None,
        assessment__dropped_at=None,
        assessment__done_at__lt=at - timedelta(days=MADE_PUBLIC_IN),
    ).select_related("assessment")
    today, told = localdate(at), 0
    for one in waiting:
        made = one.assessment.done_at
        if made and add_working_days(localdate(made), MADE_PUBLIC_IN) < today:
            with transaction.atomic():
                _published(_made(one), at, by.name)
            told += 1
    return told


@transaction.atomic
def hand_code(*, by: Actor, at: datetime, inspection: Inspection) -> str:
    """Return a passphrase for the premises, to be handed over on paper; the one before opens nothing any more.

    Refuses: not_allowed; not_own_unit; not_made.
    """
    own(by=by, at=at, unit=inspection.assessment.unit)
    kept, passphrase = _made(inspection), new_passphrase()
    kept.secret = keyed_hash(kept.assessment.code, read_passphrase(passphrase) or "")
    kept.save(update_fields=["secret"])
    return passphrase


@transaction.atomic
def reply(
    *, by: Actor = HOLDER, at: datetime, code: str, passphrase: str, words: str
) -> PremisesReply:
    """Put what the premises say beside the result.

    Refuses: not_allowed; wrong_code for unknown and wrong alike; no_words; words_too_long; trait_of_a_person;
    too_many_replies.
    """
    allow(by, Role.HOLDER)
    read = opened_code(Inspection.objects.all(), code, passphrase, by="assessment__code")
    found = Inspection.objects.select_for_update(no_key=True, of=("self",))
    kept = found.select_related("assessment").filter(assessment__code=read).first()
    if kept is None:
        raise Refused(
            "wrong_code", _("This code and passphrase do not belong together."), status=404
        )
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    if len(words.strip()) > LONGEST:
        raise Refused("words_too_long", _("This is too long."))
    if trait_in(words):
        raise Refused("trait_of_a_person", _("Say nothing here of what a person is."))
    count = kept.replies.count()
    if count >= MOST_REPLIES:
        raise Refused("too_many_replies", _("Five replies to a result are enough."), status=409)
    return PremisesReply.objects.create(
        inspection=kept, number=count + 1, words=words.strip(), at=at
    )


@transaction.atomic
def withhold(*, by: Actor, at: datetime, reply: PremisesReply, reason: str) -> PremisesReply:
    """Withhold a reply that must not stand in public; its reason stands there. Never by the unit it answers to.

    Refuses: not_allowed; own_inspection; no_words; withheld already.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    if by.unit == reply.inspection.assessment.unit.name:
        raise Refused("own_inspection", _("It answers to your own unit: ask another."), status=409)
    if not reason.strip():
        raise Refused("no_words", _("Say it in words."))
    kept = PremisesReply.objects.select_for_update(no_key=True).get(pk=reply.pk)
    if kept.withheld_at is not None:
        raise Refused("withheld", _("This reply is withheld already."), status=409)
    kept.withheld_at, kept.withheld_by, kept.withheld_for = at, by.unit, reason.strip()[:500]
    kept.save(update_fields=["withheld_at", "withheld_by", "withheld_for"])
    return kept


def _made(inspection: Inspection) -> Inspection:
    found = Inspection.objects.select_for_update(no_key=True, of=("self",))
    kept = found.select_related("assessment").get(pk=inspection.pk)
    if not Assessment.objects.filter(pk=kept.assessment_id, sheets__isnull=False).exists():
        raise Refused("not_made", _("This visit was not made yet."), status=409)
    return kept


def _published(kept: Inspection, at: datetime, by: str) -> Inspection:
    kept.published_at, kept.published_by = at, by
    kept.save(update_fields=["published_at", "published_by"])
    return kept
