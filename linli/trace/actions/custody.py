"""Hands through which samples go: each handing-over is written down as both saw it, broken seals too."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.models import Handing, Sample
from linli.trace.queries.lab_held import held_sample, next_state
from linli.trace.queries.lab_standing import chain_of, holder_of
from linli.trace.rules.laboratory.samples import ON_THE_WAY, OPENED, RECEIVED, SEALED, SENT
from linli.trace.rules.laboratory.samples import REFUSED as TURNED_AWAY

_TRAVELS = ("taken", "on_the_way")


@dataclass(frozen=True, slots=True)
class HandingDraft:
    """One handing-over: of which part, to which unit, when, which seal was seen and whether it was whole.

    `refused`: why the laboratory does not take the sample in, "" where it does.
    """

    taker: Unit
    handed_at: datetime
    seal: str
    whole: bool
    part: str = Handing.MAIN
    new_seal: str = ""
    celsius: Decimal | None = None
    refused: str = ""


@transaction.atomic
def hand_over(*, by: Actor, at: datetime, sample: Sample, draft: HandingDraft) -> Handing:
    """Write down that a part of a sample went from who has it to another post; who takes it writes it.

    Refuses: not_allowed; not_own_unit unless by the giver or the taker; not_taken; not_on_its_way once the laboratory has
    it; no_counter; same_laboratory for a counter-sample; no_seal; not_yet; before_the_last; no_such_step.
    """
    kept = held_sample(sample)
    giver = holder_of(kept, draft.part)
    _check(by, at, kept, giver, draft)
    handing = Handing.objects.create(
        sample=kept,
        part=draft.part,
        handed_at=draft.handed_at,
        giver=giver,
        taker=draft.taker.code,
        seal=draft.seal.strip(),
        whole=draft.whole,
        new_seal=draft.new_seal.strip(),
        celsius=draft.celsius,
        **signed(by, at),
    )
    if draft.part == Handing.COUNTER:
        _send(kept)
    else:
        _go_on(kept, draft)
    return handing


def _send(kept: Sample) -> None:
    if kept.counter_state == SEALED:
        kept.counter_state = SENT
        kept.save(update_fields=["counter_state"])


def _go_on(kept: Sample, draft: HandingDraft) -> None:
    arrived = draft.taker == kept.laboratory
    if draft.refused.strip() and arrived:
        kept.state = next_state(kept, TURNED_AWAY)
        kept.reason = draft.refused.strip()[:240]
    elif arrived:
        kept.state = next_state(kept, RECEIVED)
    elif kept.state != ON_THE_WAY:
        kept.state = next_state(kept, ON_THE_WAY)
    kept.save(update_fields=["state", "reason"])


def _check(by: Actor, at: datetime, kept: Sample, giver: str, draft: HandingDraft) -> None:
    allow(by, Role.OFFICER)
    if by.role == Role.OFFICER and by.unit not in (_name(giver), draft.taker.name):
        raise Refused("not_own_unit", _("This is another unit's."), status=404)
    if kept.taken_at is None:
        raise Refused("not_taken", _("This sample is not taken yet."), status=409)
    if draft.part == Handing.MAIN and kept.state not in _TRAVELS:
        raise Refused("not_on_its_way", _("The laboratory has it already."), status=409)
    if draft.part == Handing.COUNTER:
        _check_counter(kept, draft)
    if not draft.seal.strip():
        raise Refused("no_seal", _("Say which seal is on it."))
    _check_moment(at, kept, draft)


def _check_counter(kept: Sample, draft: HandingDraft) -> None:
    if kept.counter_state not in (SEALED, SENT, OPENED):
        raise Refused("no_counter", _("There is no counter-sample to hand over."), status=409)
    if draft.taker == kept.laboratory:
        raise Refused(
            "same_laboratory", _("The counter-sample goes to another laboratory."), status=409
        )


def _check_moment(at: datetime, kept: Sample, draft: HandingDraft) -> None:
    if draft.handed_at > at:
        raise Refused("not_yet", _("This moment is still to come."))
    last = [one.at for one in chain_of(kept, draft.part)][-1:] or [kept.taken_at or at]
    if draft.handed_at < last[0]:
        raise Refused("before_the_last", _("It was handed over before, at a later moment."))


def _name(code: str) -> str:
    return Unit.objects.filter(code=code).values_list("name", flat=True).first() or ""
