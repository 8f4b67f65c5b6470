"""Vacancies as they are asked for: by everybody, and by the unit that keeps them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum
from django.http import Http404

from linli.directory.models import Area, Organization, Unit
from linli.kernel.actors import Actor, Role
from linli.offers.models import Offer, Session, Vacancy


@dataclass(frozen=True, slots=True, kw_only=True)
class VacanciesAsked:
    """What narrows a list of vacancies: words, an area's code, a kind of employment, pay from, an employer, a fair."""

    words: str = ""
    area: str = ""
    employment: str = ""
    pay: int | None = None
    employer: str = ""
    fair: str = ""


def open_vacancies(asked: VacanciesAsked, today: date) -> QuerySet[Vacancy]:
    """Return what can be asked for today, the newest first."""
    return _narrowed(Vacancy.objects.open(today), asked).select_related("organization", "area")


def vacancies_told(today: date) -> QuerySet[Vacancy]:
    """Return what can be asked for today with all that a JobPosting tells."""
    told = Vacancy.objects.open(today).select_related("organization", "area__parent", "unit")
    return told.order_by("pk")


def posts_of(vacancies: QuerySet[Vacancy]) -> int:
    """Return how many people are wanted in all."""
    return vacancies.order_by().aggregate(posts=Sum("posts"))["posts"] or 0


def areas_hiring(today: date) -> QuerySet[Area]:
    """Return the areas in which something is open."""
    return Area.objects.filter(vacancies__in=Vacancy.objects.open(today)).distinct()


def employers_hiring(today: date) -> QuerySet[Organization]:
    """Return who has something open."""
    return Organization.objects.filter(vacancies__in=Vacancy.objects.open(today)).distinct()


def vacancy_on_show(code: str) -> Vacancy | None:
    """Return a vacancy with what its page tells; a closed one too, which says so."""
    told = Vacancy.objects.select_related(
        "organization__area", "area__parent", "unit", "stand__session__offer"
    )
    return told.filter(code=code).first()


def kept_vacancies(by: Actor) -> QuerySet[Vacancy]:
    """Return the vacancies that somebody works with: of their unit, or all for who plans."""
    told = Vacancy.objects.select_related("organization", "area", "unit", "stand__session")
    return told if by.role == Role.PLANNER else told.filter(unit__name=by.unit)


def kept_vacancies_asked(
    by: Actor, asked: VacanciesAsked, state: str, today: date
) -> QuerySet[Vacancy]:
    """Return the kept vacancies as they are asked for. state: open, closed, or all."""
    kept = _narrowed(kept_vacancies(by), asked)
    over = Q(closed_on__isnull=False) | Q(valid_until__lt=today)
    return (
        kept.exclude(over) if state == "open" else kept.filter(over) if state == "closed" else kept
    )


def kept_vacancy(by: Actor, code: str) -> Vacancy:
    """Return a vacancy that `by` works with, else 404."""
    found = kept_vacancies(by).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def units_of(by: Actor) -> QuerySet[Unit]:
    """Return the units for which somebody keeps vacancies: their own, or any for who plans."""
    units = Unit.objects.working().order_by("name")
    return units if by.role == Role.PLANNER else units.filter(name=by.unit)


def fairs_to_come(by: Actor, today: date) -> QuerySet[Session]:
    """Return the fairs that somebody works with and that are not over."""
    fairs = Session.objects.open().filter(offer__kind=Offer.FAIR, ends_at__date__gte=today)
    mine = fairs if by.role == Role.PLANNER else fairs.filter(offer__unit__name=by.unit)
    return mine.select_related("offer").order_by("starts_at")


def _narrowed(found: QuerySet[Vacancy], asked: VacanciesAsked) -> QuerySet[Vacancy]:
    for word in asked.words.split()[:6]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(organization__name__icontains=word)
            | Q(description__icontains=word)
        )
    if asked.area:
        found = found.filter(area__in=Area.objects.within(asked.area))
    if asked.employment:
        found = found.filter(employment=asked.employment)
    if asked.pay:
        found = found.filter(Q(pay_to__gte=asked.pay) | Q(pay_from__gte=asked.pay))
    if asked.employer:
        found = found.filter(organization__uuid=asked.employer)
    return found.filter(stand__session__code=asked.fair) if asked.fair else found
