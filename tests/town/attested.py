"""Two sides of a project for tests: who gives, who receives, and what each of them says. Amounts in fen."""

from decimal import Decimal

from linli.facts import actions as facts
from linli.facts.rules import periods
from linli.funds.actions import attesting, programmes, projects
from linli.funds.rules import attesting as rule
from linli.kernel.actors import Role
from tests.town import directory
from tests.town import facts as known
from tests.town.staff import actor

GIVER, RECEIVER = "金牛区对口支援办公室", "石渠县发展和改革局"


def giver(name="甲"):
    return actor(Role.OFFICER, name=name, unit=GIVER)


def receiver(name="乙"):
    return actor(Role.OFFICER, name=name, unit=RECEIVER)


def places():
    """Return the place giving and the place receiving: a district and a county."""
    return (
        directory.area("510106", name="金牛区", level="county"),
        directory.area("513332", name="石渠县", level="county"),
    )


def programme(*, at, published=True):
    here, _there = places()
    draft = programmes.ProgrammeDraft(
        name="对口援建", kind="assistance", unit=directory.unit(GIVER, area=here), area=here,
        starts_on=at.date().replace(year=2010),
    )  # fmt: skip
    made = programmes.begin_programme(by=giver(), at=at, draft=draft)
    if published:
        programmes.publish_programme(by=giver(), at=at, programme=made)
        made.refresh_from_db()
    return made


def project(*, at, of=None, published=True, **overrides):
    here, there = places()
    given = {
        "programme": of or programme(at=at), "name": "县城供水改造",
        "unit": directory.unit(GIVER, area=here), "giving": here, "receiving": there,
        "receiver": directory.unit(RECEIVER, area=there),
        "starts_on": at.date().replace(year=2016), "promised_on": at.date().replace(year=2027),
        "amount": 100_000_000,
    } | overrides  # fmt: skip
    made = projects.plan_project(by=giver(), at=at, draft=projects.ProjectDraft(**given))
    if published:
        day = given["promised_on"]
        projects.add_milestone(by=giver(), at=at, project=made, name="通水", day=day)
        projects.publish_project(by=giver(), at=at, project=made)
        made.refresh_from_db()
    return made


def share(code="poverty.rate", **overrides):
    """Return an indicator in percent."""
    given = {
        "name": "贫困发生率", "name_hant": "貧困發生率", "name_en": "Poverty rate", "unit": "%", "kind": "rate",
        "adds_up": False, "definition": "建档立卡贫困人口占农业户籍人口的比例。",
    } | overrides  # fmt: skip
    return known.indicator(code, **given)


def official(code="share.minority", **overrides):
    """Return a share that comes from official statistics alone."""
    given = {
        "name": "少数民族人口占比", "name_hant": "", "name_en": "Share of minority residents", "about_people": True,
        "official_only": True, "definition": "统计公报公布的占比。",
    }  # fmt: skip
    return share(code, **given | overrides)


def fact(indicator, area, value, *, at, year=2014, status="evidenced", bound="exact"):
    """Record a fact as a planner, resting on a file."""
    return facts.record(
        by=actor(), at=at, indicator=indicator, area=area, period=periods.year(year), status=status,
        statement=facts.Statement(Decimal(value), bound), evidence=known.file(at=at),
    )  # fmt: skip


def money(year=2019, matter=rule.PUBLIC):
    return attesting.Matter(matter=matter, period=periods.year(year))


def of(indicator, year=2019):
    return attesting.Matter(matter=rule.INDICATOR, indicator=indicator, period=periods.year(year))


def said(fen=None, value=None, words="双方核对表"):
    return attesting.Said(words=words, amount=fen, value=None if value is None else Decimal(value))


def stated(project, side, matter, said_, *, at, by=None):
    """State as the officer of a side."""
    who = by or (giver() if side == rule.GIVER else receiver())
    return attesting.state(by=who, at=at, project=project, side=side, matter=matter, said=said_)
