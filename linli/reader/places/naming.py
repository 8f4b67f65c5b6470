"""What an area is called besides its full name: 甘南藏族自治州 is also 甘南州 and 甘南.

Method: the ethnic names and the word for the level are taken off the end; what is left must have
two characters, because 礼 alone is not 礼县.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from linli.reader.places.areas import LATEST, Area

_STILL_REMEMBERED = 1995
"""An area that ended before this year is hardly named any more; its name needs support."""

_PEOPLES = (
    "维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|达斡尔|鄂温克|鄂伦春|锡伯|朝鲜|土家|布依|哈尼|傈僳|拉祜|景颇|布朗|"
    "仫佬|毛南|仡佬|撒拉|阿昌|普米|基诺|裕固|保安|东乡|高山|赫哲|门巴|珞巴|德昂|独龙|藏|回|苗|彝|壮|满|侗|"
    "瑶|白|傣|黎|佤|畲|水|纳西|土|羌|怒|京|各"
)
_AUTONOMOUS = re.compile(
    rf"^(?P<stem>.{{2,}}?)族?(?:(?:{_PEOPLES})族|维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯)*自治(?P<kind>[区州县旗])$"
)
_LEVEL = re.compile(r"^(?P<stem>.{2,}?)(?:特别行政区|地区|林区|特区|[省市州盟县区旗])$")


class Alias(NamedTuple):
    """One way to write an area. firm: it stands for itself; otherwise it needs support around it."""

    text: str
    firm: bool


def aliases(area: Area) -> Iterator[Alias]:
    """Yield the ways to write `area`, the full name first."""
    yield Alias(area.name, len(area.name) > 2 and (area.last or LATEST) >= _STILL_REMEMBERED)
    if match := _AUTONOMOUS.match(area.name):
        yield from _autonomous(area, match["stem"], match["kind"])
    elif match := _LEVEL.match(area.name):
        yield Alias(match["stem"], _firm_when_short(area, match["stem"]))


def _autonomous(area: Area, stem: str, kind: str) -> Iterator[Alias]:
    if kind == "区":
        yield Alias(stem, firm=True)
        return
    yield Alias(stem + kind, firm=len(stem) > 1)
    if kind != "旗":
        yield Alias(stem, _firm_when_short(area, stem))


def _firm_when_short(area: Area, stem: str) -> bool:
    return area.last is None and area.level != "county" and len(stem) > 1
