"""The grounds and buses of the demo's towns: invented, and said to be so, so that ways can be reckoned."""

from datetime import date, datetime
from typing import Final, NamedTuple

from linli.atlas.actions.access import BusDraft, GroundDraft, bring_buses, declare_ground
from linli.atlas.models import BusTable, TownGround
from linli.demo import people
from linli.demo.tables import rows
from linli.demo.units import JIAYUGUAN, JINNIU, LANZHOU, LIUBEI, QILIHE, TOWNS, Town
from linli.directory.models import Area
from linli.kernel.sheets import write_csv

_PACE: Final = 70
_GROUND: Final = "虚构示例：方格宽度为演示而设，不是实测"
_BUSES: Final = "虚构示例：公交线路与时刻为演示而编"
_TIMETABLE: Final = date(2026, 7, 1)
_COLUMNS: Final = (
    "线路", "上车站", "上车站方格", "下车站", "下车站方格", "行车分钟", "发车间隔", "首班", "末班", "运行日",
)  # fmt: skip


class Plan(NamedTuple):
    """One town's squares: how wide, how many rows and columns, which of them bear a name, and which nobody sets out from."""

    metres: int
    rows: int
    columns: int
    names: dict[str, str]
    left_out: tuple[str, ...] = ()


_PLANS: Final[dict[Town, Plan]] = {
    JIAYUGUAN: Plan(900, 6, 6, {
        "1-2": "市民中心", "1-3": "故事馆", "1-4": "康复中心", "1-6": "嘉北工业园", "2-1": "祁连社区",
        "2-3": "永乐社区", "2-5": "嘉东工业园", "3-2": "铁南社区", "3-3": "新华中路", "3-4": "昌盛社区",
        "3-5": "雄关东路", "4-2": "永乐路", "4-4": "昌盛市场", "5-3": "铁南路口", "5-4": "五一南路",
        "6-1": "火车站", "6-6": "嘉东村",
    }, ("4-6", "5-6", "6-3")),
    LANZHOU: Plan(1100, 6, 7, {
        "1-2": "图书馆", "1-3": "政务中心", "1-4": "检测中心", "2-3": "桥门社区", "2-6": "东方红广场",
        "2-7": "雁滩", "3-4": "排洪沟社区", "3-5": "滨河路", "4-2": "华林山社区", "4-4": "龙西村",
        "5-6": "东部客运站", "6-1": "西固口",
    }, ("4-7", "5-1", "5-2", "6-2", "6-6", "6-7")),
    QILIHE: Plan(1000, 4, 4, {
        "1-2": "区政府", "2-1": "西园街道", "2-3": "西湖街道", "1-4": "马滩", "3-1": "土门墩",
    }, ("4-1",)),
    LIUBEI: Plan(900, 5, 5, {
        "1-2": "政务中心", "2-2": "雀儿山街道", "2-3": "起点站", "3-3": "体验园", "4-1": "鹧鸪江",
        "5-4": "北雀路",
    }, ("1-5", "5-1")),
    JINNIU: Plan(800, 6, 6, {
        "1-3": "政务中心", "1-4": "公园", "2-2": "花照壁社区", "2-3": "商街", "2-4": "桥街",
        "3-2": "园路", "3-3": "绣巷", "3-4": "河街", "4-1": "茶店子", "5-3": "金牛宾馆", "1-6": "北站",
    }, ("6-6",)),
}  # fmt: skip


def lay_out(*, at: datetime) -> None:
    """Declare the grounds and bring the buses that are missing."""
    grounds = set(TownGround.objects.values_list("area", flat=True))
    brought = set(BusTable.objects.values_list("area", flat=True))
    for town in TOWNS:
        by, area = people.planner(town), Area.objects.get(code=town.code)
        if town.code not in grounds:
            declare_ground(by=by, at=at, draft=_ground(area, _PLANS[town]))
        if town.code not in brought:
            draft = BusDraft(area=area, data=_table(town), source=_BUSES, valid_from=_TIMETABLE)
            bring_buses(by=by, at=at, draft=draft)


def _ground(area: Area, plan: Plan) -> GroundDraft:
    squares = [
        (row, column, plan.names.get(f"{row}-{column}", ""))
        for row in range(1, plan.rows + 1)
        for column in range(1, plan.columns + 1)
        if f"{row}-{column}" not in plan.left_out
    ]
    return GroundDraft(area=area, metres=plan.metres, pace=_PACE, squares=squares, source=_GROUND)


def _table(town: Town) -> bytes:
    lines = [row[1:] for row in rows("buses.tsv") if row[0] == town.code]
    return write_csv(_COLUMNS, lines).encode()
