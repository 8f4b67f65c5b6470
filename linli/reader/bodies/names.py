"""The full name of a body: 市委 of Jiayuguan is 中共嘉峪关市委, 区民宗局 of Jinniu 金牛区民族宗教事务局."""

import re

from linli.reader.bodies.spotted import Spotted
from linli.reader.places.areas import newest
from linli.reader.reading import ReportPlace

_PREFIX = re.compile(
    r"^(?P<area>自治区|城区|[省市区县州旗盟](?!域))(?P<organ>党委|委|直|级)?|^(?P<nation>国家|全国|中央)"
)
_PREFIX_BEGINS = frozenset("自城省市区县州旗盟国全中")
_SEATS = {"政府": "人民政府", "法院": "人民法院", "检察院": "人民检察院"}
_MEETING = re.compile(r"(?<=常委会)(?:扩大)?会?议$")
_ET_CETERA = re.compile(r"等[0-9一二三四五六七八九十]{0,3}个?(?:示范|重点|试点)?$")
_OFFICIAL = frozenset({"party", "government", "congress", "department", "union", "office"})
_OF_LEVEL = {"省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city"}


def canonical(view: str, body: Spotted, home: ReportPlace) -> str:
    """Return the full name of the body printed as `view` in a report from `home`.

    An area that is only meant (市, 区) becomes the report's own, and an office without one is the
    report's own too; where the report's place is unknown, the name stays as printed.
    """
    if body.kind == "community" and "、" in view:
        return _each(view, body.short)
    if body.bare:
        code = home.county or home.city or home.province
        return (newest()[code].name if code else "") + body.full
    if view == body.short and body.full != body.short:
        return body.full
    return _in_full(view, body, home)


def _in_full(view: str, body: Spotted, home: ReportPlace) -> str:
    match = _PREFIX.match(view) if view[0] in _PREFIX_BEGINS else None
    if match is None and body.kind not in _OFFICIAL:
        return view
    code = _own(match["area"], home) if match and match["area"] else None
    if match is None or code is None:
        return _with_party(_spelt(view, body), body, home)
    named = newest()[code].name
    rest = _spelt(view[match.end() :], body)
    if match["organ"] in ("委", "党委"):
        return f"中共{_above(code, home)}{named}{match['organ']}{rest}"
    return named + rest


def _each(view: str, suffix: str) -> str:
    """祁连、永乐社区 are 祁连社区、永乐社区."""
    view = _ET_CETERA.sub("", view.removesuffix(suffix))
    return "、".join(name.removesuffix(suffix) + suffix for name in re.split("[、和]", view))


def _with_party(name: str, body: Spotted, home: ReportPlace) -> str:
    """A committee named with its area is the Party's, a county's also named with its city."""
    if body.kind != "party" or name.startswith(("中共", *_OF_LEVEL)):
        return name
    county = home.county and name.startswith(newest()[home.county].name)
    return f"中共{_above(home.county, home) if county else ''}{name}"


def _own(kind: str, home: ReportPlace) -> str | None:
    code: str | None = getattr(home, _OF_LEVEL.get(kind, "county"))
    return code or (home.city if kind in ("区", "县") else None)


def _above(code: str | None, home: ReportPlace) -> str:
    return newest()[home.city].name if code == home.county and home.city else ""


def _spelt(rest: str, body: Spotted) -> str:
    """Write out the last word of an office, and seats of power in full."""
    if body.short in rest and body.full != body.short:
        rest = rest.replace(body.short, body.full, 1)
    for brief, long in _SEATS.items():
        if brief in rest and long not in rest:
            rest = rest.replace(brief, long, 1)
    if rest.endswith("工作办"):
        rest += "公室"
    return _MEETING.sub("", rest) if rest.endswith("议") else rest
