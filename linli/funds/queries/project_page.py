"""One project with all that was recorded of it: works, milestones, visits, contracts, people, money, its story."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from linli.funds.models import Milestone, Note, Project, Visit, WorkItem
from linli.funds.queries.project_money import NOTHING, Money, money_of
from linli.funds.queries.projects import with_states
from linli.funds.queries.sent import People, people_sent
from linli.funds.rules import projects as rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracts:
    """Contracts as totals: how many, and of how much in fen with all changes."""

    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """What a page about a project shows. `warnings`: those not lifted; `faults`: visits not settled."""

    day: date
    state: str
    works: list[WorkItem]
    milestones: list[Milestone]
    visits: list[Visit]
    contracts: Contracts
    people: People
    money: Money
    notes: list[Note]

    @property
    def warnings(self) -> list[Note]:
        """The warnings that nobody has lifted."""
        answered = {one.answers_id for one in self.notes}
        return [one for one in self.notes if one.kind == rule.WARNING and one.pk not in answered]

    @property
    def behind(self) -> list[Milestone]:
        """The milestones that are late, or were moved to later than they were first promised."""
        return [
            one for one in self.milestones if one.reached_on is None and one.is_behind(self.day)
        ]

    @property
    def stop(self) -> Note | None:
        """The note that stopped it, while it is stopped."""
        answered = {one.answers_id for one in self.notes}
        stops = (one for one in self.notes if one.kind == rule.STOPPED and one.pk not in answered)
        return next(stops, None)

    @property
    def faults(self) -> list[Visit]:
        """The visits whose finding nobody has seen mended."""
        settled = {one.settles_id for one in self.visits}
        return [v for v in self.visits if v.finding != rule.FINE and v.pk not in settled]


def project_page(project: Project, day: date, *, public: bool = False) -> ProjectPage:
    """Return what a page shows; `public`: money of published funds alone. Nine queries."""
    marked = with_states(Project.objects.filter(pk=project.pk), day).get()
    works = project.works.annotate(contracted=Sum("contracts__amount", default=0))
    milestones = project.milestones.order_by("due_on", "promised_on", "pk")
    visits = project.visits.select_related("unit", "settles").prefetch_related("photos")
    notes = project.notes.select_related("work", "milestone", "evidence", "answers")
    return ProjectPage(
        day=day,
        state=marked.state,
        works=list(works),
        milestones=list(milestones),
        visits=list(visits),
        contracts=contracts_of(project),
        people=people_sent(project),
        money=money_of([project.pk], public=public).get(project.pk, NOTHING),
        notes=list(notes.order_by("-day", "-at", "-pk")),
    )


def contracts_of(project: Project) -> Contracts:
    """Return the contracts of a project as totals."""
    found = project.contracts.aggregate(
        count=Count("pk", filter=Q(changes=None)), amount=Sum("amount", default=0)
    )
    return Contracts(**found)
