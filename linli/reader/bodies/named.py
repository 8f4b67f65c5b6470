"""Where a body begins that has an open name before its last word, and whether that is a name."""

import re

from linli.reader.bodies import edges, lists
from linli.reader.bodies.namely import is_name
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.bodies.terms import Term, TermHit
from linli.reader.reading import Span

_LEAD = re.compile(
    r"(?:中共|中国|国网|国家|武警|公安|工商|税务|中石油|中国石油|中国移动|中国电信|中国联通|驻)$"
)
_ALONE = frozenset(
    {
        *("领导小组", "联席会议", "派出所", "司法所", "居委会", "居民委员会", "村委会", "业委会"),
        *("民族小学", "民族中学", "民族幼儿园"),
    }
)
_MARKS = frozenset(",。;:、“”()!?《》 ")
_BUILT = ("建设", "配合", "创建")
_SET_UP = re.compile(
    r"(?:设立|建立|成立|开设|组建|建成|设置|抽调|选派|派出)了?(?:[0-9一二三四五六七八九十多]{1,3}[个支家])?$"
)
_TEAM = re.compile(r"(?:组|专班|队|指挥部|团)$")
_AREAS = frozenset("省市区县州旗")
_COUNTED = re.compile(r"[0-9一二三四五六七八九十百千][余多]?[个支家所批]$")
_COUNTABLE = frozenset({"association", "company", "hospital", "school"})
_OF_AN_AREA = frozenset({"office", "leading_group"})
_PLURAL = re.compile(r"(?:[两三四五六七八九]级|各[级类]|所有|全体|其[他它]|众多|许多|不少|若干)$")
_MANY_ENDS = frozenset("级类有体他它多少干个支家所批")
_QUOTED = re.compile(r"“(?![一二三四五六七八九十两]级)[^“”]{1,10}”$")
_ROLES = ("主任", "成员", "干部", "负责人", "所长", "制度")
_TELLING = 4
_COUNT_IN_NAME = re.compile(r"[一二三四五六七八九十][家里道台间座]$")
_ESTATE = "小区"
_WITH_QUOTE = frozenset(
    {"service_point", "office", "association", "leading_group", "mechanism", "venue"}
)
_TEAMS = frozenset({"office", "association", "leading_group", "mechanism"})


def start(view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None) -> int | None:
    """Return where the body begins whose last word is `hit`, or None when it has no name."""
    begins, term = _begins(view, line, hit, places), hit.term
    if begins > line.start:
        before = view[begins - 1]
        if before == "”" and term.kind in _WITH_QUOTE:
            quoted = _QUOTED.search(view, max(line.start, begins - 12), begins)
            if quoted:
                return _quoted_start(view, line, quoted.start(), term, places)
        if before in _MANY_ENDS and _are_many(view, line, begins, term):
            return None
    if is_name(view[begins : hit.start], hit):
        return _listed_start(view, line, begins, term, places)
    if term.kind == "community":
        estate = term.text == _ESTATE
        return None if estate else lists.open_list_start(view, line.start, hit.start)
    return begins if _stands_for_itself(view, line, hit, begins, last) else None


def _listed_start(view: str, line: Span, begins: int, term: Term, places: Places) -> int:
    """Where the list begins whose last name begins at `begins`, or that name's own beginning."""
    if term.kind == "away":
        return _listed_areas(view, line, begins, places)
    if term.kind == "community":
        return lists.shared_suffix_start(view, line.start, begins)
    return begins


def _listed_areas(view: str, line: Span, begins: int, places: Places) -> int:
    """Where a list of areas begins that keep one office: 甲州、乙州、丙州驻蓉机构."""
    while begins > line.start + 1 and view[begins - 1] in "、和":
        area = places.chain(begins - 1)
        if area == begins - 1:
            break
        begins = area
    return begins


