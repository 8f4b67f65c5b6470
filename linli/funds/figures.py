"""What the books and the projects count about themselves, as facts by place and year: of published funds alone.

Amounts are of the place that a fund is for, by the day on which money moved; what came back is taken off. What is
unspent, and the rate of execution, is as it stands at the end of the year, or now in the year that runs.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from statistics import mean

from django.db.models import Count, Max, Sum
from django.utils.timezone import localdate

from linli.facts.models import Fact
from linli.facts.rules.figures import Cell, Figure
from linli.facts.rules.periods import year
from linli.funds.models import Aim, Fund, Note, Project, Transaction, Transfer
from linli.funds.queries.aims import measured
from linli.funds.queries.projects import with_states
from linli.funds.rules import projects as rule
from linli.funds.rules import totals
from linli.funds.rules.amounts import FEN_IN_YUAN
from linli.funds.rules.totals import TOTALS
from linli.kernel.clock import now

Cells = Callable[[datetime], Iterator[Cell]]
_TENTH = Decimal("0.1")
# Fen by place, year, and the kinds of account between which they moved.
_Years = dict[str, dict[int, dict[totals.Edge, int]]]


def _money_version() -> str:
    """How many entries the books hold, the last of them, which funds are published, and the year that runs."""
    held = Transaction.objects.aggregate(n=Count("pk"), last=Max("pk"))
    shown = Fund.objects.published().aggregate(n=Count("pk"), last=Max("published_at"))
    last = shown["last"].isoformat() if shown["last"] else 0
    return f"{held['n']}.{held['last'] or 0}.{shown['n']}.{last}.{localdate(now()).year}"


def _moved() -> _Years:
    """Return what moved in published funds, by place and year. One query."""
    of_published = Transfer.objects.filter(transaction__fund__published_at__isnull=False)
    by_way = of_published.order_by().values_list(
        "transaction__fund__area", "day__year", "out_of__kind", "into__kind"
    )
    found: _Years = defaultdict(lambda: defaultdict(dict))
    for area, of_year, out_of, into, fen in by_way.annotate(Sum("amount")):
        found[area][of_year][out_of, into] = fen
    return found


def _in_year(code: str) -> Cells:
    """Yield what came to a total within each year."""

    def cells(_at: datetime) -> Iterator[Cell]:
        for area, years in sorted(_moved().items()):
            for of_year, moves in sorted(years.items()):
                if fen := totals.amount(TOTALS[code], moves):
                    yield Cell(area, year(of_year), Decimal(fen) / FEN_IN_YUAN)

    return cells


def _by_the_end(tell: Callable[[dict[str, int]], Decimal | None]) -> Cells:
    """Yield what is told of all that had moved by the end of each year, from the first to the one that runs."""

    def cells(at: datetime) -> Iterator[Cell]:
        for area, years in sorted(_moved().items()):
            so_far: dict[totals.Edge, int] = defaultdict(int)
            for of_year in range(min(years), localdate(at).year + 1):
                for way, fen in years.get(of_year, {}).items():
                    so_far[way] += fen
                value = tell({code: totals.amount(one, so_far) for code, one in TOTALS.items()})
                if value is not None:
                    yield Cell(area, year(of_year), value)

    return cells


def _unspent(found: dict[str, int]) -> Decimal:
    return Decimal(found["unspent"]) / FEN_IN_YUAN


def _rate(found: dict[str, int]) -> Decimal | None:
    tenths = totals.rate(found)
    return None if tenths is None else tenths * _TENTH


def _projects_version() -> str:
    """The last note, fact and entry that a state hangs on, how many projects there are, and the day."""
    shown = Project.objects.published().aggregate(n=Count("pk"), last=Max("published_at"))
    last = shown["last"].isoformat() if shown["last"] else 0
    note = Note.objects.aggregate(last=Max("pk"))["last"] or 0
    aim = Aim.objects.aggregate(last=Max("pk"))["last"] or 0
    measure = Aim.objects.order_by().values("indicator")
    fact = Fact.objects.filter(indicator__in=measure).aggregate(last=Max("pk"))["last"] or 0
    held = Transaction.objects.aggregate(last=Max("pk"))["last"] or 0
    return f"{shown['n']}.{last}.{note}.{aim}.{fact}.{held}.{localdate(now())}"


def _projects(state: str) -> Cells:
    """Yield how many projects of a state a place receives, in the year that runs."""

    def cells(at: datetime) -> Iterator[Cell]:
        today = localdate(at)
        standing = with_states(Project.objects.published(), today).only("receiving")
        counted = Counter(one.receiving_id for one in standing if one.state == state)
        for area, n in sorted(counted.items()):
            yield Cell(area, year(today.year), Decimal(n))

    return cells


def _progress(at: datetime) -> Iterator[Cell]:
    """Yield how much of the way the aims of a place's projects have gone, each counted alike."""
    ways: dict[str, list[Decimal]] = defaultdict(list)
    for one in measured(Project.objects.published(), public=True):
        if one.progress is not None:
            ways[one.aim.area_id].append(one.progress)
    for area, gone in sorted(ways.items()):
        yield Cell(area, year(localdate(at).year), mean(gone).quantize(_TENTH))


