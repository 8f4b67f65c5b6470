"""Programme lines and projects of the demo's funds: begun, published, built to their day."""

from datetime import date

from linli.demo import people
from linli.demo.funds_books import Books, morning
from linli.demo.units import Town
from linli.directory import actions as directory
from linli.directory.models import Area, Unit
from linli.funds.actions import programmes, progress, projects
from linli.funds.models import Programme, Project


def begun(
    books: Books, name: str, kind: str, days: tuple[date, date], above: Programme | None = None
) -> Programme:
    """Begin a programme line of the fund's unit, and publish it."""
    draft = programmes.ProgrammeDraft(
        name=name, kind=kind, unit=books.fund.unit, area=books.fund.area, above=above,
        starts_on=days[0], ends_on=days[1],
    )  # fmt: skip
    at = morning(days[0])
    made = programmes.begin_programme(by=books.by, at=at, draft=draft)
    return programmes.publish_programme(by=books.by, at=at, programme=made)


def promised(books: Books, draft: projects.ProjectDraft, said: projects.WorkDraft) -> Project:
    """Plan a project of one work, and publish it on its first day."""
    by, at = books.by, morning(draft.starts_on)
    made = projects.plan_project(by=by, at=at, draft=draft)
    projects.add_work(by=by, at=at, project=made, draft=said)
    return projects.publish_project(by=by, at=at, project=made)


def built(books: Books, draft: projects.ProjectDraft, said: projects.WorkDraft) -> Project:
    """Plan a project of one work, publish it, build it to its day."""
    made, last = promised(books, draft, said), draft.promised_on
    work = made.works.get()
    progress.begin_work(by=books.by, at=morning(made.starts_on), work=work, day=made.starts_on)
    shown = progress.Shown("竣工验收单已存档。(示例)")
    progress.finish_work(by=books.by, at=morning(last), work=work, day=last, shown=shown)
    return made


def receiver(name: str, area: str, day: date, town: Town) -> Unit:
    """Return the office of a place that receives, opened by the giving town when it is missing."""
    known = Unit.objects.filter(name=name).first()
    draft = directory.UnitDraft(name, "department", Area.objects.get(code=area))
    return known or directory.open_unit(by=people.planner(town), at=morning(day), draft=draft)
