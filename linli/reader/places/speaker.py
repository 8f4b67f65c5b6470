"""Which level a report speaks at, where names and self-references alone would mislead.

A community's own news names its county once; a city's report may name nothing but its districts.
"""

import re
from collections import Counter

from linli.reader.places.areas import city_of, newest, rank
from linli.reader.places.mentions import Mention

_CITY, _COUNTY = 2, 3
_ONCE = 3
_ACTING = re.compile(r"[一-鿿]{1,8}?(?:街道|社区|镇|乡|村|小学|中学|清真寺)")
_ON_A_VISIT = frozenset("到赴往自和与向给")


def narrowed(view: str, own: list[Mention], refers: Counter[int], found: str) -> str:
    """Return the code of the place that speaks, or "" for none.

    own: mentions of no partner; refers: how often the report speaks of itself at each rank; found:
    the code that weighs most, "" when none weighs enough.
    """
    code = _only_county(view, own, found) or found
    if code and _is_district(code) and refers[_CITY] > _ONCE and not refers[_COUNTY]:
        return city_of(code) or code  # only districts are named, but it says 我市
    return code


def _is_district(code: str) -> bool:
    """Whether `code` is of a county's rank but no city, which says 我市 of itself."""
    return rank(code) == _COUNTY and not newest()[code].name.endswith("市")


def _only_county(view: str, own: list[Mention], found: str) -> str | None:
    """Return the one county that is spoken of, where nothing speaks for more than it.

    A city that is only named before its county (酒泉市|肃州区) is not the speaker; a county that was
    found too light is, when it begins a sentence or a street or community in it acts.
    """
    coded = [(m, m.area.code) for m in own if m.area and rank(m.area.code) > 1]
    counties = {code for _, code in coded if rank(code) == _COUNTY}
    if len(counties) != 1:
        return None
    (county,) = counties
    named = [m for m, code in coded if code == county]
    above = [(m, code) for m, code in coded if code != county]
    if any(code != city_of(county) for _, code in above):
        return None
    begins = {m.start for m in named}
    if found == city_of(county):
        return county if all(m.end in begins for m, _ in above) and above else None
    return county if not found and any(_acts(view, m) for m in named) else None


def _acts(view: str, mention: Mention) -> bool:
    """Whether a sentence begins with the county, or a street, community or school in it follows that
    nobody is said to visit.
    """
    before = view[mention.start - 1] if mention.start else "\n"
    if before in "\n。":
        return True
    return before not in _ON_A_VISIT and _ACTING.match(view, mention.end) is not None
