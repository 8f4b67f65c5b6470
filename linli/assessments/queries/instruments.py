"""Instruments for lists and pages: whose they are, how many editions they have, what they are used by."""

from django.db.models import Count, Max, Q, QuerySet

from linli.assessments.models import Edition, Instrument
from linli.kernel.actors import Actor, Role


def visible_instruments(by: Actor) -> QuerySet[Instrument]:
    """Return the instruments that this member of staff may see: of other units, an officer sees what was adopted."""
    if by.role in {Role.PLANNER, Role.SUPERVISOR}:
        return Instrument.objects.all()
    if by.role == Role.OFFICER:
        adopted = Edition.objects.adopted().values("instrument")
        return Instrument.objects.filter(Q(unit__name=by.unit) | Q(pk__in=adopted))
    return Instrument.objects.none()


def visible_editions(by: Actor) -> QuerySet[Edition]:
    """Return the editions that this member of staff may read: of other units, an officer reads what was adopted."""
    editions = Edition.objects.select_related("instrument__unit")
    if by.role == Role.OFFICER:
        return editions.filter(Q(adopted_at__isnull=False) | Q(instrument__unit__name=by.unit))
    return editions.filter(instrument__in=visible_instruments(by))


def with_editions(instruments: QuerySet[Instrument]) -> QuerySet[Instrument]:
    """Add to each instrument its last adopted edition and its draft, by number, and how often it is used."""
    return instruments.select_related("unit").annotate(
        newest=Max("editions__number", filter=Q(editions__adopted_at__isnull=False)),
        draft=Max("editions__number", filter=Q(editions__adopted_at=None)),
        used=Count("editions__assessments", distinct=True),
    )


def editions_of(by: Actor, instrument: Instrument) -> QuerySet[Edition]:
    """Return those of its editions that one may read, newest first, with how many are made by each."""
    return (
        visible_editions(by)
        .filter(instrument=instrument)
        .defer("document")
        .order_by("-number")
        .annotate(
            rounds_on=Count("rounds", distinct=True),
            assessments_by=Count("assessments", distinct=True),
        )
    )


def may_keep(by: Actor, instrument: Instrument) -> bool:
    """Say whether somebody keeps this instrument, and does not only read it."""
    return by.role == Role.PLANNER or (by.role == Role.OFFICER and by.unit == instrument.unit.name)


def edition_before(edition: Edition) -> Edition | None:
    """Return the edition that was adopted before this one."""
    adopted = Edition.objects.adopted().filter(
        instrument=edition.instrument_id, number__lt=edition.number
    )
    return adopted.order_by("number").last()
