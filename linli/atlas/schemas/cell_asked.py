"""Which cell somebody asks for, in the address: an indicator or a rate, a place, a period, and an earlier one."""

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from linli.atlas.models import Rate
from linli.atlas.queries.single_cells import Question
from linli.directory.models import Area
from linli.facts.models import Indicator
from linli.facts.rules.periods import Period, of_iso, shown
from linli.kernel.refusals import Refused


def question(asked: QueryDict) -> Question:
    """Return the cell that an address asks for; 404 for an indicator, a rate or a place that nobody may see.

    Refuses: unknown_period when it is not written as one.
    """
    of = _of(asked.get("indicator", ""), asked.get("rate", ""))
    area = Area.objects.filter(code=_plain(asked.get("area", ""), 12)).first()
    if area is None:
        raise Http404
    period = _period(asked.get("period", ""))
    if period is None:
        raise _not_a_period()
    before = asked.get("before", "")
    earlier = _period(before) if before else None
    if before and earlier is None:
        raise _not_a_period()
    return Question(of, area, period, earlier)


def way_to(of: Indicator | Rate, area: str, period: Period, before: Period | None = None) -> str:
    """Return the address at which a cell can be looked at and cited, in the reader's language."""
    kind = "rate" if isinstance(of, Rate) else "indicator"
    asked = {kind: of.code, "area": area, "period": shown(period)}
    if before is not None:
        asked["before"] = shown(before)
    return f"{reverse('atlas:cell')}?{urlencode(asked)}"


def _of(indicator: str, rate: str) -> Indicator | Rate:
    found: Indicator | Rate | None
    if rate:
        found = Rate.objects.public().whole().filter(code=_plain(rate, 80)).first()
    else:
        found = Indicator.objects.public().filter(code=_plain(indicator, 80)).first()
    if found is None:
        raise Http404
    return found


def _period(typed: str) -> Period | None:
    return of_iso(typed) if len(typed) <= 30 else None


def _plain(typed: str, most: int) -> str:
    """Return what a database may be asked for."""
    return typed[:most].replace("\0", "")


def _not_a_period() -> Refused:
    return Refused(
        "unknown_period",
        _("This is not a period: write 2019, 2019-03, 2019-03-05 or 2016/2020."),
    )
