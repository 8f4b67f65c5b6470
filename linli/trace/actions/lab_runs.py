"""Runs of instruments: kept with every well as it was told, judged at once by the rules. No result is ever typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.directory.models import Unit
from linli.kernel.actors import Actor, system
from linli.kernel.codes import new_code
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed
from linli.trace.actions.alerts import AlertDraft, raise_alert
from linli.trace.actions.samples import own_laboratory
from linli.trace.models import Alert, Finding, Handing, Method, Run, Sample, Well
from linli.trace.queries.lab_runs import labels_in
from linli.trace.queries.lab_standing import holder_of, standings_of
from linli.trace.rules.laboratory import quantities, ratios, results, runs
from linli.trace.rules.laboratory.labels import Label
from linli.trace.rules.laboratory.method_json import read
from linli.trace.rules.laboratory.methods import Method as Rule
from linli.trace.rules.laboratory.runs import Well as PlainWell
from linli.trace.rules.laboratory.samples import IN_TEST, OPENED, RECEIVED, TESTED

_CT, _COPIES = Decimal("0.00001"), Decimal("0.000001")
_TESTABLE: Final = (RECEIVED, IN_TEST, TESTED)


@dataclass(frozen=True, slots=True)
class RunDraft:
    """One run of an instrument: by which method, where, when, its wells; `file` as it was brought, b"" when typed."""

    method: Method
    laboratory: Unit
    run_at: datetime
    wells: Sequence[PlainWell]
    source: str = Run.TYPED
    instrument: str = ""
    file: bytes = b""
    part: str = ""


@transaction.atomic
def record_run(*, by: Actor, at: datetime, draft: RunDraft) -> Run:
    """Keep a run with its wells, and what the rules make of it for each sample.

    Refuses: not_allowed; not_own_unit; not_yet; method_ended; no_wells; wells_wrong; unknown_sample for a label that is
    no sample's, or a sample's that another post has; another_method; before_sample; brought already.
    """
    own_laboratory(by=by, at=at, laboratory=draft.laboratory)
    rule = read(draft.method.key, draft.method.version, draft.method.body).method
    wells = [_rounded(one) for one in draft.wells]
    _check(at, draft, rule, wells)
    tested = _tested(draft, wells)
    run = _kept(by, at, draft, rule, wells)
    _judge(run, rule, wells, tested)
    for sample in {sample.pk: sample for sample, _label in tested.values()}.values():
        _step(at, sample, {label for of, label in tested.values() if of.pk == sample.pk})
    return run


def _rounded(one: PlainWell) -> PlainWell:
    """Return a well as it is kept: what is judged is what anybody can judge again."""
    ct = None if one.ct is None else one.ct.quantize(_CT)
    return one._replace(
        ct=ct, quantity=None if one.quantity is None else one.quantity.quantize(_COPIES)
    )


def _check(at: datetime, draft: RunDraft, rule: Rule, wells: Sequence[PlainWell]) -> None:
    if draft.run_at > at:
        raise Refused("not_yet", _("This moment is still to come."))
    if draft.method.ended_on is not None:
        raise Refused("method_ended", _("This version of the method is not used any more."))
    if not any(one.role == "sample" for one in wells):
        raise Refused("no_wells", _("No well has a sample in it."))
    if runs.wrongs(rule, wells):
        raise Refused("wells_wrong", _("Some wells say nothing that could be judged."))


def _tested(draft: RunDraft, wells: Sequence[PlainWell]) -> dict[str, tuple[Sample, Label]]:
    """Return the samples of a run by the labels in it, held until the transaction ends."""
    labels = labels_in(wells)
    codes = {one.sample for one in labels.values() if one}
    found = Sample.objects.select_for_update(no_key=True, of=("self",)).filter(code__in=codes)
    related = found.select_related("unit", "premises__operator__unit", "method", "laboratory")
    samples = {one.code: one for one in related.order_by("pk").prefetch_related("handings")}
    tested = {}
    for said, label in labels.items():
        sample = samples.get(label.sample) if label else None
        if label is None or sample is None or not _is_here(draft, sample, label):
            raise Refused(
                "unknown_sample",
                _("%(label)s is no sample that this laboratory has.") % {"label": said},
            )
        if sample.method_id != draft.method.pk:
            raise Refused("another_method", _("A sample is to be tested by another method."))
        if sample.taken_at is None or draft.run_at < sample.taken_at:
            raise Refused("before_sample", _("The run is older than a sample in it."))
        tested[said] = (sample, label)
    return tested


def _is_here(draft: RunDraft, sample: Sample, label: Label) -> bool:
    if label.counter:
        here = holder_of(sample, Handing.COUNTER) == draft.laboratory.code
        return here and sample.counter_state in ("sent", "opened")
    return sample.laboratory == draft.laboratory and sample.state in _TESTABLE


def _kept(by: Actor, at: datetime, draft: RunDraft, rule: Rule, wells: Sequence[PlainWell]) -> Run:
    failed = runs.failures(rule, wells)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                code=new_code(),
                method=draft.method,
                laboratory=draft.laboratory,
                run_at=draft.run_at,
                instrument=draft.instrument.strip()[:120],
                source=draft.source,
                digest=sha256(draft.file).hexdigest() if draft.file else "",
                part=draft.part[:200],
                failures=[one._asdict() for one in failed],
                failed=len(failed),
                **signed(by, at),
            )
    except IntegrityError as error:
        raise Refused("brought", _("This file was brought before."), status=409) from error
    Well.objects.bulk_create(
        Well(
            run=run,
            place=one.place,
            role=one.role,
            label=one.sample,
            target=one.target,
            ct=one.ct,
            curve=one.curve,
            excluded=one.excluded,
            quantity=one.quantity,
        )
        for one in wells
    )
    return run


def _judge(
    run: Run, rule: Rule, wells: Sequence[PlainWell], tested: dict[str, tuple[Sample, Label]]
) -> None:
    Finding.objects.bulk_create(
        Finding(
            run=run,
            sample=tested[one.sample][0],
            extraction=tested[one.sample][1].extraction,
            counter=tested[one.sample][1].counter,
            target=one.target,
            result=one.result,
            reasons=list(one.reasons),
            cts=[None if ct is None else f"{ct.normalize():f}" for ct in one.cts],
            **_measured(rule, wells, one),
        )
        for one in results.results(rule, wells)
    )


def _measured(rule: Rule, wells: Sequence[PlainWell], one: results.Result) -> dict[str, str]:
    amount = ratios.measured(rule, wells, one.sample, one.target).amount
    if amount is None:
        return {}
    value, wide = quantities.told(amount)
    return {"ratio": f"{value:f}", "wide": f"{wide:f}"}


def _step(at: datetime, sample: Sample, labels: set[Label]) -> None:
    """Move a sample on: tested when nothing more is needed; tell its unit what was confirmed."""
    standings = standings_of([sample]).get(sample.pk, {}).values()
    if any(not label.counter for label in labels):
        _move(sample, TESTED if all(one.is_final for one in standings) else IN_TEST)
    if any(label.counter for label in labels) and sample.counter_state != OPENED:
        sample.counter_state = OPENED
        sample.save(update_fields=["counter_state"])
    if any(one.is_final and one.result == results.DETECTED for one in standings):
        tell_adverse(by=system("laboratory"), at=at, sample=sample)


def _move(sample: Sample, to: str) -> None:
    way = [IN_TEST, TESTED] if (sample.state, to) == (RECEIVED, TESTED) else [to]
    for state in way:
        if sample.state != state:
            sample.state = state
            sample.save(update_fields=["state"])


def tell_adverse(*, by: Actor, at: datetime, sample: Sample) -> None:
    """Raise an alert to the unit that supervises: a laboratory confirmed what should not be there.

    Refuses: not_allowed for everybody but the system.
    """
    raise_alert(
        by=by,
        at=at,
        draft=AlertDraft(
            unit=sample.premises.operator.unit,
            kind=Alert.ADVERSE,
            about=f"sample {sample.code}",
            path=f"/console/samples/{sample.code}/",
            said={"name": sample.premises.name, "sample": sample.code},
        ),
    )
