"""Support of the four demonstration communities; stations that are being built this year; areas that come first."""

from datetime import date, timedelta
from decimal import Decimal

from linli.demo import people
from linli.demo.funds_books import WAN, YUAN, Books, morning
from linli.demo.funds_lines import begun, built, promised
from linli.demo.units import JIAYUGUAN, LANZHOU, unit_name
from linli.directory.models import Unit
from linli.facts.models import Indicator
from linli.funds.actions import priorities, progress, projects
from linli.funds.models import Fund, Priority, Programme, Project

# Community, yuan, the work, how much of it, its unit: 2,600,000 yuan in all, as the report of 2019 says.
_COMMUNITIES = (
    ("祁连社区", 860_000, "老年活动室", "420", "平方米"),
    ("永乐社区", 620_000, "“石榴籽”手工坊", "1", "处"),
    ("铁南社区", 650_000, "政策咨询窗口和邻里调解室", "2", "处"),
    ("昌盛社区", 470_000, "志愿服务队活动用房", "6", "支"),
)
_EACH = 120_000 * YUAN  # of this year's stations


def support(*, today: date) -> None:
    """Open the funds that are missing, with their programmes and projects."""
    _communities()
    _stations(today)
    _first_areas()


def _communities() -> None:
    day, begins, ends = date(2017, 3, 1), date(2017, 4, 10), date(2019, 6, 30)
    books = Books.opened(
        "示范社区建设资金", unit_name(JIAYUGUAN, "财政局"), day, alone=30 * WAN,
        purpose="支持祁连、永乐、铁南、昌盛四个社区建成示范社区。",
    )  # fmt: skip
    if books is None:
        return
    line = begun(books, "示范社区建设", "communities", (day, date(2019, 12, 31)))
    budget = books.account("budget", "市级财政", day, of=line)
    ready = books.account("appropriated", "示范社区建设预算", day, of=line)
    books.publish(day)
    whole = sum(yuan for _, yuan, *_ in _COMMUNITIES) * YUAN
    books.move("appropriate", date(2017, 3, 20), "示范社区建设预算", (budget, ready, whole))
    for name, yuan, work, quantity, measure in _COMMUNITIES:
        draft = projects.ProjectDraft(
            programme=line, name=f"{name}示范社区建设", unit=books.fund.unit, receiver=_of(name),
            giving=books.fund.area, receiving=books.fund.area, amount=yuan * YUAN,
            starts_on=begins, promised_on=ends,
        )  # fmt: skip
        said = projects.WorkDraft(
            name=work, quantity=Decimal(quantity), measure=measure, amount=yuan * YUAN
        )
        made = built(books, draft, said)
        account = books.account("allocated", name, begins, unit=made.receiver, of=made)
        paid = books.account("paid", name, begins, of=made)
        books.move("allocate", begins, f"{name}项目安排", (ready, account, yuan * YUAN))
        books.move("disburse", ends, f"{name}工程结算", (account, paid, yuan * YUAN))


def _stations(today: date) -> None:
    """Build stations this year: one runs, one is late, one is stopped, one has not begun."""
    day = today - timedelta(days=200)
    books = Books.opened(
        "零工驿站建设资金(示例)", unit_name(JIAYUGUAN, "人力资源和社会保障局"), day, alone=20 * WAN,
        purpose="在四个社区建设零工驿站，提供候工、培训和维权服务。（示例）",
    )  # fmt: skip
    if books is None:
        return
    line = begun(books, "零工驿站建设(示例)", "communities", (day, today + timedelta(days=200)))
    budget = books.account("budget", "市级财政", day, of=line)
    ready = books.account("appropriated", "零工驿站预算", day, of=line)
    books.publish(day)
    books.move("appropriate", day, "零工驿站预算", (budget, ready, len(_COMMUNITIES) * _EACH))
    made = [_station(books, line, name, today) for name, *_ in _COMMUNITIES]
    for project in made[:3]:
        account = books.account("allocated", project.name, day, unit=project.receiver, of=project)
        paid = books.account("paid", project.name, day, of=project)
        books.move("allocate", day, project.name, (ready, account, _EACH))
        books.move("disburse", day + timedelta(days=90), "工程进度款", (account, paid, _EACH // 3))
    _went_on(books, made, today)


def _station(books: Books, line: Programme, name: str, today: date) -> Project:
    last = name == _COMMUNITIES[-1][0]
    draft = projects.ProjectDraft(
        programme=line, name=f"{name}零工驿站", unit=books.fund.unit, receiver=_of(name),
        giving=books.fund.area, receiving=books.fund.area, amount=_EACH,
        starts_on=today - timedelta(days=3 if last else 180),
        promised_on=today + timedelta(days=150 if last else 60),
    )  # fmt: skip
    said = projects.WorkDraft(name="驿站用房", quantity=Decimal(80), measure="平方米", amount=_EACH)
    return promised(books, draft, said)


def _went_on(books: Books, made: list[Project], today: date) -> None:
    by, late = books.by, morning(today - timedelta(days=30))
    for project in made[:3]:
        work, day = project.works.get(), project.starts_on + timedelta(days=10)
        progress.begin_work(by=by, at=morning(day), work=work, day=day)
    _, second, third, _ = made
    progress.move_day(
        by=by, at=late, of=second, now_on=today + timedelta(days=120),
        reason="供暖管线改线，外墙保温须到开春后施工。（示例）",
    )  # fmt: skip
    progress.stop(by=by, at=late, project=third, reason="选址与消防通道冲突，重新选址。（示例）")


def _first_areas() -> None:
    """Say which areas come first: those with a published share of 15 per cent or more."""
    office = unit_name(LANZHOU, "民族宗教事务局")
    name = "少数民族人口占比达到15%的地区为重点地区"
    fund = Fund.objects.filter(name="牛羊肉价格补贴资金").first()
    if fund is None or Priority.objects.filter(name=name).exists():
        return
    by, at = people.planner(LANZHOU), morning(date(2017, 4, 6))
    draft = priorities.PriorityDraft(
        name=name, indicator=Indicator.objects.get(code="area.minority_share"), threshold=Decimal(15),
        unit=Unit.objects.get(name=office), source="兰州市2016年民族团结进步创建工作情况汇报",
        words="将少数民族人口占比达到15%以上的街道（乡镇）列为重点扶持区域，在项目和资金上给予倾斜。",
    )  # fmt: skip
    rule = priorities.say_rule(by=by, at=at, draft=draft)
    rule = priorities.publish_rule(by=by, at=at, priority=rule)
    priorities.name_criterion(by=by, at=at, priority=rule, of=fund)


def _of(community: str) -> Unit:
    return Unit.objects.get(name=unit_name(JIAYUGUAN, f"{community}居民委员会"))
