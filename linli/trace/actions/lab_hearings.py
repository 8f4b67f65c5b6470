"""Operators are heard before a result that accuses them is public: told, with days to reply or to have it tested again."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel.actors import Actor, Role, allow, system
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.kernel.working_days import due_at
from linli.trace.actions.keeping import own, speak_for
from linli.trace.actions.lab_reports import publish
from linli.trace.models import Hearing, Report
from linli.trace.queries.lab_held import held_report
from linli.trace.rules.laboratory.samples import SEALED, SENT

REPLY_DAYS: Final = 7  # working days, as the measures on sampling of food give them
MOST_WORDS: Final = 2000


@transaction.atomic
def tell_operator(*, by: Actor, at: datetime, report: Report) -> Hearing:
    """Tell the operator of an approved report: from now on its days run.

    Refuses: not_allowed; not_own_unit; not_approved; amended by a later version; told already.
    """
    kept = held_report(report)
    own(by=by, at=at, unit=kept.sample.premises.operator.unit)
    if kept.approved_at is None:
        raise Refused("not_approved", _("This report is not approved yet."), status=409)
    if kept.sample.reports.filter(number__gt=kept.number).exists():
        raise Refused("amended", _("A later version amends this one."), status=409)
    if Hearing.objects.filter(report=kept).exists():
        raise Refused("told", _("The operator was told already."), status=409)
    return Hearing.objects.create(report=kept, reply_by=due_at(at, REPLY_DAYS), **signed(by, at))


@transaction.atomic
def reply_to_result(
    *, by: Actor, at: datetime, report: Report, words: str, counter: bool = False
) -> Hearing:
    """Reply to a result for the operator; `counter`: it asks for the sealed counter-sample to be tested elsewhere.

    Refuses: not_allowed; not_own_unit; other_operator; not_told; too_late; replied already; no_words; too_long;
    no_counter when none is kept.
    """
    kept = held_report(report)
    speak_for(by=by, at=at, operator=kept.sample.premises.operator)
    hearing = _open_hearing(kept, at)
    if hearing.replied_at is not None:
        raise Refused("replied", _("There is a reply already."), status=409)
    if not words.strip():
        raise Refused("no_words", _("Say it in words."))
    if len(words) > MOST_WORDS:
        raise Refused("too_long", _("This is too long."))
    if counter:
        _ask(hearing, kept, at)
    hearing.replied_at, hearing.reply = at, words.strip()
    hearing.save(update_fields=["replied_at", "reply", "counter_asked_at"])
    publish(by=system("laboratory"), at=at, report=kept)
    return hearing


@transaction.atomic
def ask_for_counter(*, by: Actor, at: datetime, report: Report) -> Hearing:
    """Ask for the operator that the sealed counter-sample is tested, and keep the reply for later.

    Refuses: not_allowed; not_own_unit; other_operator; not_told; too_late; no_counter when none is kept.
    """
    kept = held_report(report)
    speak_for(by=by, at=at, operator=kept.sample.premises.operator)
    hearing = _open_hearing(kept, at)
    _ask(hearing, kept, at)
    hearing.save(update_fields=["counter_asked_at"])
    return hearing


@transaction.atomic
def withhold_reply(*, by: Actor, at: datetime, hearing: Hearing, reason: str) -> Hearing:
    """Withhold a reply that must not stand in public; the reason stands there. Never by the unit it answers to.

    Refuses: not_allowed; own_unit; no_words; withheld already, or no reply.
    """
    allow(by, Role.PLANNER, Role.SUPERVISOR)
    kept = Hearing.objects.select_for_update(no_key=True).get(pk=hearing.pk)
    if by.unit == kept.report.sample.premises.operator.unit.name:
        raise Refused("own_unit", _("It answers to your own unit: ask another."), status=409)
    if not reason.strip():
        raise Refused("no_words", _("Say it in words."))
    if kept.withheld_at is not None or kept.replied_at is None:
        raise Refused("withheld", _("There is no reply that stands in public."), status=409)
    kept.withheld_at, kept.withheld_for = at, reason.strip()[:240]
    kept.save(update_fields=["withheld_at", "withheld_for"])
    return kept


def publish_due(*, by: Actor, at: datetime) -> int:
    """Make public what nothing stands against any more; return how many.

    Refuses: not_allowed for everybody but the clock.
    """
    allow(by)
    waiting = Report.objects.standing().filter(
        published_at=None, final=True, result__in=("detected", "not_detected")
    )
    return sum(publish(by=by, at=at, report=one) for one in waiting.order_by("id"))


def _open_hearing(kept: Report, at: datetime) -> Hearing:
    hearing = Hearing.objects.select_for_update(no_key=True).filter(report=kept).first()
    if hearing is None:
        raise Refused("not_told", _("The operator was not told of this result yet."), status=409)
    if at >= hearing.reply_by or kept.published_at is not None:
        raise Refused("too_late", _("The time to reply is over."), status=409)
    return hearing


def _ask(hearing: Hearing, kept: Report, at: datetime) -> None:
    if kept.sample.counter_state not in (SEALED, SENT):
        raise Refused("no_counter", _("There is no sealed counter-sample."), status=409)
    hearing.counter_asked_at = hearing.counter_asked_at or at
