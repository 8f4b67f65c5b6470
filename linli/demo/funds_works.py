"""The 260 projects of the demo's paired assistance: invented from a seed, always the same, in sums that are given.

Six works and four actions, each with what it builds or does; townships of the county that receives.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

PROJECTS = 260
PUBLIC, SOCIAL = 303_000_000, 48_360_000  # yuan
FIRST_YEAR, LAST_YEAR = 2010, 2022
_STEP = 1_000  # amounts are told in thousands of yuan


class Line(NamedTuple):
    """One work or action: its name, how many projects, how heavy they are, what they do, whether firms gave too."""

    name: str
    projects: int
    weight: int
    things: tuple[str, ...]
    social: bool = False


class Planned(NamedTuple):
    """One project: of which line, how much in yuan from which side, from when until when."""

    line: str
    name: str
    public: int
    social: int
    starts_on: date
    ends_on: date


LINES = (
    Line("安居工程", 34, 9, ("牧民定居点配套", "危旧房加固改造", "定居点供暖改造", "村庄风貌整治")),
    Line("教育工程", 38, 7, ("小学教学楼维修", "寄宿学生宿舍", "学校食堂改造", "小学运动场", "远程教室", "幼儿园新建"), social=True),
    Line("医疗工程", 30, 7, ("卫生院业务用房", "卫生院设备配置", "远程会诊点", "巡回医疗车"), social=True),
    Line("道路工程", 28, 10, ("通村道路硬化", "便民桥", "牧道维修", "村内道路照明")),
    Line("饮水工程", 26, 6, ("集中供水点", "蓄水池与管网", "冬季防冻供水改造")),
    Line("产业工程", 34, 8, ("牦牛产业基地", "青稞加工点", "暖棚与草料库", "合作社仓储", "人工草地"), social=True),
    Line("人才行动", 24, 2, ("村干部能力培训", "教师跟岗研修", "乡镇医生轮训", "技术员进村辅导")),
    Line("就业行动", 18, 3, ("牧民技能培训班", "公益岗位补助", "劳务输出服务点"), social=True),
    Line("消费行动", 14, 2, ("特产展销", "冷链运输补助", "电商服务站"), social=True),
    Line("结对行动", 14, 1, ("学校结对共建", "医院结对共建", "社区结对互访"), social=True),
)  # fmt: skip
_TOWNSHIPS = (
    "尼呷镇", "洛须镇", "色须镇", "虾扎镇", "温波镇", "蒙宜镇", "阿日扎镇", "真达乡", "奔达乡", "正科乡", "麻呷乡",
    "德荣马乡", "长沙贡马乡", "呷衣乡", "格孟乡", "新荣乡", "宜牛乡", "起坞乡", "长须贡马乡", "长沙干马乡",
    "长须干马乡", "瓦须乡",
)  # fmt: skip
_DAYS = (date(LAST_YEAR, 8, 31) - date(FIRST_YEAR, 4, 1)).days


def planned() -> list[Planned]:
    """Return the projects in order of their first day."""
    drafts = list(_drafts())
    weights = [line.weight * (40 + digits[0]) for line, _, digits in drafts]
    gifts = [(20 + digits[1]) * (line.social and digits[2] < 110) for line, _, digits in drafts]
    public, social = shares(PUBLIC, weights), shares(SOCIAL, gifts)
    made = [
        Planned(line.name, name, public[place], social[place], *_days(place, digits))
        for place, (line, name, digits) in enumerate(drafts)
    ]
    return sorted(made, key=lambda one: (one.starts_on, one.name))


def shares(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide yuan by weights, in whole thousands, so that nothing is left over; the heaviest takes the rest."""
    total = sum(weights)
    made = [whole * weight // total // _STEP * _STEP for weight in weights]
    made[weights.index(max(weights))] += whole - sum(made)
    return made


def _drafts() -> Iterator[tuple[Line, str, bytes]]:
    """Yield each project's line, its name (no name twice) and its bytes of the seed."""
    for line in LINES:
        for number in range(line.projects):
            thing = line.things[number % len(line.things)]
            town = _TOWNSHIPS[(number * 5 + line.weight * 3) % len(_TOWNSHIPS)]
            name = f"{town}{thing}"
            digits = hashlib.sha256(f"{name}{number}".encode()).digest()
            yield line, name, digits


def _days(place: int, digits: bytes) -> tuple[date, date]:
    starts = date(FIRST_YEAR, 4, 1) + timedelta(days=(place * 389 + digits[3]) % (_DAYS - 420))
    return starts, min(starts + timedelta(days=120 + digits[4]), date(LAST_YEAR, 8, 31))
