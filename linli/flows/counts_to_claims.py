"""From counts to claims: what a report claims of something that we count ourselves is proven once the count says so.

The claim stays as it was said; beside it stands from then on what it rests on. A count that says
otherwise proves nothing and changes nothing: both stay in sight, as a contradiction.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from linli.facts import actions
from linli.facts.models import Fact
from linli.facts.rules.intervals import apart, interval
from linli.kernel.actors import system
from linli.kernel.record_keys import sealed_digest
from linli.kernel.refusals import Refused

_FLOW = system("counts to claims")
_WHY = "本平台逐项记录的合计与该数一致。"


def prove_claims(at: datetime) -> int:
    """Raise every claim that a count of ours bears out to evidenced; return how many."""
    return sum(_proven(claim, counts, at) for claim, counts in _borne_out())


def _borne_out() -> Iterator[tuple[Fact, list[Fact]]]:
    """Yield claims with the counts of the same thing, place and time whose sum they allow.

    What does not add up over time is borne out by a count of the same period alone.
    """
    counted = Fact.objects.counted().filter(status=Fact.EVIDENCED).values("indicator")
    claims = Fact.objects.current().filter(status=Fact.CLAIMED)
    for claim in claims.filter(indicator__in=counted).select_related(
        "indicator", "area", "evidence"
    ):
        within = (
            Fact.objects.current()
            .counted()
            .filter(
                status=Fact.EVIDENCED,
                indicator=claim.indicator_id,
                area=claim.area_id,
                period_from__gte=claim.period_from,
                period_until__lte=claim.period_until,
            )
        )
        if not claim.indicator.adds_up:
            within = within.filter(period_from=claim.period_from, period_until=claim.period_until)
        counts = list(within.select_related("evidence").order_by("period_from"))
        if counts and _allows(claim, sum((one.value or Decimal(0) for one in counts), Decimal(0))):
            yield claim, counts


def _allows(claim: Fact, total: Decimal) -> bool:
    value = claim.value
    return value is not None and not apart(interval(total, "exact"), interval(value, claim.bound))


@transaction.atomic
def _proven(claim: Fact, counts: list[Fact], at: datetime) -> bool:
    last = counts[-1].evidence
    said = "\n".join(f"{one.code} {one.value}" for one in counts).encode()
    people = claim.indicator.about_people
    evidence = actions.cite_query(
        by=_FLOW, at=at, source=last.source, definition=last.words, version=last.version,
        digest=sealed_digest(said) if people else hashlib.sha256(said).hexdigest(), address=last.address,
    )  # fmt: skip
    try:
        with transaction.atomic():
            actions.raise_status(
                by=_FLOW, at=at, fact=claim, status=Fact.EVIDENCED, evidence=evidence, reason=_WHY
            )
    except Refused:  # somebody was faster, or it may not be published: another time, or never
        transaction.set_rollback(True)
        return False
    return True
