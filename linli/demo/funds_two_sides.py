"""What two sides say of the paired projects, the pair that is cited, visits, and what went less well."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from linli.demo import people
from linli.demo.funds_books import WAN, morning
from linli.demo.funds_paired import RECEIVER
from linli.facts.models import Fact, Indicator
from linli.facts.rules.periods import Period, year
from linli.funds.actions import aims, attesting, progress, visits
from linli.funds.models import Project, Visit
from linli.funds.rules import attesting as rule
from linli.funds.rules.aims import FALL
from linli.funds.rules.projects import FINE, MEND
from linli.kernel.actors import Actor
from linli.reports.models import Report

_RATE = "economy.poverty_rate"
_PAIR = ((2014, "22.88"), (2019, "0.26"))  # per cent, before and after


def say() -> None:
    """Let both sides speak, once: they agree on the pair and on most money, and differ on one amount."""
    found = Project.objects.filter(receiver__name=RECEIVER).select_related("unit", "receiver")
    if not found.exists() or found.filter(attestations__isnull=False).exists():
        return
    herd = found.filter(name__contains="牦牛产业基地").order_by("-amount", "id")[0]
    _cite(herd)
    for project in found.exclude(pk=herd.pk).order_by("-amount", "id")[:8]:
        _money(project, project.amount, project.amount)
    _money(herd, herd.amount, herd.amount - 15 * WAN)
    _look(found.order_by("starts_on", "id")[:3])
    _worry(herd)


def _cite(project: Project) -> None:
    """State the pair, once before and once after; what both say is confirmed."""
    indicator = Indicator.objects.get(code=_RATE)
    report = Report.objects.filter(name="jinniu.html").first()
    address = f"/reports/{report.code}/" if report else ""
    day = date(2020, 2, 20)  # the county was taken off the list in that month
    first: Fact | None = None
    for number, value in _PAIR:
        matter = attesting.Matter(matter=rule.INDICATOR, period=year(number), indicator=indicator)
        said = attesting.Said(
            words=f"{number}年末石渠县贫困发生率{value}%", value=Decimal(value), address=address
        )
        for side, by in _sides(project):
            stated = attesting.state(
                by=by, at=morning(day), project=project, side=side, matter=matter, said=said
            )
            first = first or stated.fact
    target = aims.Target(
        value=Decimal(3), period=year(2019), words="贫困县退出的标准：贫困发生率降至3%以下。"
    )
    aims.name_aim(
        by=people.officer(project.unit.name), at=morning(day), project=project, indicator=indicator,
        sense=FALL, baseline=first, target=target,
    )  # fmt: skip


def _money(project: Project, given: int, received: int) -> None:
    period = Period(project.starts_on, project.due_on + timedelta(days=1))
    matter = attesting.Matter(matter=rule.PUBLIC, period=period)
    at = morning(project.due_on + timedelta(days=30))
    for (side, by), amount, words in zip(
        _sides(project), (given, received), ("按国库支付凭证", "按受援方到账凭证"), strict=True
    ):
        said = attesting.Said(words=words, amount=amount)
        attesting.state(by=by, at=at, project=project, side=side, matter=matter, said=said)


def _sides(project: Project) -> tuple[tuple[str, Actor], tuple[str, Actor]]:
    giver, receiver = people.officer(project.unit.name), people.second(RECEIVER)
    return (rule.GIVER, giver), (rule.RECEIVER, receiver)


def _look(seen: Iterable[Project]) -> None:
    """Visit projects: at the first something is to be mended, and it was."""
    for number, project in enumerate(seen):
        day = project.starts_on + timedelta(days=90)
        found = MEND if number == 0 else FINE
        words = "保温层厚度不足，限一个月内返工。" if found == MEND else "按图施工，进度正常。"
        first = _visit(project, day, visits.VisitDraft(unit=project.unit, day=day, finding=found, words=words))  # fmt: skip
        if found == MEND:
            again = day + timedelta(days=35)
            draft = visits.VisitDraft(
                unit=project.unit,
                day=again,
                finding=FINE,
                words="已返工，复查合格。",
                settles=first,
            )
            _visit(project, again, draft)


def _visit(project: Project, day: date, draft: visits.VisitDraft) -> Visit:
    by = people.officer(project.unit.name)
    return visits.visit(by=by, at=morning(day), project=project, draft=draft)


def _worry(project: Project) -> None:
    """Warn of something, and lift the warning."""
    by, day = people.officer(project.unit.name), project.starts_on + timedelta(days=40)
    risk = progress.warn(
        by=by, at=morning(day), project=project, words="入冬早，年内混凝土施工期只剩六周。"
    )
    later = morning(day + timedelta(days=45))
    progress.ease(by=by, at=later, warning=risk, words="已加保温棚，主体在封冻前完成。")
