"""Runs of instruments: what is in their wells, which samples these are, which runs there are."""

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import Run
from linli.trace.rules.laboratory.labels import Label, read_label
from linli.trace.rules.laboratory.methods import SAMPLE
from linli.trace.rules.laboratory.runs import Well


def labels_in(wells: Sequence[Well]) -> dict[str, Label | None]:
    """Return what the names of samples in a run mean, in their order; None for one that is no label of ours."""
    said = dict.fromkeys(one.sample for one in wells if one.role == SAMPLE)
    return {one: read_label(one) for one in said}


def runs_seen(by: Actor) -> QuerySet[Run]:
    """Return the runs that are somebody's business, the newest first: an officer's own unit's."""
    found = Run.objects.select_related("method", "laboratory")
    if by.role == Role.OFFICER:
        found = found.filter(laboratory__name=by.unit)
    return found.annotate(samples=Count("findings__sample", distinct=True)).order_by("-id")


def plain_wells(run: Run) -> list[Well]:
    """Return the wells of a run as the rules take them: the same wells give the same results for ever."""
    return [
        Well(
            one.place,
            one.role,
            one.label,
            one.target,
            one.ct,
            one.curve,
            one.excluded,
            one.quantity,
        )
        for one in run.wells.order_by("id")
    ]
