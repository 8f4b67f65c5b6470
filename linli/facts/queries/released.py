"""Whether a figure may be said: PRIVACY 9 at the one place where facts leave the house."""

from decimal import Decimal

from linli.facts.models import Evidence, Fact
from linli.facts.rules.released import (
    NotReleased,
    Released,
    as_published,
    of_things,
    through_gate,
)

_RELEASES = "/releases/"


def released(fact: Fact) -> Released[Decimal]:
    """Return what a fact states as it may be said. Its indicator and evidence must be at hand.

    Nothing (value None, ground "nobody") for a fact that was withdrawn. Raises NotReleased for people
    counted here who have not passed the release gate.
    """
    if fact.value is None:
        return of_things(None)
    if not fact.indicator.about_people:
        return of_things(fact.value)
    evidence = fact.evidence
    if evidence.kind == Evidence.QUERY:
        raise NotReleased(
            f"{fact.indicator.code} counts people and has not passed the release gate"
        )
    if evidence.kind == Evidence.RELEASE:
        return through_gate(fact.value, release_of(evidence.address))
    return as_published(fact.value, evidence.source)


def sayable(fact: Fact) -> Released[Decimal] | None:
    """Return what a fact states as it may be said, None for what stays inside."""
    try:
        return released(fact)
    except NotReleased:
        return None


def value_said(fact: Fact) -> Decimal | None:
    """Return the value of a fact where it may be said: whatever shows a bare number asks here."""
    may_be = sayable(fact)
    return may_be.value if may_be else None


def release_of(address: str) -> str:
    """Return the code of the release at this path of ours."""
    return address.removeprefix(_RELEASES).strip("/")
