"""Programme lines and projects for tests: one place gives, another receives. Amounts in fen."""

from datetime import date

from linli.funds.actions import programmes, progress, projects, visits
from linli.kernel.actors import Role
from linli.kernel.uploads import rebuild
from tests.town import asking, directory
from tests.town.staff import actor

KEEPER, RECEIVER = "金牛区对口支援办公室", "石渠县发展和改革局"
SHOWN = progress.Shown("竣工验收记录第 3 号，2026 年 11 月")


def officer(unit=KEEPER, name="经办人"):
    return actor(Role.OFFICER, name=name, unit=unit)


def giving():
    return directory.area("510106", name="金牛区", level="county")


def receiving():
    return directory.area("513332", name="石渠县", level="county")


def programme(*, at, published=True, **changed):
    given = {
        "name": "对口支援石渠县",
        "kind": "assistance",
        "unit": directory.unit(KEEPER, area=giving()),
        "area": giving(),
        "starts_on": date(2026, 1, 1),
    } | changed
    draft = programmes.ProgrammeDraft(**given)
    made = programmes.begin_programme(by=officer(), at=at, draft=draft)
    if published:
        made = programmes.publish_programme(by=officer(), at=at, programme=made)
    return made


def project(*, at, of=None, **changed):
    given = {
        "programme": of or programme(at=at),
        "name": "高原慢性病康复中心",
        "unit": directory.unit(KEEPER, area=giving()),
        "receiver": directory.unit(RECEIVER, area=receiving()),
        "giving": giving(),
        "receiving": receiving(),
        "amount": 800_000_000,
        "starts_on": date(2026, 11, 1),
        "promised_on": date(2027, 6, 30),
    } | changed
    draft = projects.ProjectDraft(**given)
    return projects.plan_project(by=officer(), at=at, draft=draft)


def work(project, *, at, name="门诊楼", **given):
    draft = projects.WorkDraft(name=name, **given)
    return projects.add_work(by=officer(), at=at, project=project, draft=draft)


def milestone(project, *, at, name="主体封顶", day=date(2027, 3, 1)):
    return projects.add_milestone(by=officer(), at=at, project=project, name=name, day=day)


def publish(project, *, at):
    return projects.publish_project(by=officer(), at=at, project=project)


def published(*, at, **changed):
    """A project of one work and one milestone that everybody sees."""
    made = project(at=at, **changed)
    work(made, at=at)
    milestone(made, at=at)
    return publish(made, at=at)


def visited(project, *, at, by=None, photos=(), finding="fine", **given):
    """Visit a project; photos by colour."""
    shots = [visits.Shot(rebuild(asking.photo(one), name="a.jpg"), f"{one}工地") for one in photos]
    draft = visits.VisitDraft(
        unit=project.unit if by is None else directory.unit(by.unit),
        day=at.date(),
        finding=finding,
        words="墙体已经砌到二层。",
        photos=shots,
        nobody_shown=bool(shots),
    )
    return visits.visit(by=by or officer(), at=at, project=project, draft=draft, **given)
