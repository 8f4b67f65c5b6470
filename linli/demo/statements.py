"""What others say of the demo's figures: one who confirms, one who contradicts."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import TOWNS
from linli.directory.models import Area
from linli.facts import actions
from linli.facts.models import Evidence, Fact, Indicator
from linli.facts.rules.periods import Period, of_iso


def hear() -> None:
    """Write down the statements that are not on record yet."""
    for code, indicator, period, value, day, verb, source, words in rows("statements.tsv"):
        if Evidence.objects.filter(source=source).exists():
            continue
        town = next(town for town in TOWNS if town.code == code)
        by, at = people.planner(town), datetime.combine(date.fromisoformat(day), time(3), UTC)
        evidence = actions.cite_statement(by=by, at=at, source=source, words=words)
        days = of_iso(period)
        if days is None:
            message = f"no such period: {period}"
            raise ValueError(message)
        if verb == "confirm":
            actions.raise_status(
                by=by,
                at=at,
                fact=_evidenced(code, indicator, days),
                status=Fact.CONFIRMED,
                evidence=evidence,
                reason="外部说明与台账一致",
            )
        else:
            actions.record(
                by=by,
                at=at,
                indicator=Indicator.objects.get(code=indicator),
                area=Area.objects.get(code=code),
                period=days,
                statement=actions.Statement(Decimal(value), "exact"),
                status=Fact.CLAIMED,
                evidence=evidence,
            )


def _evidenced(area: str, indicator: str, days: Period) -> Fact:
    """Return the evidenced fact that lies in these days."""
    found = Fact.objects.current().filter(
        area=area,
        indicator__code=indicator,
        status=Fact.EVIDENCED,
        period_from__gte=days.start,
        period_until__lte=days.until,
    )
    return found.get()
