"""Propose, freeze, release or refuse a period of a product. One freezes, somebody else releases.

What is said is what the gate says. Nobody can change a cell, drop one or add one.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Product, ProductFigure, Release, ReleasedCell
from linli.atlas.queries import counting, gate
from linli.atlas.queries.gate import Decisions, RecordsGone, period_of
from linli.atlas.queries.released_table import digest_of
from linli.atlas.rules.gate.cells import DecidedCell
from linli.atlas.rules.spans import over
from linli.facts import actions as facts
from linli.facts.models import Fact, Indicator
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.codes import new_code
from linli.kernel.fields import seal
from linli.kernel.keystore import store
from linli.kernel.record_keys import sealed_digest
from linli.kernel.refusals import Refused

KEPT_YEARS = (
    5  # so long a frozen table can be opened, to run its release again; then its key is destroyed
)
_DECIDE = (Role.PLANNER, Role.SUPERVISOR)


@transaction.atomic
def propose(*, by: Actor, at: datetime, product: Product) -> list[Release]:
    """Propose the periods of a product that have been over long enough and are not proposed yet.

    Refuses: not_allowed unless a planner or the calendar asks; already_ended.
    """
    allow(by, Role.PLANNER)
    kept = Product.objects.select_for_update(no_key=True).get(pk=product.pk)
    if kept.ended_at is not None:
        raise Refused("already_ended", _("This product has ended already."))
    known = set(kept.releases.values_list("period_from", flat=True))
    due = over(kept.begins_on, kept.length, wait=kept.wait_days, today=localdate(at))
    return [
        Release.objects.create(
            code=new_code(), product=kept, period_from=one.start, period_until=one.until,
            proposed_at=at,
        )
        for one in due
        if one.start not in known
    ]  # fmt: skip


@transaction.atomic
def propose_again(*, by: Actor, at: datetime, release: Release) -> Release:
    """Propose a period anew that was refused: the records may have grown since.

    Refuses: not_allowed unless a planner asks; not_refused; already_ended; proposed_already.
    """
    allow(by, Role.PLANNER)
    product = Product.objects.select_for_update(no_key=True).get(pk=release.product_id)
    if release.state != Release.REFUSED:
        raise Refused("not_refused", _("This release was not refused."))
    if product.ended_at is not None:
        raise Refused("already_ended", _("This product has ended already."))
    others = product.releases.filter(period_from=release.period_from)
    if others.exclude(state=Release.REFUSED).exists():
        raise Refused("proposed_already", _("This period is proposed again already."))
    return Release.objects.create(
        code=new_code(), product=product, period_from=release.period_from,
        period_until=release.period_until, proposed_at=at,
    )  # fmt: skip


@transaction.atomic
def freeze(*, by: Actor, at: datetime, release: Release) -> Release:
    """Count the table from the records as they stand now, and seal it: this moment is its cut-off.

    Refuses: not_allowed unless a planner asks; already_decided, already_frozen; unknown_figure when an engine no
    longer counts one of its figures.
    """
    allow(by, Role.PLANNER)
    kept = _held(release)
    if kept.state != Release.PROPOSED:
        raise Refused("already_frozen", _("This release is frozen already. Look at it again."))
    product, figures = kept.product, list(kept.product.figures.select_related("indicator"))
    try:
        counted = counting.count(product, figures, period_of(kept), at)
    except KeyError as error:
        sentence = _("An engine no longer counts one of these figures.")
        raise Refused("unknown_figure", sentence) from error
    text = counting.written(counted)
    kept.frozen_until = _purge_on(localdate(at))
    kept.frozen_key, key = store().fresh(kept.frozen_until)
    seal(kept, key, frozen=text)
    kept.seal = sealed_digest(text)
    kept.cut_off, kept.state = at, Release.FROZEN
    kept.frozen_by, kept.frozen_unit = by.name, by.unit
    kept.method = gate.method_of(product)
    kept.save()
    return kept


@transaction.atomic
def release(*, by: Actor, at: datetime, release: Release) -> Release:
    """Say what the gate lets pass, for ever.

    Refuses: not_allowed unless a planner or supervisor asks; already_decided; not_frozen; same_person for whoever
    froze it; records_gone when its table was destroyed; gate_refuses, naming the cells.
    """
    allow(by, *_DECIDE)
    kept = _held(release)
    if kept.state != Release.FROZEN:
        raise Refused("not_frozen", _("Only a frozen release can be released."))
    if by.name == kept.frozen_by or not by.name:
        raise Refused("same_person", _("Somebody else releases what you have frozen."), status=403)
    # Two releases of one figure at once would not know of each other.
    figures = list(kept.product.figures.select_related("indicator", "twin"))
    numbers = sorted(one.indicator_id for one in figures)
    list(Indicator.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
    decisions = _decisions(kept, at)
    digest = digest_of(kept, figures, decisions)
    kept.state, kept.decided_at, kept.digest = Release.RELEASED, at, digest
    kept.decided_by, kept.decided_unit = by.name, by.unit
    kept.save()
    for one in figures:
        _say(by, at, kept, one, decisions[one.indicator.code].cells)
    return kept


@transaction.atomic
def refuse(*, by: Actor, at: datetime, release: Release, reason: str) -> Release:
    """Say that a release stays inside, and why; the cells that the gate named are kept with it.

    Refuses: not_allowed unless a planner or supervisor asks; no_reason; already_decided.
    """
    allow(by, *_DECIDE)
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused("no_reason", _("Say why."))
    kept = _held(release)
    if kept.state == Release.FROZEN:
        try:
            kept.refusals = gate.refusals(gate.decided(kept, at))
        except RecordsGone:
            kept.refusals = []
    kept.state, kept.decided_at, kept.reason = Release.REFUSED, at, reason
    kept.decided_by, kept.decided_unit = by.name, by.unit
    kept.save()
    return kept


def _held(release: Release) -> Release:
    kept = (
        Release.objects.select_for_update(no_key=True, of=("self",))
        .select_related("product__scope")
        .get(pk=release.pk)
    )
    if kept.state in {Release.RELEASED, Release.REFUSED}:
        raise Refused("already_decided", _("Somebody has decided this already."))
    return kept


def _decisions(kept: Release, at: datetime) -> Decisions:
    try:
        decisions = gate.decided(kept, at)
    except RecordsGone as error:
        raise Refused("records_gone", _("The frozen table was destroyed on its day.")) from error
    if named := gate.refusals(decisions):
        cells = "；".join(f"{area} {figure}: {code}" for figure, area, code in named[:20])
        sentence = _("The gate refuses this table because of these cells: %(cells)s")
        raise Refused("gate_refuses", sentence % {"cells": cells})
    return decisions


def _say(
    by: Actor, at: datetime, kept: Release, figure: ProductFigure, cells: tuple[DecidedCell, ...]
) -> None:
    said = [
        facts.Said(one.name.area, Decimal(one.value), Decimal(one.low), _number(one.high))
        for one in cells
        if one.value is not None
    ]
    known: dict[str, Fact] = facts.record_released(
        by=by, at=at, twin=figure.twin, period=period_of(kept), cells=said, code=kept.code,
        digest=kept.digest,
    )  # fmt: skip
    ReleasedCell.objects.bulk_create(
        ReleasedCell(
            release=kept, indicator=figure.twin, area_id=one.name.area,
            kept=ReleasedCell.SAID if one.value is not None else one.outcome,
            value=_number(one.value), low=_number(one.low), high=_number(one.high),
            fact=known.get(one.name.area),
        )
        for one in cells
    )  # fmt: skip


def _number(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _purge_on(today: date) -> date:
    return date(today.year + KEPT_YEARS, today.month, min(today.day, 28))
