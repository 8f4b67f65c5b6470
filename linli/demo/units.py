"""The offices of the five places, as far as the demo needs them. Offices only, no person."""

from datetime import datetime
from typing import NamedTuple

from linli.directory import actions
from linli.directory.actions import UnitDraft
from linli.directory.models import Area, Unit
from linli.kernel.actors import Actor


class Town(NamedTuple):
    """One place: the code of its area, its name in front of its offices, how documents call it in short."""

    code: str
    name: str
    short: str


JIAYUGUAN = Town("620200", "嘉峪关市", "市")
LANZHOU = Town("620100", "兰州市", "市")
QILIHE = Town("620103", "七里河区", "区")
LIUBEI = Town("450205", "柳北区", "城区")
JINNIU = Town("510106", "金牛区", "区")
TOWNS = (JIAYUGUAN, LANZHOU, QILIHE, LIUBEI, JINNIU)

_DEPARTMENTS = {
    "民族宗教事务局": ("民委", "民宗局"),
    "统一战线工作部": ("委统战部",),
    "教育局": (),
    "人力资源和社会保障局": ("人社局",),
    "司法局": (),
    "财政局": (),
    "民政局": (),
    "卫生健康委员会": ("卫健委", "卫健局"),
    "文体广电和旅游局": ("文旅局",),
    "市场监督管理局": ("市场监管局", "食药监局"),
    "住房和城乡建设局": ("住建局",),
    "妇女联合会": ("妇联",),
    "政府督查室": ("委督查室",),
}
_COMMUNITIES = {
    JIAYUGUAN: ("祁连社区", "永乐社区", "铁南社区", "昌盛社区"),
    LANZHOU: ("桥门社区", "排洪沟社区", "华林山社区"),
    QILIHE: ("西园街道", "西湖街道"),
    LIUBEI: ("雀儿山街道",),
    JINNIU: ("花照壁社区",),
}


def unit_name(town: Town, office: str) -> str:
    """Return the full name of an office of a town."""
    return town.name + office


def open_all(*, by: Actor, at: datetime) -> None:
    """Open the units that are missing."""
    known = set(Unit.objects.values_list("name", flat=True))
    for town in TOWNS:
        area = Area.objects.get(code=town.code)
        for draft in _drafts(town, area):
            if draft.name not in known:
                actions.open_unit(by=by, at=at, draft=draft)


def _drafts(town: Town, area: Area) -> list[UnitDraft]:
    departments = [
        UnitDraft(
            unit_name(town, office),
            "department",
            area,
            aliases=tuple(town.short + alias for alias in aliases),
        )
        for office, aliases in _DEPARTMENTS.items()
    ]
    communities = [
        UnitDraft(
            unit_name(town, f"{name}办事处" if name.endswith("街道") else f"{name}居民委员会"),
            "office" if name.endswith("街道") else "community",
            area,
            aliases=(name,),
        )
        for name in _COMMUNITIES[town]
    ]
    return departments + communities
