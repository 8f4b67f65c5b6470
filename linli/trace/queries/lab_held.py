"""Samples and reports as actions hold them: nobody else changes one until the transaction ends."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.refusals import Refused
from linli.trace.models import Report, Sample
from linli.trace.rules.laboratory.samples import may_step


def held_sample(sample: Sample) -> Sample:
    """Return the sample, held."""
    found = Sample.objects.select_for_update(no_key=True, of=("self",))
    related = ("premises__operator__unit", "lot", "method", "unit", "laboratory")
    return found.select_related(*related).get(pk=sample.pk)


def held_report(report: Report) -> Report:
    """Return the report, held with its sample."""
    Sample.objects.select_for_update(no_key=True).get(pk=report.sample_id)
    related = (
        "sample__premises__operator__unit",
        "sample__laboratory",
        "sample__unit",
        "sample__method",
        "hearing",
    )
    found = Report.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related(*related).get(pk=report.pk)


def next_state(kept: Sample, to: str) -> str:
    """Return the state to which a held sample goes.

    Refuses: no_such_step.
    """
    if not may_step(kept.state, to):
        raise Refused("no_such_step", _("This sample cannot go that way now."), status=409)
    return to
