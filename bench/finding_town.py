"""Many things of the kinds that a town has most of: promised tasks, open posts, food premises. Written in bulk."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from linli.directory.models import Area, Organization, Unit
from linli.kernel.codes import code_of
from linli.offers.models import Vacancy
from linli.plans.models import Measure, Programme, Task
from linli.trace.models import Operator, Premises

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
_SIGNED = {"by_name": "bench", "by_role": "officer", "by_unit": "办公室", "at": AT}
_WHAT = [
    "技能培训",
    "汉语课程",
    "专场招聘",
    "服务站",
    "法律援助",
    "入学报名",
    "便民热线",
    "公交线路",
]
_WHERE = ["铁南", "雄关", "新华", "朝阳", "镜铁", "胜利", "五一", "前进", "建设", "峪苑"]
RARE, COMMON, NONE = "第777号技能培训", "汉语课程", "火星移民"
QUESTIONS = {
    "rare": RARE,
    "common": COMMON,
    "nothing": NONE,
    "by its sound": "jinengpeixun",
    "sound of nothing": "huoxingyimin",
}


def fill(count: int) -> str:
    """Fill an empty database with so many of each; return the code of one task."""
    area = Area.objects.create(code="620200", name="嘉峪关市", level="city", from_year=1965)
    unit = Unit.objects.create(code=code_of(1), name="办公室", area=area, kind="department")
    names = [f"{_WHERE[n % 10]}{_WHAT[n // 10 % 8]}第{n}号" for n in range(count)]
    names[777] = f"铁南{RARE}"
    _tasks(names, area, unit)
    _posts(names, area, unit)
    _premises(names, area, unit)
    return code_of(10_000_000)


def _tasks(names: list[str], area: Area, unit: Unit) -> None:
    programme = Programme.objects.create(
        title="方案", area=area, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1),
        published_at=AT,
    )  # fmt: skip
    measure = Measure.objects.create(programme=programme, title="措施")
    _made(
        Task(
            code=code_of(10_000_000 + n), measure=measure, title=name, lead=unit,
            promised_at=AT - timedelta(minutes=n),
        )
        for n, name in enumerate(names)
    )  # fmt: skip


def _posts(names: list[str], area: Area, unit: Unit) -> None:
    firm = Organization.objects.create(name="公司", area=area, last_modified=AT)
    _made(
        Vacancy(
            code=code_of(20_000_000 + n), unit=unit, organization=firm, area=area, title=name,
            posts=1, posted_on=date(2026, 11, 1), valid_until=date(2027, 11, 1), **_SIGNED,
        )
        for n, name in enumerate(names)
    )  # fmt: skip


def _premises(names: list[str], area: Area, unit: Unit) -> None:
    operators = _made(
        Operator(code=code_of(30_000_000 + n), name=f"第{n}食品公司", unit=unit, **_SIGNED)
        for n in range(len(names))
    )
    _made(
        Premises(
            code=code_of(40_000_000 + n), operator=operators[n], name=name, area=area,
            street=f"工业路 {n} 号", activities=["retail"], **_SIGNED,
        )
        for n, name in enumerate(names)
    )  # fmt: skip


def _made(things: Iterable[Any]) -> list[Any]:
    made = list(things)
    model: type[Model] = type(made[0])
    return model._default_manager.bulk_create(made, batch_size=500)  # noqa: SLF001 - as Django names it
