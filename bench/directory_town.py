"""A directory with many services: invented names of Chinese parts, so that some words are rare and some common."""

import random
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from linli.directory.models import (
    Area,
    LanguageHours,
    Location,
    Organization,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    Stage,
    TaxonomyTerm,
)
from linli.kernel.codes import code_of

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)  # Monday, ten in the morning
WHOM = [
    "老年人",
    "残疾人",
    "高校毕业生",
    "退役军人",
    "农民工",
    "新市民",
    "个体工商户",
    "小微企业",
    "学龄儿童",
    "孕产妇",
    "失业人员",
    "灵活就业人员",
]
WHAT = [
    "社会保障卡",
    "居住证",
    "医疗保险",
    "养老保险",
    "失业保险",
    "工伤认定",
    "创业担保贷款",
    "职业技能培训",
    "公共租赁住房",
    "住房公积金",
    "法律援助",
    "人民调解",
    "营业执照",
    "食品经营许可",
    "户外广告",
    "道路运输证",
    "驾驶证",
    "婚姻登记",
    "收养登记",
    "入学报名",
    "学籍转接",
    "预防接种",
    "生育登记",
    "老年优待证",
    "残疾人证",
    "临时救助",
    "最低生活保障",
    "高龄津贴",
    "就业登记",
    "求职补贴",
    "劳动仲裁",
    "清真餐饮备案",
]
VERB = [
    "办理",
    "申领",
    "补办",
    "变更",
    "注销",
    "查询",
    "转移",
    "续期",
    "核定",
    "减免",
    "预约",
    "咨询",
]
TEXT = [
    "凭有效证件到就近的便民服务站办理，材料齐全的当场受理",
    "符合条件的可以委托他人代办，不收取任何费用",
    "因材料不全不能受理的，一次告知需要补正的全部内容",
    "逾期未领取的，由社区工作人员电话通知",
    "",
]
LANGUAGES = ["zh-Hans", "ug", "bo", "kk-Arab", "mn-Mong", "en"]


def fill(count: int) -> None:
    """Fill an empty database with so many services at 200 stations of 20 districts."""
    dice = random.Random(7)
    areas = _made(
        Area(code=f"6201{n:02}", name=f"第{n}区", level="county", from_year=2000)
        for n in range(1, 21)
    )
    organizations = _made(
        Organization(name=f"第{n}区{office}", area=area, last_modified=AT)
        for n, area in enumerate(areas, 1)
        for office in ("人力资源和社会保障局", "民政局", "司法局", "市场监督管理局")
    )
    themes = _made(
        TaxonomyTerm(taxonomy="theme", code=f"t{n}", name=f"{WHAT[n]}事项") for n in range(20)
    )
    stations = _stations(areas, organizations)
    services = _made(_service(n, dice, organizations) for n in range(count))
    _made(Service.terms.through(service=one, taxonomyterm=dice.choice(themes)) for one in services)
    _made(
        RequiredDocument(service=one, position=n, name=name)
        for one in services
        for n, name in enumerate(dice.sample(WHAT, 2))
    )
    _made(Stage(service=one, position=0, name="受理", words="窗口核对材料") for one in services)
    _made(
        ServiceAtLocation(service=one, location=dice.choice(stations), last_modified=AT)
        for one in services
    )


def questions(count: int) -> list[str]:
    """Return what many people type: names, parts, sentences, slips, letters."""
    from linli.directory.rules.sounds import sound  # noqa: PLC0415 - the bench's parent needs no dictionary

    dice = random.Random(11)
    ways = (
        lambda: dice.choice(WHAT),
        lambda: dice.choice(WHAT) + dice.choice(VERB),
        lambda: dice.choice(WHOM) + dice.choice(WHAT),
        lambda: dice.choice(WHAT)[:2],
        lambda: dice.choice(VERB),
        lambda: f"{dice.randrange(99_000)}号",
        lambda: f"我是{dice.choice(WHOM)}想{dice.choice(VERB)}{dice.choice(WHAT)}怎么弄",
        lambda: _slip(dice, dice.choice(WHOM) + dice.choice(WHAT)),
        lambda: sound(dice.choice(WHAT)).whole,
        lambda: sound(dice.choice(WHAT) + dice.choice(VERB)).initials,
    )
    return [ways[n % len(ways)]() for n in range(count)]


def _slip(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + "某" + text[at + 1 :]


def _service(n: int, dice: random.Random, organizations: list[Organization]) -> Service:
    name = f"{dice.choice(WHOM)}{dice.choice(WHAT)}{dice.choice(VERB)}（{n}号）"
    return Service(
        code=code_of(n),
        uuid=UUID(int=n + 1),
        organization=organizations[n % len(organizations)],
        name=name,
        description="。".join(dice.sample(TEXT, 3)) + dice.choice(WHAT),
        eligibility=f"{dice.choice(WHOM)}可以申请。",
        promised_days=5,
        statutory_days=20,
        visits=1,
        basis=f"《{dice.choice(WHAT)}条例》第{n % 90}条",
        assured_on=date(2026, 11, 21) - timedelta(days=n % 400),
        assured_by="bench",
        last_modified=AT,
    )


def _stations(areas: list[Area], organizations: list[Organization]) -> list[Location]:
    stations = _made(
        Location(
            code=code_of(10_000_000 + n),
            uuid=UUID(int=10_000_000 + n),
            organization=organizations[n % len(organizations)],
            area=areas[n % len(areas)],
            name=f"第{n}便民服务站",
            kind="station",
            address=f"和平路{n}号",
            tile_row=n // 20,
            tile_column=n % 20,
            assured_on=date(2026, 11, 1),
            assured_by="bench",
            last_modified=AT,
        )
        for n in range(200)
    )
    _made(
        Schedule(
            location=one,
            rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            starts_on=date(2026, 1, 1),
            opens_at=time(9),
            closes_at=time(17 + n % 4),
        )
        for n, one in enumerate(stations)
    )
    _made(
        LanguageHours(location=one, language=LANGUAGES[n % 6], weekday=day, mode="in_person")
        for n, one in enumerate(stations)
        for day in range(5)
    )
    return stations


def _made(things: Iterable[Any]) -> list[Any]:
    made = list(things)
    model: type[Model] = type(made[0])
    return model._default_manager.bulk_create(made, batch_size=500)  # noqa: SLF001 - as Django names it