def _figure(
    name: str,
    said: tuple[str, str, str, str],
    unit: str,
    cells: Cells,
    *,
    kind: str = "money",
    adds_up: bool = False,
    version: Callable[[], str] = _money_version,
) -> Figure:
    hans, hant, english, definition = said
    return Figure(
        name=f"funds.{name}",
        title=hans,
        title_hant=hant,
        title_en=english,
        unit=unit,
        kind=kind,
        definition=definition,
        computed_by="邻里",
        adds_up=adds_up,
        version=version,
        cells=cells,
    )


def _amounts() -> Iterable[Figure]:
    for code, said in {
        "appropriated": ("预算拨款", "預算撥款", "Appropriated", "当年各级预算拨入本地已公布资金、尚需分配使用的金额，扣除当年冲销和退回。"),
        "received": ("社会资金和捐赠收入", "社會資金和捐贈收入", "Social capital and donations received", "当年已公布资金收到的社会资金和捐赠，扣除当年冲销和退回。"),
        "allocated": ("已分配资金", "已分配資金", "Allocated", "当年从拨款和收入中分配到使用单位的金额，扣除当年冲销和退回。"),
        "matched": ("配套资金", "配套資金", "Matched", "当年配套方按约定到位的金额，扣除当年冲销和退回。"),
        "paid": ("已支付资金", "已支付資金", "Paid", "当年从已公布资金中实际支付的金额，扣除当年冲销和退回。"),
    }.items():  # fmt: skip
        yield _figure(code, said, "CNY", _in_year(code), adds_up=True)


def _states() -> Iterable[Figure]:
    for state, said in {
        rule.PLANNED: ("未开工项目数", "未開工項目數", "Projects planned", "本地受援或实施的已公布项目中尚未开工的项目数，按当前状态计。"),
        rule.RUNNING: ("在建项目数", "在建項目數", "Projects running", "本地受援或实施的已公布项目中已开工、无延误的项目数，按当前状态计。"),
        rule.DELAYED: ("延误项目数", "延誤項目數", "Projects delayed", "本地受援或实施的已公布项目中已过期限、期限后移或应开工未开工的项目数，按当前状态计。"),
        rule.DONE: ("已完成项目数", "已完成項目數", "Projects done", "本地受援或实施的已公布项目中全部工程和节点均凭佐证完成的项目数，按当前状态计。"),
        rule.STOPPED: ("停工项目数", "停工項目數", "Projects stopped", "本地受援或实施的已公布项目中已停工的项目数，按当前状态计。"),
    }.items():  # fmt: skip
        name = f"projects_{state}"
        yield _figure(name, said, "项", _projects(state), kind="count", version=_projects_version)


FIGURES = (
    *_amounts(),
    _figure(
        "unspent",
        ("未支出资金", "未支出資金", "Unspent", "年末（当年为现在）已公布资金各账户中尚未支出的金额合计。"),
        "CNY", _by_the_end(_unspent),
    ),
    _figure(
        "execution_rate",
        ("资金执行率", "資金執行率", "Execution rate", "截至年末（当年为现在）累计支付占累计到位资金（扣除退回）的百分比。"),
        "%", _by_the_end(_rate), kind="rate",
    ),
    *_states(),
    _figure(
        "aims_progress",
        ("项目指标进度", "項目指標進度", "Progress of projects' indicators", "本地已公布项目各项指标从基期值到目标值已完成部分的平均百分比，每项指标权重相同。"),
        "%", _progress, kind="rate", version=_projects_version,
    ),
)  # fmt: skip
