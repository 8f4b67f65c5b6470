"""Methods, samples, runs and reports for tests: one species, two replicates, controls as they should be."""

import json
from datetime import timedelta

from linli.directory.models import Unit
from linli.kernel.actors import Role
from linli.trace.actions import custody, lab_methods, lab_reports, lab_runs, samples
from linli.trace.models import Method, Sample
from linli.trace.rules.laboratory.methods import EXTRACTION, NTC, POSITIVE, SAMPLE
from linli.trace.rules.laboratory.runs import Well
from tests.town import directory, trace
from tests.town.staff import actor
from tests.trace.laboratory import d

PIG = "Sus scrofa"
OTHER = "省食品检验研究院"


def unit(name):
    return Unit.objects.filter(name=name).first() or directory.unit(name)


def analyst(name="检验员", *, at_unit=trace.LABORATORY):
    return actor(Role.OFFICER, name=name, unit=at_unit)


def planner():
    return actor(Role.PLANNER, name="规划员", unit="指挥部")


def assay(target=PIG, names=("猪", "豬", "pork"), **changes):
    said = {
        "target": target,
        "gene": "beta-actin",
        "names": dict(zip(("zh-hans", "zh-hant", "en"), names, strict=True)),
        "detected_to": 35,
        "absent_from": 40,
        "positive": [20, 30],
        "lod": 5,
        "spread": 2,
    }
    return said | changes


def body(*assays, **changes):
    """A document of a method; controls: a blank without template, one of extraction, one positive."""
    said = {
        "assays": list(assays) or [assay()],
        "replicates": 2,
        "controls": {"ntc": 1, "extraction": 1, "positive": 1},
        "aliases": {"pig": PIG},
        "roles": {"EB": "extraction"},
    }
    return said | changes


def method(*, at, version="1", key="pork", said=None):
    found = Method.objects.filter(key=key, version=version).first()
    draft = lab_methods.MethodDraft(key, version, "猪源性成分 PCR", said or body(), "SN/T 0000")
    return found or lab_methods.enter_method(by=planner(), at=at, draft=draft)


def ordered(place=None, *, at, lot=None, by=None):
    place = place or trace.premises(at=at)
    draft = samples.SampleDraft(
        place, unit(trace.KEEPER), unit(trace.LABORATORY), method(at=at), lot
    )
    return samples.order_sample(by=by or trace.officer(), at=at, draft=draft)


def taken(sample=None, *, at, **given):
    taking = samples.Taking(
        **{
            "material": "酱牛肉 300 g",
            "taken_at": at,
            "seal": "F-1",
            "counter_seal": "F-2",
            "keep_until": at.date() + timedelta(180),
        }
        | given
    )
    sample = sample or ordered(at=at)
    return samples.take_sample(by=trace.officer(), at=at, sample=sample, taking=taking)


def handed(sample, *, at, to=trace.LABORATORY, seal="F-1", whole=True, by=None, **given):
    draft = custody.HandingDraft(unit(to), at, seal, whole, **given)
    return custody.hand_over(by=by or analyst(at_unit=to), at=at, sample=sample, draft=draft)


def received(sample=None, *, at, **given):
    """A sample that the laboratory has."""
    sample = sample or taken(at=at)
    handed(sample, at=at, **given)
    return Sample.objects.get(pk=sample.pk)


def well(place, role, ct, label="", target=PIG):
    return Well(place, role, label, target, d(ct), curve=True)


def wells(cts, label, *, blank=None):
    """The wells of one sample, with controls; a Ct in the blank spoils the run."""
    return [
        well("A1", NTC, blank),
        well("A2", EXTRACTION, None, "EB"),
        well("A3", POSITIVE, 25),
        *(well(f"B{n}", SAMPLE, ct, label) for n, ct in enumerate(cts, 1)),
    ]


def run_of(sample, *cts, at, extract="1", blank=None, laboratory=trace.LABORATORY):
    """Record a run of a sample."""
    draft = lab_runs.RunDraft(
        Method.objects.get(pk=sample.method_id),
        unit(laboratory),
        at,
        wells(cts, f"{sample.code}/{extract}", blank=blank),
    )
    return lab_runs.record_run(by=analyst(at_unit=laboratory), at=at, draft=draft)


def reported(sample, *, at, reason=""):
    """A report that a second person approved."""
    made = lab_reports.write_report(by=analyst(), at=at, sample=sample, reason=reason)
    return lab_reports.approve_report(by=analyst("复核员"), at=at, report=made)


def adverse(*, at, place=None, lot=None):
    """A confirmed and approved adverse report of which nobody was told."""
    sample = received(taken(ordered(place, at=at, lot=lot), at=at), at=at)
    run_of(sample, 29, 29.5, at=at)
    run_of(sample, 30, 30.1, at=at, extract="2")
    return reported(sample, at=at)


def document(*assays, **changes):
    """The same document as it is typed."""
    return json.dumps(body(*assays, **changes), ensure_ascii=False)
