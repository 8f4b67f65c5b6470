"""From the last word of a name to the whole body in its line."""

import re

from linli.reader.bodies import dwellings, edges, lists
from linli.reader.bodies.namely import is_name
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.bodies.terms import TermHit, hits
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
_AREAS = frozenset("省市区县州旗")
_MANY = re.compile(r"(?:[0-9个各两]|全|[省市区县州旗])[省市区县州旗]$")
_SEVERAL = re.compile(r"[省市区县州旗]{2}")
_SET_UP = re.compile(
    r"(?:设立|建立|成立|开设|组建|建成|设置|抽调|选派|派出)了?(?:[0-9一二三四五六七八九十多]{1,3}[个支家])?$"
)
_TEAM = re.compile(r"(?:组|专班|队|指挥部|团)$")
_QUOTED = re.compile(r"“(?![一二三四五六七八九十两]级)[^“”]{1,10}”$")
_ROLES = ("主任", "成员", "干部", "负责人", "所长", "制度")
_TELLING = 4
_TOWN = re.compile(r"[一-鿿]{1,4}(?<![乡村各城县])[镇乡]")
_ESTATE = "小区"
_WITH_QUOTE = frozenset(
    {"service_point", "office", "association", "leading_group", "mechanism", "venue"}
)
_TEAMS = frozenset({"office", "association", "leading_group", "mechanism"})


def spot(view: str, line: Span, places: Places) -> list[Spotted]:
    """Return the bodies of one line in order; a longer one takes the place of those it covers."""
    spotted: list[Spotted] = []
    for hit in hits(view, line.start, line.end):
        if edges.is_cut_off(view, hit):
            continue
        last = spotted[-1] if spotted else None
        body = _whole(view, line, hit, places, last)
        if body is None or (last and body.end <= last.end):
            continue
        if last and last.short == "街道" and body.kind == "community":
            body = _behind_street(view, body, last, hit)
        while spotted and body.start <= spotted[-1].start:
            spotted.pop()
        if not spotted or body.start >= spotted[-1].end:
            spotted.append(body)
    return dwellings.beside(view, line, spotted, places)


def _behind_street(view: str, body: Spotted, street: Spotted, hit: TermHit) -> Spotted:
    """A street and a community in it are two bodies: 西湖街道|桥门社区."""
    inside = body.start <= street.start < street.end < hit.start
    if inside and is_name(view[street.end : hit.start], hit):
        return body._replace(start=street.end)
    return body


def _whole(
    view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None
) -> Spotted | None:
    start = _start(view, line, hit, places, last)
    if start is None or _only_says_more(view, start, hit, last):
        return None
    end = edges.go_on(view, hit, line.end)
    if view.startswith("—", end):  # 首家…工作站——花照壁社区…工作站 names the second
        return None
    kind = "office" if hit.term.kind == "away" else hit.term.kind
    bare = hit.term.mode == "office" and start == hit.start
    return Spotted(start, end, kind, hit.term.text, hit.term.full, bare)


def _start(view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None) -> int | None:
    if hit.term.mode == "fixed":
        return hit.start
    if hit.term.mode == "named":
        return _named_start(view, line, hit, places, last)
    start = _official_start(view, line, hit, places)
    own_area = hit.term.kind == "party"  # the 市 in 市委
    if view[start] in _AREAS and _SEVERAL.match(view, start, hit.start + own_area):
        return None  # 各|县市区委党校, 省市委
    many = start == hit.start and view[start - 1] in _AREAS
    if many and _MANY.search(view, max(line.start, start - 3), start):
        return None
    return start if _listed(view, hit.start, last) or _is_seat(view, line, hit, start) else None


def _only_says_more(view: str, start: int, hit: TermHit, last: Spotted | None) -> bool:
    """Whether the name is an office plus a common noun (省人社厅|官方人才网)."""
    return (
        last is not None
        and start <= last.start
        and last.end < hit.start
        and last.kind not in ("community", "leading_group")
        and not is_name(view[last.end : hit.start], hit)
    )


def _is_seat(view: str, line: Span, hit: TermHit, start: int) -> bool:
    """Whether a seat of power has its area with it: 市政府, 兰州市委, but no bare 政府 or 党委."""
    if hit.term.mode != "seat" or start < hit.start:
        return True
    own_area = hit.term.kind == "party" and hit.term.text[0] in "省市区县州旗盟"
    return own_area and edges.seat_stands_alone(view, line.start, start)


def _official_start(view: str, line: Span, hit: TermHit, places: Places) -> int:
    start = places.chain(hit.start)
    if start == hit.start:
        start = places.chain(edges.before_office(view, line.start, hit.start))
    if start == hit.start and hit.term.mode == "seat":
        start = _town_start(view, line, start, places)
    return start - 2 if view.startswith("中共", max(start - 2, line.start)) else start


def _town_start(view: str, line: Span, start: int, places: Places) -> int:
    """Where the town begins whose seat stands at `start` (石碑坪镇|党委), or `start`; 乡镇 is none."""
    if start == line.start or view[start - 1] not in "镇乡":
        return start
    begins = edges.nearest_break(view, line.start, start - 1)
    named = _TOWN.fullmatch(view, begins, start) is not None
    return places.chain(begins) if named else start


def _named_start(
    view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None
) -> int | None:
    start, _, term = hit
    if start != line.start and view[start - 1] not in _MARKS:
        # a break inside a place is none (都 in 成都)
        behind = edges.nearest_break(view, line.start, start, places)
        start = _after_building(view, _from_place(view, behind, start, places), hit)
    if view[start - 1] == "”" and term.kind in _WITH_QUOTE and start > line.start:
        quoted = _QUOTED.search(view, max(line.start, start - 12), start)
        if quoted:
            return quoted.start()
    if not is_name(view[start : hit.start], hit):
        if term.kind == "community":
            estate = term.text == _ESTATE
            return None if estate else lists.open_list_start(view, line.start, hit.start)
        return start if _stands_for_itself(view, line, hit, start, last) else None
    if term.kind == "community":
        return lists.shared_suffix_start(view, line.start, start)
    return start


def _after_building(view: str, start: int, hit: TermHit) -> int:
    """Where a name begins behind a verb that is a noun elsewhere: 建设|服务站, 桥门社区建设|服务站."""
    if hit.term.kind == "leading_group":
        return start
    if view.startswith(_BUILT, start, hit.start):
        return start + 2
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
    return set_up or _listed(view, start, last)


def _listed(view: str, start: int, last: Spotted | None) -> bool:
    """Whether a name that begins at `start` goes on with a list of bodies."""
    return last is not None and last.end == start - 1 and view[last.end] in "、和及与"
