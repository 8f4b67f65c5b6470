"""Forms for lists and counters; what became of the figures of a form that was sent."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from linli.directory.models import Area, Unit
from linli.facts.models import Fact, Indicator
from linli.facts.queries.facts import newest_of
from linli.kernel.clock import now
from linli.kernel.replica import line
from linli.reports.models import AnsweredCell, FormAnswer, FormAsked, FormAskedQuerySet
from linli.ui.kept import State

_SQL = """SELECT
    (SELECT MAX(id) FROM reports_formanswer),
    (SELECT MAX(id) FROM facts_fact)"""


class Tally(NamedTuple):
    """All forms together: how many came, ended how, what they asked, what nobody had to type again."""

    forms: int
    waiting: int
    sent: int
    refused: int
    cells: int
    reused: int
    strokes: int


class Later(NamedTuple):
    """One cell of a form that was sent, and what its figure is today, None when it is as it was."""

    cell: AnsweredCell
    now: Fact | None


def listed_forms(*, state: str = "", unit: Unit | None = None) -> FormAskedQuerySet:
    """Return forms for the desk, those laid aside left out unless asked for. state: "", open, sent, refused, aside."""
    forms = FormAsked.objects.select_related("unit", "answer").defer("grid")
    if unit:
        forms = forms.filter(unit=unit)
    if state == "open":
        return forms.open().order_by("due_on", "id")
    if state:
        return forms.filter(answer__kind=state)
    return forms.exclude(answer__kind=FormAnswer.ASIDE)


def public_forms() -> FormAskedQuerySet:
    """Return the forms that were sent or refused, the newest answers first."""
    forms = FormAsked.objects.answered().select_related("unit", "answer").defer("grid")
    return forms.order_by("-answer__at", "-answer__id")


def tally() -> Tally:
    """Return the counters of all forms: two queries. What was laid aside was brought by mistake and counts nowhere."""
    ended = FormAnswer.objects.aggregate(
        sent=Count("id", filter=Q(kind="sent")),
        refused=Count("id", filter=Q(kind="refused")),
        cells=Sum("asked"),
        reused=Sum("reused"),
        strokes=Sum("strokes"),
    )
    waiting = FormAsked.objects.open().count()
    forms = waiting + ended["sent"] + ended["refused"]
    sums = (ended["cells"] or 0, ended["reused"] or 0, ended["strokes"] or 0)
    return Tally(forms, waiting, ended["sent"], ended["refused"], *sums)


def waiting_forms(unit: str, today: date) -> tuple[int, bool]:
    """Return how many forms wait to be filled by a unit of this name, and whether the day of one has passed."""
    told = FormAsked.objects.open().filter(unit__name=unit).aggregate(
        count=Count("id"), late=Count("id", filter=Q(due_on__lt=today))
    )  # fmt: skip
    return told["count"], told["late"] > 0


def later(answer: FormAnswer) -> list[Later]:
    """Return the cells of an answer, each with what its figure has become since: a few queries."""
    cells = list(
        answer.cells.select_related(
            "indicator",
            "area",
            "fact__evidence",
            "fact__indicator",
            "earlier__answer__form",
            "choice",
        )
    )
    newest = newest_of({cell.fact_id for cell in cells if cell.fact_id})
    return [Later(cell, _changed(cell, newest)) for cell in cells]


def indicator_names() -> dict[str, str]:
    """Return the codes of indicators by each of their names."""
    known = list(Indicator.objects.filter(released_from=None))
    names = {one.name_hant: one.code for one in known} | {one.name: one.code for one in known}
    # The first name of a code is the one that is shown.
    in_order = [one.name for one in known] + [one.name_hant for one in known]
    return {name: names[name] for name in in_order if name}


def areas_near(unit: Unit) -> dict[str, str]:
    """Return the codes of a unit's area and of what is within it, by name."""
    within = Area.objects.within(unit.area_id).filter(until_year=None)
    return dict(within.order_by("-code").values_list("name", "code")[:600])


def standing_forms() -> State:
    """Return the state of the public pages of forms: one query. Whoever is late in committing shows in a minute."""
    with line().cursor() as cursor:
        cursor.execute(_SQL)
        newest = cursor.fetchone()
    waiting = FormAsked.objects.open().count()
    minute = now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    return State(".".join(str(number or 0) for number in (*newest, waiting)), minute)


def _changed(cell: AnsweredCell, newest: dict[int, Fact]) -> Fact | None:
    fact = cell.fact
    today = newest.get(fact.pk) if fact else None
    if fact is None or today is None or (today.value, today.bound) == (fact.value, fact.bound):
        return None
    return today
