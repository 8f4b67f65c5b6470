"""Samples: ordered, taken under a seal, left out, destroyed in their time. The sample's row is held first."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.keeping import own
from linli.trace.models import Lot, Method, Premises, Sample
from linli.trace.queries.lab_held import held_sample, next_state
from linli.trace.queries.lab_standing import disputed
from linli.trace.rules.laboratory.samples import (
    DESTROYED,
    DISPOSED,
    LEFT_OUT,
    SEALED,
    TAKEN,
    may_counter_step,
)


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """A sample that no draw chose: where from, of which lot if any, who takes it, who tests it, and how."""

    premises: Premises
    unit: Unit
    laboratory: Unit
    method: Method
    lot: Lot | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """How a sample was taken: what, when, under which seals; how it must be kept on its way.

    `counter_seal` and `keep_until`: of the part that is kept, "" and None where there was too little for one.
    """

    material: str
    taken_at: datetime
    seal: str
    counter_seal: str = ""
    keep_until: date | None = None
    lot: Lot | None = None
    longest_hours: int = 72
    coldest: Decimal | None = None
    warmest: Decimal | None = None


@transaction.atomic
def order_sample(*, by: Actor, at: datetime, draft: SampleDraft) -> Sample:
    """Order a sample for a reason: a suspicion, a complaint, a recall.

    Refuses: not_allowed; not_own_unit; method_ended; closed premises.
    """
    own(by=by, at=at, unit=draft.unit)
    if draft.method.ended_on is not None:
        raise Refused("method_ended", _("This version of the method is not used any more."))
    if draft.premises.closed_on is not None:
        raise Refused("closed", _("These premises are closed."), status=409)
    return Sample.objects.create(
        code=new_code(),
        premises=draft.premises,
        lot=draft.lot,
        method=draft.method,
        unit=draft.unit,
        laboratory=draft.laboratory,
        **signed(by, at),
    )


@transaction.atomic
def take_sample(*, by: Actor, at: datetime, sample: Sample, taking: Taking) -> Sample:
    """Write down how a sample was taken and sealed.

    Refuses: not_allowed; not_own_unit; no_such_step; no_words; no_seal; same_seal on both parts; not_yet for a moment
    to come; kept_too_short for a counter-sample without a day to come; another_lot; temperatures_crossed.
    """
    kept = held_sample(sample)
    own(by=by, at=at, unit=kept.unit)
    kept.state = next_state(kept, TAKEN)
    _check_taking(at, taking)
    if kept.lot is not None and taking.lot not in (None, kept.lot):
        raise Refused("another_lot", _("Another lot was to be sampled."))
    kept.lot = kept.lot or taking.lot
    for name in ("taken_at", "keep_until", "longest_hours", "coldest", "warmest"):
        setattr(kept, name, getattr(taking, name))
    kept.material, kept.seal = taking.material.strip(), taking.seal.strip()
    kept.counter_seal = taking.counter_seal.strip()
    kept.counter_state = SEALED if kept.counter_seal else ""
    kept.save()
    return kept


@transaction.atomic
def leave_out(*, by: Actor, at: datetime, sample: Sample, reason: str) -> Sample:
    """Say that a sample that was to be taken is not, and why.

    Refuses: not_allowed; not_own_unit; no_such_step; no_reason.
    """
    kept = held_sample(sample)
    own(by=by, at=at, unit=kept.unit)
    if not reason.strip():
        raise Refused("no_reason", _("Say why."))
    kept.state = next_state(kept, LEFT_OUT)
    kept.reason = reason.strip()[:240]
    kept.save(update_fields=["state", "reason"])
    return kept


@transaction.atomic
def dispose(*, by: Actor, at: datetime, sample: Sample) -> Sample:
    """Say that what is left of the tested part is disposed of.

    Refuses: not_allowed; not_own_unit; no_such_step; disputed while more tests are needed.
    """
    kept = held_sample(sample)
    own_laboratory(by=by, at=at, laboratory=kept.laboratory)
    if kept.state != "refused" and disputed(kept):
        raise Refused("disputed", _("More tests are needed: it is kept."), status=409)
    kept.state = next_state(kept, DISPOSED)
    kept.save(update_fields=["state"])
    return kept


@transaction.atomic
def destroy_counter(*, by: Actor, at: datetime, sample: Sample) -> Sample:
    """Say that the counter-sample is destroyed, its time being over.

    Refuses: not_allowed; not_own_unit; not_yet before its day, while a result is disputed, or where there is none.
    """
    kept = held_sample(sample)
    own(by=by, at=at, unit=kept.unit)
    if kept.keep_until is None or not may_counter_step(
        kept.counter_state,
        DESTROYED,
        disputed=disputed(kept),
        keep_until=kept.keep_until,
        today=localdate(at),
    ):
        raise Refused("not_yet", _("The counter-sample is kept: its time is not over."), status=409)
    kept.counter_state = DESTROYED
    kept.save(update_fields=["counter_state"])
    return kept


def own_laboratory(*, by: Actor, at: datetime, laboratory: Unit) -> None:
    """Let an officer of the laboratory go on, whatever `at`.

    Refuses: not_allowed; not_own_unit.
    """
    allow(by, Role.OFFICER)
    if by.role == Role.OFFICER and by.unit != laboratory.name:
        raise Refused("not_own_unit", _("This is another unit's."), status=404)


def _check_taking(at: datetime, taking: Taking) -> None:
    seal, counter = taking.seal.strip(), taking.counter_seal.strip()
    if not taking.material.strip():
        raise Refused("no_words", _("Say what was taken."))
    if not seal:
        raise Refused("no_seal", _("Say which seal is on it."))
    if seal == counter:
        raise Refused("same_seal", _("Each part has a seal of its own."))
    if taking.taken_at > at:
        raise Refused("not_yet", _("This moment is still to come."))
    if bool(counter) != (taking.keep_until is not None) or (
        taking.keep_until is not None and taking.keep_until <= localdate(at)
    ):
        raise Refused("kept_too_short", _("Say until which day the counter-sample is kept."))
    low, high = taking.coldest, taking.warmest
    if low is not None and high is not None and low > high:
        raise Refused("temperatures_crossed", _("The coldest is warmer than the warmest."))
