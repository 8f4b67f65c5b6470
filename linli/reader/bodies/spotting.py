"""From the last word of a name to the whole body in its line."""

import re
from functools import cache

from linli.reader.bodies import edges, groups
from linli.reader.bodies.nearby import Places
from linli.reader.bodies.spotted import Spotted
from linli.reader.bodies.terms import TermHit, hits
from linli.reader.places.tables import lines_of
from linli.reader.reading import Span

_LEAD = re.compile(
    r"(?:中共|中国|国网|国家|公安|工商|税务|中石油|中国石油|中国移动|中国电信|中国联通|驻)$"
)
_ALONE = frozenset(
    {"领导小组", "联席会议", "派出所", "司法所", "居委会", "居民委员会", "村委会", "业委会"}
)
_NUMBERED = re.compile(r"[0-9]|[一二三四五六七八九十两几]$")
_MARKS = frozenset(",。;:、“”()!?《》 ")
_BUILT = ("建设", "配合", "创建")
_MANY = re.compile(r"(?:[0-9个各两]|全)(?:省|市|区|县|州|旗)$")
_SET_UP = re.compile(r"(?:设立|建立|成立|开设|组建|建成|设置)了?$")
_HERE = ("社区", "街道", "村", "乡镇", "学校", "小区", "企业", "机关", "院落")
_LONGEST = {"community": 16, "school": 16, "away": 12}
_OF_A_PLACE = frozenset({"office", "association", "leading_group"})
_TWO = frozenset({"school", "hospital", "company", "community"})


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
        while spotted and body.start <= spotted[-1].start:
            spotted.pop()
        if not spotted or body.start >= spotted[-1].end:
            spotted.append(body)
    return groups.with_villages(view, line, spotted, places)


def _whole(
    view: str, line: Span, hit: TermHit, places: Places, last: Spotted | None
) -> Spotted | None:
    listed = last is not None and last.end == hit.start - 1 and view[last.end] in "、和及与"
    start = _start(view, line, hit, places, listed=listed)
    if start is None or _only_says_more(view, start, hit, last):
        return None
    end = edges.go_on(view, hit, line.end)
    if view.startswith("—", end):  # 首家…工作站——花照壁社区…工作站 names the second
        return None
    kind = "office" if hit.term.kind == "away" else hit.term.kind
    bare = hit.term.mode == "office" and start == hit.start
    return Spotted(start, end, kind, hit.term.text, hit.term.full, bare)


def _start(view: str, line: Span, hit: TermHit, places: Places, *, listed: bool) -> int | None:
    if hit.term.mode == "fixed":
        return hit.start
    if hit.term.mode == "named":
        return _named_start(view, line, hit, places, listed=listed)
    start = _official_start(view, line, hit, places)
    if start == hit.start and _MANY.search(view, max(line.start, start - 3), start):
        return None
    return start if listed or _is_seat(view, line, hit, start) else None


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
    return start - 2 if view.startswith("中共", max(start - 2, line.start)) else start


def _named_start(
    view: str, line: Span, hit: TermHit, places: Places, *, listed: bool
) -> int | None:
    if hit.start == line.start or view[hit.start - 1] in _MARKS:
        alone = _stands_for_itself(view, line, hit, hit.start, listed=listed)
        return hit.start if alone else None
    start = _from_place(view, _after_break(view, line, hit, places), hit.start, places)
    if hit.term.kind != "leading_group" and view.startswith(_BUILT, start, hit.start):
        start += 2
    name = view[start : hit.start]
    if not is_name(name, hit):
        if hit.term.kind == "community":
            return groups.open_list_start(view, line.start, hit.start)
        return start if _stands_for_itself(view, line, hit, start, listed=listed) else None
    if hit.term.kind == "community":
        return groups.shared_suffix_start(view, line.start, start)
    return start


def _after_break(view: str, line: Span, hit: TermHit, places: Places) -> int:
    """Where the name may begin: behind the nearest break that lies in no place (都 in 成都)."""
    for edge in edges.breaks_before(view, line.start, hit.start):
        if not places.holds(edge.start):
            return edge.end
    return max(line.start, hit.start - edges.REACH)


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


def _stands_for_itself(view: str, line: Span, hit: TermHit, start: int, *, listed: bool) -> bool:
    """Whether a point without a name is one all the same: 设立救助中心、接待中心和维权中心."""
    if start == hit.start and hit.term.text in _ALONE:
        return True
    if start < hit.start or len(hit.term.text) < 4 or hit.term.kind != "service_point":
        return False
    return listed or _SET_UP.search(view, max(line.start, start - 3), start) is not None


def is_name(name: str, hit: TermHit) -> bool:
    """Whether the words before the last word make it a name and not a common noun (示范社区)."""
    kind = hit.term.kind
    whole, ends = generic().get(kind, (frozenset(), ()))
    if not name or name in whole or name.endswith(ends):
        return False
    if name.startswith(_HERE) and kind in _OF_A_PLACE:
        return False
    if len(name) > _LONGEST.get(kind, edges.REACH):
        return False
    if kind == "community" and _NUMBERED.search(name):
        return False
    if kind == "away":
        return "驻" in name
    return kind not in _TWO or len(name) > 1 or (kind != "community" and name in "省市区县州")


@cache
def generic() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return, by kind, the words that make no name: whole, and at the end."""
    table = {}
    for line in lines_of("bodies_generic.txt"):
        kind, words = line.split("\t")
        listed = words.split()
        ends = tuple(word[1:] for word in listed if word.startswith("*") and len(word) > 1)
        table[kind] = frozenset(listed), ends
    return table
