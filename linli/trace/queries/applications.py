"""Applications: whose they are to see, what is asked of each, what lies there and what is missing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel.actors import Actor, Role
from linli.trace.models import Application, ApplicationPaper, PaperKind, Permit, Visit
from linli.trace.rules import applying

OVERDUE, MINE = "overdue", "open"


@dataclass(slots=True)
class PaperRow:
    """One kind of paper with what was handed in of it, the newest first; `missing`: nothing holds or waits."""

    kind: PaperKind
    papers: list[ApplicationPaper] = field(default_factory=list)
    missing: bool = False

    @property
    def last(self) -> ApplicationPaper | None:
        """The newest one."""
        return self.papers[0] if self.papers else None


def kinds_for(scope: Collection[str], use: str = PaperKind.APPLICATION) -> list[PaperKind]:
    """Return the kinds of papers that these activities ask for. One query."""
    kinds = {one.key: one for one in PaperKind.objects.filter(use=use, ended_on=None)}
    return [kinds[one.key] for one in applying.asked_of(map(_asked, kinds.values()), scope)]


def paper_rows(application: Application) -> list[PaperRow]:
    """Return what an application is asked for and what was handed in. Two queries."""
    rows = {kind.pk: PaperRow(kind) for kind in kinds_for(application.scope)}
    for paper in application.papers.select_related("kind").order_by("-number"):
        rows.setdefault(paper.kind_id, PaperRow(paper.kind)).papers.append(paper)
    without = set(_missing(rows.values()))
    for row in rows.values():
        row.missing = row.kind.key in without and row.kind.ended_on is None
    return list(rows.values())


def missing_kinds(application: Application) -> list[PaperKind]:
    """Return the needed kinds of papers of which nothing lies there that holds or waits."""
    return [row.kind for row in paper_rows(application) if row.missing]


def applications_seen(by: Actor) -> QuerySet[Application]:
    """All applications that somebody of the staff sees: an officer those of the own unit's operators."""
    found = Application.objects.select_related("premises__operator__unit", "premises__area")
    if by.role in (Role.PLANNER, Role.SUPERVISOR):
        return found
    if by.role == Role.CLERK:
        return found.filter(by_name=by.name, by_unit=by.unit)
    return found.filter(premises__operator__unit__name=by.unit)


def listed(by: Actor, *, stage: str, words: str, today: date) -> QuerySet[Application]:
    """Return applications of a stage, "overdue" or "open", that name these words; the most overdue first."""
    found = applications_seen(by)
    if stage == OVERDUE:
        found = found.filter(due_on__lt=today)
    elif stage == MINE:
        found = found.filter(due_on__isnull=False)
    elif stage:
        found = found.filter(stage=stage)
    if words:
        found = found.filter(
            Q(premises__name__icontains=words)
            | Q(premises__operator__name__icontains=words)
            | Q(code=words.upper())
        )
    return found.order_by(F("due_on").asc(nulls_last=True), "-id")


def waiting_for_unit(unit: str, today: date) -> tuple[int, int]:
    """Return how many applications wait for a unit, and how many of these are over their day. One query."""
    own = Application.objects.open().filter(premises__operator__unit__name=unit)
    counts = own.exclude(stage=Application.PAPERS).aggregate(
        all=Count("pk"), over=Count("pk", filter=Q(due_on__lt=today))
    )
    return counts["all"], counts["over"]


def visits_since(application: Application) -> QuerySet[Visit]:
    """The published visits of its premises since it was filed."""
    return Visit.objects.filter(
        premises=application.premises_id, made_on__gte=localdate(application.at)
    )


def waiting_for_visit(premises: str) -> QuerySet[Application]:
    """The applications of premises (their code) that wait for a visit."""
    return Application.objects.filter(stage=Application.VISIT, premises__code=premises)


def locked_application(application: Application) -> Application:
    """Return the application as it stands, held until the transaction ends."""
    rows = Application.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("premises__operator__unit").get(pk=application.pk)


def renewable(premises_ids: Collection[int]) -> QuerySet[Permit]:
    """The permits of premises that may be followed by another: all that were not withdrawn."""
    return Permit.objects.filter(premises__in=premises_ids).exclude(state=Permit.WITHDRAWN)


def _asked(kind: PaperKind) -> applying.Asked:
    return applying.Asked(kind.key, frozenset(kind.activities), kind.needed)


def _missing(rows: Iterable[PaperRow]) -> list[str]:
    rows = list(rows)
    handed = [applying.Handed(row.kind.key, one.state) for row in rows for one in row.papers]
    return applying.missing([_asked(row.kind) for row in rows], handed)
