"""From names that were found to areas that are meant.

An area that lies in another one named right before it, in the report's head or often in the text is
meant before any other of its name. A name that is also an ordinary word needs such support.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from linli.reader.places.areas import LATEST, Area, newest, within
from linli.reader.places.gazetteer import Entry, Hit, Reading
from linli.reader.places.tables import lines_of

_ROAD = re.compile(
    r"(?:[东西南北中]|[一二三四五六七八九十])?(?:路(?![线径])|街(?![坊头区])|大道|大街|巷|桥(?!梁)|花园|苑|小区|社区|"
    r"村(?![民级镇])|岸|麓|坡|侧|部(?![门分署队级长委])|镇(?!江)|乡(?!村|镇|亲)|庄|屯|站(?![在到]))"
)
_CUT = re.compile(
    r"区(?:[域块划]|别(?!处)|间(?!接)|分(?:[开出清]|不同)|位(?![于居]))|市[场容值]|县[级区市]|[市县区]民(?![委宗族政])"
)
_MAY_BE_ROAD = frozenset("东西南北中一二三四五六七八九十路街大巷桥花苑小社村岸麓坡侧部镇乡庄屯站")
_MAY_CUT = frozenset("域块划别间分位场容值级区市民")
_SHORT = 2
_new = tuple.__new__  # half the time of a call of Mention
_INSIDE = ("", "的")
_LIST_GAP = "、和及与的"


class Mention(NamedTuple):
    """A place that is meant: its characters, its area (None for a region), abbreviated or not."""

    start: int
    end: int
    area: Area | None


class Support(NamedTuple):
    """What the whole document says about where it is.

    codes: areas named beyond doubt, with their weight; around: the areas above them; year: its own.
    """

    codes: dict[str, int]
    around: dict[str, int]
    year: int

    def of(self, area: Area) -> int:
        """Weight for `area`: itself counts fully, areas above it by how near they are."""
        city, province = area.code[:4] + "00", area.code[:2] + "0000"
        own = 8 * self.codes.get(area.code, 0)
        above = 4 * self._near(city) if city != area.code else 0
        top = 2 * self._near(province) if province != area.code else 0
        return own + above + top

    def _near(self, code: str) -> int:
        return self.codes.get(code, 0) + self.around.get(code, 0)


def support(found: Iterable[Hit], heads: Iterable[Hit], year: int | None) -> Support:
    """Count the areas that can only mean one thing; those in the head weigh three times."""
    codes: dict[str, int] = {}
    around: dict[str, int] = {}
    for weight, group in ((1, found), (3, heads)):
        for _, _, entry in group:
            if entry.sure:
                codes[entry.sure.code] = codes.get(entry.sure.code, 0) + weight
    for code, weight in codes.items():
        for above in {code[:4] + "00", code[:2] + "0000"} - {code}:
            around[above] = around.get(above, 0) + weight
    return Support(codes, around, year or LATEST)


def resolve(view: str, found: list[Hit], known: Support) -> list[Mention]:
    """Return what the hits mean, in order; a hit that means nothing here is left out."""
    mentions: list[Mention] = []
    for number, (start, end, entry) in enumerate(found):
        if entry.listed:
            mentions.extend(_listed(start, entry))
        elif entry.region:
            mentions.append(Mention(start, end, None))
        elif not _is_part(view, end, entry):
            area = entry.only or _meant(view, found, number, mentions, known)
            if area is not None:
                mentions.append(_new(Mention, (start, end, area)))
    return mentions


def _is_part(view: str, end: int, entry: Entry) -> bool:
    """Whether the name that ends at `end` is cut out of a word (市|场) or of an address (南京|路)."""
    follower = view[end : end + 1]
    if entry.suffixed:
        return follower in _MAY_CUT and _CUT.match(view, end - 1) is not None
    return follower in _MAY_BE_ROAD and _ROAD.match(view, end) is not None


def _before(view: str, start: int, mentions: list[Mention]) -> Mention | None:
    """The place right before `start`, or one list mark away from it."""
    if not mentions:
        return None
    last = mentions[-1]
    gap = start - last.end
    return last if not gap or (gap == 1 and view[last.end] in _LIST_GAP) else None


def _meant(
    view: str, found: list[Hit], number: int, mentions: list[Mention], known: Support
) -> Area | None:
    """Return what the hit of that number means behind the places `mentions`, or None."""
    start, _, entry = found[number]
    before = _before(view, start, mentions)
    above = before.area if before and view[before.end : start] in _INSIDE else None
    readings = entry.readings
    if above:
        inner = [
            r for r in readings if r.area.code != above.code and within(r.area.code, above.code)
        ]
        if inner:
            return _best(inner, known)
    firm = [reading for reading in readings if reading.firm]
    if firm:
        return _unique_or_supported(firm, known)
    after = found[number + 1] if number + 1 < len(found) else None
    return _weak(view, found[number], before.area if before else None, after, known)


def _unique_or_supported(readings: list[Reading], known: Support) -> Area | None:
    if len(readings) == 1:
        return readings[0].area
    best = _best(readings, known)
    return best if known.of(best) else None


def _best(readings: Iterable[Reading], known: Support) -> Area:
    """The reading with most support; among equals the one in force in the report's year."""
    return max(
        (reading.area for reading in readings),
        key=lambda area: (known.of(area), area.stood_in(known.year), area.code.endswith("00")),
    )


def _weak(
    view: str, hit: Hit, before: Area | None, after: Hit | None, known: Support
) -> Area | None:
    """A name that is also a word: taken where named elsewhere, beside its neighbours, or, when long
    enough, in a document about the area above it.
    """
    start, end, entry = hit
    readings = entry.readings
    beside = [before] if before else []
    if after is not None and view[end : after[0]] in ("、", "和"):
        beside += [r.area for r in after[2].readings if r.firm or known.of(r.area)]
    listed = [r for r in readings if any(_neighbours(area, r.area) for area in beside)]
    if listed:
        return _best(listed, known)
    elsewhere = entry.text not in spoken() and any(r.area.code in known.codes for r in readings)
    if not elsewhere and end - start <= _SHORT:
        return None
    best = _best(readings, known)
    if elsewhere and best.code in known.codes:
        return best
    home = best.code[:4] + "00" in known.codes and best.level == "county"
    return best if home and end - start > _SHORT else None


@cache
def spoken() -> frozenset[str]:
    """Return the short names that are everyday words."""
    return frozenset(word for line in lines_of("areas_spoken.txt") for word in line.split())


def _neighbours(one: Area, other: Area) -> bool:
    """Whether two areas are of one level under one area, as in a list of places."""
    if one.level == "county" or other.level == "county":
        return one.code[:4] == other.code[:4] and one.code != other.code
    return one.code[:2] == other.code[:2] and one.code != other.code


def _listed(at: int, entry: Entry) -> Iterable[Mention]:
    for code in entry.listed:
        yield Mention(at, at + 1, newest()[code])
        at += 2
