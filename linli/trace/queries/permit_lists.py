"""Lists of permits and certificates: the public register, those of a unit, those of an operator."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from linli.kernel.actors import Actor, Role
from linli.trace.models import Certificate, Operator, Permit
from linli.trace.rules.permit_states import EXPIRED
from linli.trace.rules.validity import SUSPENDED, VALID, WARNED_BEFORE

UNCHECKED, ENDING, STRUCK = "unchecked", "ending", "struck"


def register(*, words: str, state: str, today: date) -> QuerySet[Permit]:
    """Return the permits that the public sees: all there ever were, those that hold longest first."""
    found = Permit.objects.select_related("premises__operator", "premises__area", "unit")
    if state == EXPIRED:
        found = found.filter(valid_until__lt=today).exclude(state=Permit.WITHDRAWN)
    elif state:
        found = found.filter(state=state)
    if state in (VALID, SUSPENDED):
        found = found.filter(valid_from__lte=today, valid_until__gte=today)
    if words:
        found = found.filter(
            Q(number__icontains=words)
            | Q(premises__name__icontains=words)
            | Q(premises__operator__name__icontains=words)
            | Q(code=words.upper())
        )
    return found.order_by("-valid_until", "-id")


def permits_seen(by: Actor) -> QuerySet[Permit]:
    """All permits that somebody of the staff keeps or oversees: an officer those of the own unit."""
    found = Permit.objects.select_related("premises__operator", "premises__area", "unit")
    if by.role in (Role.PLANNER, Role.SUPERVISOR):
        return found
    return found.filter(unit__name=by.unit)


def certificates_seen(by: Actor) -> QuerySet[Certificate]:
    """All certificates that somebody of the staff sees: an officer those of the own unit's operators."""
    found = Certificate.objects.select_related("operator__unit", "kind")
    if by.role in (Role.PLANNER, Role.SUPERVISOR):
        return found
    return found.filter(operator__unit__name=by.unit)


def listed_certificates(by: Actor, *, words: str, state: str, today: date) -> QuerySet[Certificate]:
    """Return certificates in a state that name these words: those that nobody checked first."""
    found = certificates_seen(by)
    if state == STRUCK:
        found = found.filter(struck_at__isnull=False)
    elif state:
        found = found.filter(struck_at=None)
    if state == UNCHECKED:
        found = found.filter(checked_at=None)
    elif state == ENDING:
        last = today + timedelta(days=WARNED_BEFORE[0])
        found = found.filter(checked_at__isnull=False, valid_until__lte=last)
    if words:
        found = found.filter(
            Q(number__icontains=words)
            | Q(operator__name__icontains=words)
            | Q(supplier__icontains=words)
            | Q(goods__icontains=words)
        )
    return found.order_by(
        F("struck_at").asc(nulls_first=True), F("checked_at").asc(nulls_first=True), "valid_until"
    )


def permits_of(operator: Operator) -> QuerySet[Permit]:
    """The permits of an operator, those that hold longest first."""
    found = Permit.objects.filter(premises__operator=operator).select_related("premises", "unit")
    return found.order_by("-valid_until", "-id")


def certificates_of(operator: Operator) -> QuerySet[Certificate]:
    """The certificates of an operator that were not struck, those that end next first."""
    return (
        operator.certificates.filter(struck_at=None).select_related("kind").order_by("valid_until")
    )
