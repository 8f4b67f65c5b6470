"""Projects with the state that follows from what was recorded of them, filtered as somebody asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from linli.directory.models import Area, AreaQuerySet
from linli.funds.models import (
    Account,
    Contract,
    Milestone,
    Note,
    Programme,
    Project,
    ProjectQuerySet,
    Sent,
    WorkItem,
)
from linli.funds.rules import flows
from linli.funds.rules import projects as rule


@dataclass(frozen=True, slots=True)
class ProjectsAsked:
    """Which projects somebody asks for; what is empty is not asked. Places: the area and all inside it."""

    words: str = ""
    programme: Programme | None = None
    state: str = ""
    giving: Area | None = None
    receiving: Area | None = None


def held_project(project: Project) -> Project:
    """Return the project as it stands, held against whoever else changes it."""
    found = Project.objects.select_for_update(no_key=True, of=("self",))
    return found.select_related("unit", "receiver", "programme").get(pk=project.pk)


def with_states(projects: ProjectQuerySet, day: date) -> ProjectQuerySet:
    """Return these projects, each with `state` as it stands on a day, by the ladder of the rule."""
    marked = projects.annotate(
        is_stopped=Exists(_of(Note).filter(kind=rule.STOPPED, answer=None)),
        has_parts=Exists(_of(WorkItem)) | Exists(_of(Milestone)),
        has_open=Exists(_of(WorkItem).filter(done_on=None))
        | Exists(_of(Milestone).filter(reached_on=None)),
        has_begun=Exists(_of(WorkItem).filter(begun_on__isnull=False))
        | Exists(_of(Milestone).filter(reached_on__isnull=False))
        | Exists(_of(Contract))
        | Exists(_of(Sent).filter(count__gt=0, corrected_by=None))
        | Exists(_of(Account).filter(kind__in=(flows.COMMITTED, flows.PAID), balance__gt=0)),
    )
    behind = Q(due_on__lt=day) | Q(due_on__gt=F("promised_on"))
    milestone = Exists(_of(Milestone).filter(behind, reached_on=None))
    marked = marked.annotate(
        is_done=_holds(Q(has_parts=True, has_open=False)),
        is_late=_holds(Q(milestone) | behind | Q(starts_on__lt=day, has_begun=False)),
    )
    steps = [When(Q(**{mark: True}), then=Value(state)) for mark, state in rule.LADDER]
    return marked.annotate(state=Case(*steps, default=Value(rule.PLANNED)))  # type: ignore[no-redef]


def asked_projects(projects: ProjectQuerySet, asked: ProjectsAsked, day: date) -> ProjectQuerySet:
    """Return those that somebody asks for, with their states and what a line about each names."""
    found = with_states(projects, day).select_related("programme", "giving", "receiving", "unit")
    if asked.words:
        found = found.filter(Q(name__icontains=asked.words) | Q(code=asked.words.upper()))
    if asked.programme:
        found = found.of_line(asked.programme)
    if asked.giving:
        found = found.filter(giving__in=_within(asked.giving))
    if asked.receiving:
        found = found.filter(receiving__in=_within(asked.receiving))
    return found.filter(Q(state=asked.state)) if asked.state else found


def by_state(projects: ProjectQuerySet, day: date) -> dict[str, int]:
    """Return how many of these projects stand how; every state is named."""
    marked = with_states(projects, day).order_by().values_list(F("state"))
    return dict.fromkeys(rule.STATES, 0) | dict(marked.annotate(Count("pk")))


def places_receiving(projects: ProjectQuerySet) -> dict[Area, int]:
    """Return how many of these projects each place receives, most first. Two queries."""
    found = projects.order_by().values_list("receiving").annotate(Count("pk"))
    counts = dict(found)
    areas = Area.objects.filter(pk__in=counts).order_by("code")
    return {area: counts[area.pk] for area in sorted(areas, key=lambda one: -counts[one.pk])}


def promised(projects: ProjectQuerySet) -> int:
    """Return how much these projects promise together, in fen."""
    found: int = projects.order_by().aggregate(fen=Sum("amount", default=0))["fen"]
    return found


def _within(area: Area) -> AreaQuerySet:
    return Area.objects.within(area.pk).order_by()


def _of(model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(project=OuterRef("pk"))  # noqa: SLF001 - any model's


def _holds(condition: Q) -> ExpressionWrapper[Q]:
    return ExpressionWrapper(condition, output_field=BooleanField())
