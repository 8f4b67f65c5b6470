"""From a commitment to what delivers it: a promise of courses or fairs gets the offers that keep it, and what they
held counts towards its target.

Counted are sessions, meetings and places, within the time of the promise. People are not: their figures pass the
release gate, and are shown beside.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.facts.actions import compute
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.queries.declared import declared
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import Period
from linli.flows.counts_to_claims import prove_claims
from linli.kernel.actors import Actor, system
from linli.kernel.refusals import Refused
from linli.offers.models import Offer
from linli.offers.queries.delivered import Day, delivered
from linli.plans.actions.ways import WayDraft, link
from linli.plans.models import Task
from linli.plans.queries.ways import OFFER, Way, counted_ways
from linli.plans.rules.lamp import window

_FLOW = system("commitment to offer")
COUNTED_BY = "活动开展记录"
SESSIONS, MEETINGS, PLACES = "sessions", "meetings", "places"
COUNTED = {SESSIONS: "已办期数", MEETINGS: "已办场次", PLACES: "已办各期名额"}
_DAY = timedelta(days=1)


@transaction.atomic
def deliver_by(*, by: Actor, at: datetime, task: Task, offer: Offer, counts: str = "") -> None:
    """Say that an offer delivers a task, and what of it counts towards the target.

    Refuses: not_published while nobody outside sees the offer; unknown_count; counted_elsewhere when the indicator is
    counted by an engine already; what `link` refuses.
    """
    if not Offer.objects.published().filter(pk=offer.pk).exists():
        raise Refused("not_published", _("Publish it first: everybody must be able to see it."))
    if counts and counts not in COUNTED:
        raise Refused("unknown_count", _("Sessions, meetings or places count."))
    code = task.indicator.code if task.indicator else ""
    if counts and any(figure.name == code for figure in declared()):
        raise Refused("counted_elsewhere", _("This indicator is counted from all offers already."))
    draft = WayDraft(kind=OFFER, code=offer.code, name=offer.title, counts=counts)
    link(by=by, at=at, task=task, draft=draft)


def count_delivered(at: datetime) -> int:
    """Count what the offers of promises held, as facts of the promises' indicators; return how many claims that proved.

    Three queries while nothing is linked.
    """
    linked: dict[int, list[tuple[Task, list[Way]]]] = defaultdict(list)
    for task, ways in counted_ways():
        linked[task.indicator_id or 0].append((task, ways))
    counted = Fact.objects.current().filter(
        evidence__kind=Evidence.QUERY, evidence__source=COUNTED_BY
    )
    known = set(counted.order_by().values_list("indicator", flat=True))
    if not linked and not known:
        return 0
    held = delivered(
        {way.code for some in linked.values() for _t, ways in some for way in ways}, at
    )
    for indicator in Indicator.objects.filter(pk__in={*linked, *known}):
        compute(by=_FLOW, at=at, figure=_figure(indicator, linked.get(indicator.pk, []), held))
    return prove_claims(at)


def _figure(indicator: Indicator, linked: list[tuple[Task, list[Way]]], held: list[Day]) -> Figure:
    cells = _cells(linked, held)
    named = sorted({f"{way.name}（{COUNTED[way.counts]}）" for _, ways in linked for way in ways})
    words = "；".join(named)
    said = repr((sorted(cells), words)).encode()
    return Figure(
        name=indicator.code,
        title=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,
        definition=f"{indicator.name}：在承诺期限内由下列活动逐项计数：{words}",
        computed_by=COUNTED_BY,
        address=f"/promises/tasks/{linked[0][0].code}/delivered/" if len(linked) == 1 else "",
        version=lambda: hashlib.sha256(said).hexdigest()[:32],
        cells=lambda _: cells,
    )


def _cells(linked: Iterable[tuple[Task, list[Way]]], held: list[Day]) -> list[Cell]:
    """Return one cell for each place and time of a promise: what counts for two promises of one time counts once."""
    found: dict[tuple[str, Period], dict[str, Way]] = defaultdict(dict)
    for task, ways in linked:
        programme = task.measure.programme
        days = programme.starts_on, programme.ends_on
        since, until = window(task.starts_on, task.first_due_on or task.due_on, days)
        if since <= until:
            place = programme.area_id, Period(since, until + _DAY)
            found[place] |= {way.code: way for way in ways}
    return [
        Cell(area, period, Decimal(_counted(ways, held, period)))
        for (area, period), ways in found.items()
    ]


def _counted(ways: dict[str, Way], held: list[Day], period: Period) -> int:
    return sum(
        getattr(day, ways[day.offer].counts)
        for day in held
        if day.offer in ways and period.start <= day.on < period.until
    )
