"""Samples on the console: which are whose business, and all that is told of one."""

from django.db.models import Q, QuerySet

from linli.directory.models import Unit
from linli.kernel.actors import Actor, Role
from linli.trace.models import Report, Sample

_RELATED = ("premises__operator__unit", "premises__area", "lot__product", "method", "unit",
            "laboratory", "plan")  # fmt: skip


def samples_seen(by: Actor) -> QuerySet[Sample]:
    """Return the samples that are somebody's business, the newest first.

    An officer's: those the own unit takes, tests or supervises, and counter-samples that came into its hands.
    """
    found = Sample.objects.select_related(*_RELATED).order_by("-id")
    if by.role != Role.OFFICER:
        return found
    here = Unit.objects.filter(name=by.unit).values("code")
    return found.filter(
        Q(unit__name=by.unit)
        | Q(laboratory__name=by.unit)
        | Q(premises__operator__unit__name=by.unit)
        | Q(pk__in=Sample.objects.filter(handings__taker__in=here).values("pk"))
    )


def reports_of(sample: Sample) -> list[Report]:
    """Return the versions of a sample's report, the newest first, with what is told of each."""
    related = ("hearing", "sample__premises__operator__unit", "sample__method", "sample__unit")
    found = sample.reports.select_related(*related).prefetch_related("sample__handings")
    return list(found.order_by("-number"))


def searched_samples(samples: QuerySet[Sample], words: str) -> QuerySet[Sample]:
    """Narrow samples to those in which these words stand: of a code, premises, what was taken."""
    if not words:
        return samples
    return samples.filter(
        Q(code=words.upper())
        | Q(material__icontains=words)
        | Q(premises__name__icontains=words)
        | Q(lot__number=words)
    )