def _begins(view: str, line: Span, hit: TermHit, places: Places) -> int:
    """Where the words begin that can be the name."""
    end = hit.start
    if end == line.start or view[end - 1] in _MARKS:
        return end
    # a break inside a place is none (都 in 成都)
    behind = edges.nearest_break(view, line.start, end, places)
    begins = _after_building(view, _from_place(view, behind, end, places), hit)
    if begins == end - 1 and _COUNT_IN_NAME.search(view, max(line.start, begins - 2), begins):
        begins -= 2  # 七家湾社区
    return begins


def _quoted_start(view: str, line: Span, begins: int, term: Term, places: Places) -> int | None:
    """Where a body with a quoted name begins, its area included; None where such ones are counted."""
    if term.kind in _TEAMS and _COUNTED.search(view, max(line.start, begins - 3), begins):
        return None  # 200余个|“石榴籽”宣讲团
    if term.kind not in _OF_AN_AREA:
        return begins
    return places.chain(edges.before_office(view, line.start, begins))


def _are_many(view: str, line: Span, begins: int, term: Term) -> bool:
    """Whether the words speak of many of a kind: 两级|法律援助中心, 5家|养殖合作社."""
    low = max(line.start, begins - 3)
    counted = term.kind in _COUNTABLE and _COUNTED.search(view, low, begins)
    return bool(counted or _PLURAL.search(view, max(low, begins - 2), begins))


def of_bureau(view: str, line: Span, hit: TermHit, places: Places) -> int | None:
    """Return where a bureau begins that no list knows (市|园林绿化|局): at its area, or None."""
    begins = _begins(view, line, hit, places)
    if begins > line.start and view[begins - 1] == "和":  # 自治区林业和草原局
        earlier = edges.nearest_break(view, line.start, begins - 1, places)
        begins = begins if "局" in view[earlier:begins] else earlier
    named = view[begins] in _AREAS and view[begins + 1] not in _AREAS
    named = named or view.startswith(("自治区", "国家"), begins) or places.holds(begins)
    return begins if named and begins + 1 < hit.start else None


def _after_building(view: str, start: int, hit: TermHit) -> int:
    """Where a name begins behind a verb that is a noun elsewhere: 建设|服务站, 桥门社区建设|服务站."""
    if hit.term.kind == "leading_group":
        return start
    if view.startswith(_BUILT, start, hit.start):
        return start + 2
    if start and view[start - 1] == "在":
        built = view.find("建设", start + 2, min(start + 6, hit.start))
        start = built + 2 if built >= 0 else start
    built = view.find("社区建设", start, hit.start)
    return built + 4 if built >= 0 else start


def _from_place(view: str, start: int, end: int, places: Places) -> int:
    """Begin at the last area that stands inside the name; an abbreviated one (阿、甘、凉) ends before it."""
    place = places.last_between(start, end)
    if place is None:
        return start
    if place.end - place.start == 1:
        return place.end
    if view.startswith("建设", place.end, end):
        return place.end + 2
    first = max(start, places.chain(place.start))
    lead = _LEAD.search(view, start, first)
    if lead is None:
        return first
    return start if lead[0] == "驻" else lead.start()


def _stands_for_itself(
    view: str, line: Span, hit: TermHit, start: int, last: Spotted | None
) -> bool:
    """Whether a point without a name is one all the same: 设立救助中心、接待中心和维权中心."""
    kind, text = hit.term.kind, hit.term.text
    if start == hit.start and text in _ALONE:
        return not view.startswith(_ROLES, hit.end)
    alone = start == hit.start
    if kind == "service_point":
        told = alone
    else:
        told = kind in _TEAMS and not (alone and kind == "association") and bool(_TEAM.search(text))
    if not told or (alone and len(text) < _TELLING):
        return False
    set_up = _SET_UP.search(view, max(line.start, start - 7), start) is not None
    return set_up or listed(view, start, last)


def listed(view: str, start: int, last: Spotted | None) -> bool:
    """Whether a name that begins at `start` goes on with a list of bodies."""
    return last is not None and last.end == start - 1 and view[last.end] in "、和及与"
