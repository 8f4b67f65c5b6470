"""From answered cases to the guide: beside what the law allows and the office promises stands what it took.

Counted over the last twelve whole months, once a month: within a month nobody can learn by comparing.
"""

from datetime import date, datetime

from django.utils.timezone import localdate

from linli.cases.figures import working_days_by_guide
from linli.directory.actions.measuring import Measure, Span, measure_services
from linli.facts.models import Indicator
from linli.kernel.actors import system

FIGURE = "cases.median_days"


def measure_guides(at: datetime) -> int:
    """Measure the guides that no one has measured for this month; return how many."""
    until = localdate(at).replace(day=1)
    since = date(until.year - 1, until.month, 1)
    known = Indicator.objects.filter(code=FIGURE, public=True).exists()
    return measure_services(
        by=system("answers to guides"),
        at=at,
        span=Span(since, until, FIGURE if known else ""),
        measures=[Measure(*one) for one in working_days_by_guide(since, until)],
    )
