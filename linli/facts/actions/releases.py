"""What has passed the release gate becomes known: an indicator's public twin, and the twin's facts.

The gate itself is the atlas's. The database lets nothing else be said of a twin (migration 0003).
"""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.actions.evidence import cite
from linli.facts.actions.indicators import IndicatorDraft, define
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.periods import Period
from linli.kernel.actors import Actor, Role, allow
from linli.kernel.refusals import Refused
from linli.kernel.signed import signed

_METHOD = (
    "本数据为人员统计，经发布规则处理后公布：不足十人的不公布，公布值加有限随机扰动并取五的整数倍。"
)


class Said(NamedTuple):
    """One cell of a release: what is said of an area, and between which numbers the true one lies."""

    area: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None


@transaction.atomic
def define_twin(*, by: Actor, at: datetime, indicator: Indicator, told_as: str = "") -> Indicator:
    """Return the public twin of an indicator that counts people here, made when it is first asked for.

    told_as: what it measures, where the definition of what stays inside says more or less than that.

    Refuses: not_allowed unless a planner asks; nobody_counted for an indicator that counts no people, or is public
    already; official_only for shares of groups: these are never counted here.
    """
    allow(by, Role.PLANNER)
    kept = Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk)
    if twin := Indicator.objects.filter(released_from=kept).first():
        return twin
    if not kept.about_people or kept.public:
        raise Refused("nobody_counted", _("This indicator holds nothing that waits for release."))
    if kept.official_only:
        sentence = _("Figures about groups of people come from official statistics only.")
        raise Refused("official_only", sentence)
    draft = IndicatorDraft(
        code=f"{kept.code}.released", name=f"{kept.name}（公布值）",
        name_hant=f"{kept.name_hant}（公布值）" if kept.name_hant else "",
        name_en=f"{kept.name_en} (released)" if kept.name_en else "",
        unit=kept.unit, kind=kept.kind, definition=f"{told_as or kept.definition}{_METHOD}",
        # What is rounded each by itself does not add up.
        computed_by=kept.computed_by, adds_up=False, about_people=True, public=True,
    )  # fmt: skip
    return define(by=by, at=at, draft=draft, released_from=kept)


@transaction.atomic
def record_released(
    *, by: Actor, at: datetime, twin: Indicator, period: Period, cells: list[Said],
    code: str, digest: str,
) -> dict[str, Fact]:  # fmt: skip
    """Record what a release (its code) says of a twin, resting on it; return the facts by area.

    Refuses: not_released for an indicator that is no twin; stated_twice when an area's figure of the period is
    known already: of two releases the difference would be people.
    """
    if twin.released_from_id is None:
        raise Refused("not_released", _("Only the public twin of an indicator is released."))
    known = Fact.objects.filter(
        indicator=twin, period_from=period.start, period_until=period.until,
        area__in=[one.area for one in cells],
    )  # fmt: skip
    if known.exists():
        raise Refused("stated_twice", _("A figure of this place and period is released already."))
    evidence = cite(
        kind=Evidence.RELEASE, by=by, at=at, source=twin.computed_by, words=twin.definition,
        digest=digest, address=f"/releases/{code}/",
    )  # fmt: skip
    facts = {}
    for one in cells:
        # Not `record`: what a released number tells is not what "about" tells of a stated one.
        fact = Fact(
            indicator=twin, area_id=one.area, period_from=period.start, period_until=period.until,
            value=one.value, bound="approx", low=one.low, high=one.high, status=Fact.EVIDENCED,
            evidence=evidence, **signed(by, at),
        )  # fmt: skip
        fact.save(force_insert=True)
        facts[one.area] = fact
    return facts
