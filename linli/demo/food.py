"""Jiayuguan's food businesses: who they are and where. Invented, and said to be so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from linli.demo import people
from linli.demo.funds_books import morning
from linli.demo.units import JIAYUGUAN, Town, unit_name
from linli.directory import actions as directory
from linli.directory.actions import UnitDraft
from linli.directory.models import Area, Unit
from linli.kernel.credit_codes import check_character
from linli.trace.actions import operators
from linli.trace.actions.operators import OperatorDraft, PremisesDraft
from linli.trace.models import Operator, Premises

KEEPER: Final = unit_name(JIAYUGUAN, "市场监督管理局")
LABORATORY: Final = unit_name(JIAYUGUAN, "食品检验检测中心")
SLAUGHTERHOUSE, PLANT, STORE = (
    "戈壁牛羊定点屠宰场（示例）",
    "雄关清真食品加工厂（示例）",
    "河西食品冷库（示例）",
)
STALL, NOODLES, SHOP = "昌盛牛羊肉摊（示例）", "河口牛肉面馆（示例）", "祁连食品店（示例）"


@dataclass(frozen=True, slots=True)
class Place:
    """One business with one place: its name, the business's where it bears another, and how its permit stands.

    `until`: how many days from today its permit lasts; `turned`: what became of it since, if anything.
    """

    name: str
    english: str
    street: str
    activities: tuple[str, ...]
    tile: tuple[int, int]
    until: int
    business: str = ""
    turned: str = ""
    keeper: str = KEEPER


PLACES: Final = (
    Place(SLAUGHTERHOUSE, "Gobi Designated Slaughterhouse (sample)", "嘉北工业园示例号", ("slaughter",), (1, 2), 410, "戈壁牧业有限公司（示例）"),
    Place(PLANT, "Xiongguan Halal Food Plant (sample)", "嘉东工业园示例号", ("processing", "storage"), (2, 5), 300, "雄关清真食品有限公司（示例）"),
    Place(STORE, "Hexi Cold Store (sample)", "机场路示例号", ("storage", "wholesale"), (1, 4), 620, "河西冷链物流有限公司（示例）"),
    Place(STALL, "Changsheng Beef and Mutton Stall (sample)", "昌盛市场示例摊位", ("retail",), (4, 4), 6),
    Place(NOODLES, "Hekou Beef Noodles (sample)", "新华中路示例号", ("catering",), (3, 3), 205),
    Place(SHOP, "Qilian Grocery (sample)", "祁连路示例号", ("retail",), (3, 2), 28),
    Place("绿洲清真餐厅（示例）", "Oasis Halal Restaurant (sample)", "雄关东路示例号", ("catering",), (3, 5), 150, turned="reinstated"),
    Place("铁南早餐店（示例）", "Tienan Breakfast (sample)", "铁南路示例号", ("catering",), (5, 3), -20),
    Place("永乐拉面馆（示例）", "Yongle Hand-Pulled Noodles (sample)", "永乐路示例号", ("catering",), (4, 2), 340),
    Place("五一路烤肉店（示例）", "Wuyi Road Grill (sample)", "五一南路示例号", ("catering",), (5, 4), 260, turned="suspended"),
)  # fmt: skip


def place(name: str) -> Premises:
    """Return the demo's premises of this name."""
    return Premises.objects.select_related("operator__unit", "area").get(name=name)


def enter(*, today: date) -> None:
    """Enter the businesses and their premises, and open the laboratory, unless that was done."""
    if Operator.objects.exists():
        return
    at = morning(today - timedelta(days=800))
    area = Area.objects.get(code=JIAYUGUAN.code)
    laboratory = UnitDraft(LABORATORY, "institution", area, aliases=("市食检中心",))
    directory.open_unit(by=people.planner(JIAYUGUAN), at=at, draft=laboratory)
    for number, one in enumerate(PLACES, 1):
        enter_place(one, area, at, credit_code(JIAYUGUAN, number))


def enter_place(one: Place, area: Area, at: datetime, code: str) -> Premises:
    """Enter a business and its place, under a credit code, with the unit that supervises it."""
    by, unit = people.officer(one.keeper), Unit.objects.get(name=one.keeper)
    names = {"en": one.english} if one.english and not one.business else {}
    draft = OperatorDraft(one.business or one.name, unit, credit_code=code, names=names)
    operator = operators.enter(by=by, at=at, draft=draft)
    where = PremisesDraft(one.name, area, one.street, one.activities, tile=one.tile)
    return operators.open_premises(by=by, at=at, operator=operator, draft=where)


def credit_code(town: Town, number: int) -> str:
    """Return a code that nobody bears: a trader of a place, registered under noughts."""
    body = f"92{town.code}{number:09d}"
    return body + check_character(body)
